"""Places a draft leaves open are named until somebody writes them."""

from __future__ import annotations

from collections.abc import Iterator

from bot.authoring.lint.known import Known
from bot.authoring.lint.words import texts
from bot.domain.faults import Fault
from bot.domain.question import Question

TO_WRITE = "TO WRITE"
"""What every placeholder begins with."""


def is_unwritten(text: str) -> bool:
    """Whether the text is a placeholder."""
    return TO_WRITE in text


def unwritten(question: Question, known: Known) -> Iterator[Fault]:
    """Nothing is left to be written."""
    said = [*texts(question), (("note",), question.note or "")]
    for at, text in said:
        if is_unwritten(text):
            rest = text.partition(TO_WRITE)[2].strip(" :")
            yield Fault("L29", at, f"still to be written: {rest}" if rest else "still to be written")
