"""Facts that age carry a date by which somebody looks at them again."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.authoring.lint.known import Known
from bot.authoring.lint.signs import key_position
from bot.domain.faults import Fault
from bot.domain.question import Question
from bot.domain.source import Status

_MONEY_OR_SHARE = re.compile(r"[$\u20ac\u00a3]\s?\d|\d[\d,.]*\s?(?:[$\u20ac\u00a3%]|per cent\b|percent\b)", re.I)


def figures(question: Question, known: Known) -> Iterator[Fault]:
    """A key with money or a percentage is volatile and has a date of review."""
    if _MONEY_OR_SHARE.search(question.key.text) and not (question.volatile and question.review_by):
        told = "the right option holds a figure that ages: add volatile: true and review_by"
        yield Fault("L24", ("options", key_position(question), "text"), told)


def overdue(question: Question, known: Known) -> Iterator[Fault]:
    """A live question's date of review is still to come."""
    if question.status is Status.LIVE and question.review_by and question.review_by < known.today:
        told = f"review_by {question.review_by} is past: look at the facts again, or set the status to review"
        yield Fault("L26", ("review_by",), told)
