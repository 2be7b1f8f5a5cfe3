"""The rules put to use: on one question, and on the bank as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bot.authoring.lint import basics, cues, wording
from bot.authoring.lint.balance import balance
from bot.authoring.lint.basics import is_unwritten, unwritten
from bot.authoring.lint.context import Context
from bot.authoring.lint.coverage import covered, orphans
from bot.authoring.lint.duplicates import duplicates, giveaways
from bot.authoring.lint.findings import Finding, finding
from bot.authoring.lint.names import names
from bot.authoring.lint.telling_words import telling_words
from bot.authoring.lint.words import plain
from bot.domain.common_fields import Status
from bot.domain.content import ContentFiles
from bot.domain.content_faults import Fault, Level
from bot.domain.knowledge import Term
from bot.domain.question import Question

CHECKS: tuple[Callable[[Question, Context], Iterator[Fault]], ...] = (
    basics.reasons,  # L08
    basics.same_version,  # L10
    basics.reveal,  # L11
    basics.kahoot,  # L12
    cues.twins,  # L13
    cues.key_length,  # L14
    cues.spread,  # L15
    cues.form,  # L16
    cues.specific,  # L17
    cues.clang,  # L18
    cues.absolutes,  # L19
    wording.negative,  # L20
    wording.stand_ins,  # L21
    wording.readable,  # L22
    wording.unknown_words,  # L23
    basics.ageing_key,  # L24
    basics.own_words,  # L25
    basics.overdue,  # L26
    wording.opinion,  # L27
    basics.inert,  # L28
    names,  # L41
)

OF_WORDS = (
    *(cues.twins, cues.key_length, cues.spread, cues.form, cues.specific, cues.clang, cues.absolutes),
    *(wording.stand_ins, wording.readable, wording.unknown_words),
)
"""Rules about wordings mean nothing where options are code."""


def lint_question(question: Question, context: Context) -> Iterator[Finding]:
    """Find what there is to mend in one question; a retired one is history and left alone.

    A draft with open places is told only these: what stands beside a placeholder is compared with nothing yet.
    """
    if question.status is Status.RETIRED:
        return
    open_places = list(unwritten(question, context))
    if open_places:
        level = Level.WARNING if question.status is Status.DRAFT else None
        yield from (finding(one.rule, question, one.at, one.text, level) for one in open_places)
        return
    yield from look_over(question, context)


def look_over(question: Question, context: Context) -> Iterator[Finding]:
    """Everything the rules say of a question, whether or not it is finished."""
    code = any(option.code for option in question.options)
    for check in CHECKS:
        if code and check in OF_WORDS:
            continue
        for one in check(question, context):
            yield finding(one.rule, question, one.at, one.text)


def lint_bank(files: ContentFiles) -> Iterator[Finding]:
    """Find what there is to mend in the bank: balance and coverage of what is live, likeness of all that may be."""
    live = [question for question in files.questions if question.status is Status.LIVE]
    kept = [question for question in files.questions if question.status is not Status.RETIRED]
    yield from balance(live)
    yield from telling_words(live)
    yield from covered(files, live)
    yield from orphans(files, live)
    # Placeholders are all alike, and reported on their own.
    asking = [question for question in kept if not is_unwritten(question.stem)]
    yield from duplicates(asking)
    # A stem that names what it is about gives nothing away: words of the glossary are there to be named.
    called = {plain(name) for role in files.roles for name in (role.name, *role.aliases)}
    called |= {plain(n) for term in files.knowledge if isinstance(term, Term) for n in (term.name, *term.aliases)}
    yield from giveaways([question for question in asking if not is_unwritten(question.key.text)], called)
