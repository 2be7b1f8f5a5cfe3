"""Offers for a text nobody knows: names like it, and nothing at all for one that is like none."""

from __future__ import annotations

from typing import Any

import pytest

from bot.app.features import all_commands
from bot.domain.knowledge import Term
from bot.domain.lookup import Ambiguous, Exact, Found, NameIndex, Unknown, find, suggest
from tests.domain.samples import content

NONSENSE = (
    *("asdfgh", "qwerty", "random", "xkcd", "banana", "hello", "monday", "pizza", "blah", "lorem", "nothing", "stop"),
    *("everything", "cancel", "january", "dinner", "football", "whatever", "nonsense", "teacher", "nurse", "driver"),
    *("accountant", "lawyer", "doctor", "plumber", "good morning", "how are you", "cats and dogs", "stop reminding me"),
)
INDEXES: dict[str, NameIndex[Any]] = {
    "roles": content().profile_names,
    "topics": content().topic_names,
    "steps": content().step_names,
    "terms": content().knowledge.names(Term),
    "commands": NameIndex((name, name, ()) for name in all_commands().commands),
}


@pytest.mark.parametrize("kind", [kind for kind in INDEXES if kind != "terms"])
@pytest.mark.parametrize("text", NONSENSE)
def test_for_nonsense_nothing_is_offered(kind: str, text: str) -> None:
    assert find(INDEXES[kind], text) == Unknown(())
    assert suggest(INDEXES[kind], text) == []


@pytest.mark.parametrize("text", ["asdfgh", "qwerty", "banana", "pizza", "football", "plumber", "how are you"])
def test_for_nonsense_no_term_is_offered(text: str) -> None:
    assert find(INDEXES["terms"], text) == Unknown(())


@pytest.mark.parametrize(
    ("kind", "text", "first"),
    [
        ("commands", "dayli", "daily"),
        ("commands", "hlep", "help"),
        ("commands", "quizz", "quiz"),
        ("commands", "confg", "config"),
        ("commands", "progres", "progress"),
        ("roles", "data science", "data-scientist"),
        ("roles", "ai engineering", "ai-engineer"),
        ("roles", "prompt enginering person", "prompt-engineer"),
        ("topics", "pyton", "python"),
        ("topics", "safty", "safety"),
        ("topics", "fine tune", "fine-tuning"),
    ],
)
def test_for_a_slip_the_name_comes_first(kind: str, text: str, first: str) -> None:
    found: Found[str] = find(INDEXES[kind], text)
    assert not isinstance(found, Ambiguous)
    nearest = found.id if isinstance(found, Exact) else found.nearest[0]
    assert nearest.startswith(first.partition("-")[0])


@pytest.mark.parametrize(
    "text",
    ["my cat ate some lovely homework yesterday", "zebra model xylophone umbrella", "qzzq wxxw degree vkkv jyyj"],
)
def test_a_search_finds_nothing_that_says_less_than_half_of_it(text: str) -> None:
    assert content().search.find(text, 8) == ()
