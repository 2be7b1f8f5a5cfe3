"""Lines as people type them, each with what it means: understood, asked about, or searched for, and never a dead end.

``typed_lines.tsv`` holds them. A command stands with its options, "?" before the buttons of a question, of which the
first four are written out.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.commands.small_talk import ENGLISH_ONLY, NOTHING_WAITS, WELCOME
from bot.commands.typed_letters import TypedLetter, typed_letter
from bot.replies.said import Refusal
from tests.commands.samples import read, understood

ROWS = (Path(__file__).parent / "typed_lines.tsv").read_text(encoding="utf-8").splitlines()
TYPED = [(line, outcome) for line, _, outcome in (row.partition("\t") for row in ROWS)]
SAID = {ENGLISH_ONLY: " (English)", WELCOME: " (welcome)", NOTHING_WAITS: " (nothing)"}


def refused(line: str) -> Refusal | None:
    """The refusal of a line, if it is not understood."""
    try:
        understood(line)
    except Refusal as refusal:
        return refusal
    return None


def meant(line: str) -> str:
    """The meaning of a line, in the words of the table."""
    refusal = refused(line)
    if refusal:
        labels = [choice.label for choice in refusal.choices]
        assert labels, "a dead end"
        assert len({choice.route for choice in refusal.choices}) == len(labels), "two buttons that are the same"
        more = "\u2026" if len(labels) > 4 else ""
        return f"? {' | '.join(labels[:4])}{more}{SAID.get(refusal.sentence, '')}"
    name, given = read(line)
    return " ".join([name, *(f"{option}={text}" for option, text in sorted(given.items()))])


def test_there_are_many() -> None:
    assert len(TYPED) > 700
    assert len({line for line, _ in TYPED}) == len(TYPED)


@pytest.mark.parametrize("rows", [TYPED[at : at + 100] for at in range(0, len(TYPED), 100)])
def test_what_is_typed_is_understood_or_asked_about(rows: list[tuple[str, str]]) -> None:
    assert [(line, meant(line)) for line, _ in rows] == rows


def test_four_thousand_characters_and_none_lead_on() -> None:
    for line in ("", " ", "rag " * 1000, "x" * 4000, "\u05e9" * 4000, "```\n" * 1000, "/quiz " + "rag " * 1000):
        assert meant(line)


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        *((text, TypedLetter("B")) for text in ("b", "B)", "(b)", "b!", "*b*", '"b"', "/b", "/answer b", "answer: b")),
        *(
            (text, TypedLetter("B"))
            for text in ("it's b", "I think it\u2019s b.", "b please", "option B", "\uff42", "pick b")
        ),
        *((text, TypedLetter("B", sure=False)) for text in ("b?", "is it b", "maybe b", "option 2", "the second one")),
        ("the last one", TypedLetter("D", sure=False)),
        ("b or c", TypedLetter("", sure=False)),
        *(
            (text, None)
            for text in ("ab", "bb", "a/b", "be", "abc", "", "answer", "the answer", "rag", "2", "option 5")
        ),
        *((text, None) for text in ("a/b test", "plan b", "vitamin c", "b is wrong", "not b", "answerb", "c++")),
    ],
)
def test_a_letter_is_taken_only_where_nothing_else_can_be_meant(text: str, typed: TypedLetter | None) -> None:
    assert typed_letter(text) == typed
