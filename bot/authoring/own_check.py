"""The content check as a community's own questions meet it: safety is asked for, everything else is advice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from bot.authoring.lint.checks import look_over
from bot.authoring.lint.context import Context
from bot.authoring.lint.findings import NOT_OF_COMMUNITIES, Finding, in_rows
from bot.authoring.lint.rules import RULES
from bot.authoring.lint.words import plain
from bot.domain.content_faults import Level
from bot.domain.question import Question

ASKED_OF_REVIEWED = frozenset(["L08", "L09", "L10", "L12", "L23", "L29", "L41"])
"""Rules about reasons, readings, versions and the words of our subject, none of which a community's bank needs."""


def unsafe(question: Question, today: date) -> Iterator[Finding]:
    """Find what no community's bank may hold: texts that do more than be read, and more than a message holds."""
    for one in look_over(question, Context(today)):
        if one.level is Level.ERROR and RULES[one.rule].community and one.rule not in ASKED_OF_REVIEWED:
            yield one


def advice(questions: Sequence[Question], today: date) -> tuple[str, ...]:
    """Remarks on what could be better about the questions, summed up by rule."""
    left = NOT_OF_COMMUNITIES | ASKED_OF_REVIEWED
    found = (one for question in questions for one in look_over(question, Context(today)))
    rows = in_rows((one for one in found if one.rule not in left and not RULES[one.rule].community), len(questions))
    return tuple(row.partition(" ")[2] for row in rows)


def as_asked(question: Question) -> tuple[str, str]:
    """The words it asks with and the block they are about, as one question is compared with another."""
    return plain(question.stem) or question.stem, question.block.text if question.block else ""
