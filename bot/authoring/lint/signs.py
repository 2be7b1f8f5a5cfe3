"""What somebody who does not know the answer looks for: signs that tell one option from the others."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.authoring.lint.words import content_words, word_set, words
from bot.domain.question import Question

ABSOLUTES = frozenset(["always", "never", "only", "must", "cannot"])
HEDGES = frozenset(["usually", "often", "rarely"])
QUALIFIERS = word_set(
    "sometimes mostly mainly generally typically normally likely probably possibly perhaps may might could tends "
    "partly roughly depends seldom"
)
_SPECIFIC = {"a number": re.compile(r"\d"), "a comma": re.compile(r","), "a parenthesis": re.compile(r"[()]")}


def specifics(text: str) -> frozenset[str]:
    """What makes an option look exact: a number, a comma, a parenthesis, a qualifier; hedges are told by themselves."""
    found = {name for name, pattern in _SPECIFIC.items() if pattern.search(text)}
    if QUALIFIERS & set(words(text)):
        found.add("a qualifier")
    return frozenset(found)


def echoes(question: Question) -> list[frozenset[str]]:
    """For each option, the content words it shares with the stem."""
    stem = content_words(question.stem)
    return [content_words(option.text) & stem for option in question.options]


def leader(scores: Sequence[int]) -> int | None:
    """The position with the one highest score; None if two share it."""
    most = max(scores)
    return scores.index(most) if scores.count(most) == 1 else None


def longest(question: Question) -> int | None:
    """The position of the one longest option."""
    return leader([len(option.text) for option in question.options])


def shortest(question: Question) -> int | None:
    """The position of the one shortest option."""
    return leader([-len(option.text) for option in question.options])


def loudest_echo(question: Question) -> int | None:
    """The position of the one option that shares most words with the stem."""
    return leader([len(shared) for shared in echoes(question)])


def key_position(question: Question) -> int:
    """Where in file order the right option stands."""
    return question.options.index(question.key)
