"""Everything that is checked of one question by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bot.authoring.lint import (
    ageing,
    cues,
    lengths,
    negatives,
    overlap,
    plain_words,
    reasons,
    safety,
    unwritten,
    versions,
    wording,
)
from bot.authoring.lint.finding import Finding, finding
from bot.authoring.lint.known import Known
from bot.domain.faults import Fault, Level
from bot.domain.question import Question
from bot.domain.source import Status

CHECKS: tuple[Callable[[Question, Known], Iterator[Fault]], ...] = (
    reasons.reasons,
    versions.same_version,
    lengths.reveal,
    lengths.kahoot,
    cues.twins,
    lengths.key_length,
    lengths.spread,
    cues.form,
    cues.specific,
    cues.clang,
    cues.absolutes,
    negatives.negative,
    wording.stand_ins,
    plain_words.readable,
    plain_words.unknown_words,
    ageing.figures,
    overlap.own_words,
    ageing.overdue,
    wording.opinion,
    safety.harmless,
)


def lint_question(question: Question, known: Known) -> Iterator[Finding]:
    """What there is to mend in one question; a retired one is history and left alone.

    A draft with open places is told only these: what stands beside a placeholder is compared with nothing yet.
    """
    if question.status is Status.RETIRED:
        return
    open_places = list(unwritten.unwritten(question, known))
    if open_places:
        level = Level.WARNING if question.status is Status.DRAFT else None
        yield from (finding(one.rule, question, one.at, one.text, level) for one in open_places)
        return
    yield from look_over(question, known)


def look_over(question: Question, known: Known) -> Iterator[Finding]:
    """Everything the rules say of a question, whether or not it is finished."""
    for check in CHECKS:
        for one in check(question, known):
            yield finding(one.rule, question, one.at, one.text)
