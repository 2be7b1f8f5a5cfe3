"""Reporting a question that is wrong, unclear or out of date."""

from __future__ import annotations

from enum import StrEnum

from bot.commands.caller import member_of
from bot.commands.declare import pressed
from bot.domain.identifiers import QuestionId
from bot.ports.call import Call, Outcome
from bot.ports.catalog import Catalog
from bot.ports.storage import UnitOfWork
from bot.replies.card import Choice
from bot.replies.judged import another
from bot.replies.routes import route
from bot.replies.said import Refusal, said, which


class ReportReason(StrEnum):
    """A reason to report a question."""

    KEY = "key"
    UNCLEAR = "unclear"
    OUTDATED = "outdated"
    TYPO = "typo"


REASON_WORDS = {
    ReportReason.KEY: "The answer is wrong",
    ReportReason.UNCLEAR: "It is unclear",
    ReportReason.OUTDATED: "It is out of date",
    ReportReason.TYPO: "It has a typo",
}


@pressed("report", needs="catalog")
def report(call: Call, catalog: Catalog, question: QuestionId, version: int) -> Outcome:
    """Ask what is wrong with a question."""
    choices = tuple(
        Choice(words, route("reported", question, version, reason)) for reason, words in REASON_WORDS.items()
    )
    return Outcome(
        which(
            "What is wrong with this question? Only the count is ever shown. That you said it is kept so that it "
            "counts once, and goes with your data.",
            choices,
        )
    )


@pressed("reported", needs="write")
def reported(
    call: Call, uow: UnitOfWork, catalog: Catalog, question: QuestionId, version: int, reason: ReportReason
) -> Outcome:
    """Keep a report, once per member and version."""
    found = catalog.question(question)
    if found is None or not 1 <= version <= found.version:
        raise Refusal("That question is not in the bank any more. Nothing was kept.")
    fresh = uow.practice.report(member_of(call, uow).id, question, version, reason)
    thanks = (
        "Thank you, noted for the people who keep the questions."
        if fresh
        else "You reported this one already; it is noted."
    )
    return Outcome(said(thanks, choices=(another(found),)))
