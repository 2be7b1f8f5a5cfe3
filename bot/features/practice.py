"""/quiz and everything pressed on a practice question."""

from __future__ import annotations

from typing import Annotated

from bot.commands.declare import Opt, command, pressed
from bot.domain.identifiers import OptionId, QuestionId, RoundRef, StepId, TopicId, TrackRef
from bot.domain.question import Difficulty
from bot.features import practising, reporting
from bot.features.reporting import ReportReason
from bot.ports.call import Call, Outcome
from bot.ports.catalog import Catalog
from bot.ports.storage import UnitOfWork
from bot.replies.card import Choice
from bot.replies.routes import route
from bot.replies.said import Refusal

COUNT_AT_MOST = 20


@command("quiz", example="/quiz rag hard 3")
def quiz(
    call: Call,
    uow: UnitOfWork,
    catalog: Catalog,
    topic: Annotated[TopicId | None, Opt("What to practise", example="rag")] = None,
    level: Annotated[Difficulty | None, Opt("How hard: easy, medium or hard")] = None,
    count: Annotated[int, Opt("How many questions, 1 to 20", least=1, most=COUNT_AT_MOST)] = 1,
) -> Outcome:
    """Practise in private: a question, the verdict with reasons, the next."""
    return practising.ask(call, uow, catalog, topic, level, count)


@pressed("practise")
def practise(call: Call, uow: UnitOfWork, catalog: Catalog, topic: TopicId, after: str = "") -> Outcome:
    """Practise a topic, with another question than the one just shown."""
    return practising.ask(call, uow, catalog, topic, None, 1, QuestionId(after) if after else None)


@pressed("practise-step")
def practise_step(call: Call, uow: UnitOfWork, catalog: Catalog, step: StepId) -> Outcome:
    """Practise what a roadmap step teaches."""
    found = catalog.step(step)
    asked = {question.topic for question in catalog.questions}
    topics = [topic for topic in found.topics if topic in asked] if found else []
    if not topics:
        raise Refusal("No question belongs to that step yet.", (Choice("Any topic", route("run", "quiz")),))
    return practising.ask(call, uow, catalog, topics[call.seed % len(topics)], None, 1)


@pressed("next")
def next_question(
    call: Call, uow: UnitOfWork, catalog: Catalog, topic: str = "", level: str = "", left: int = 1, after: str = ""
) -> Outcome:
    """Go on to the next question of a sitting."""
    return practising.ask(
        call,
        uow,
        catalog,
        TopicId(topic) if topic else None,
        practising.level_of(level),
        max(1, min(left, COUNT_AT_MOST)),
        QuestionId(after) if after else None,
    )


@pressed("try", needs="write")
def try_option(
    call: Call,
    uow: UnitOfWork,
    catalog: Catalog,
    question: QuestionId,
    version: int,
    seed: int,
    topic: TopicId | None,
    sitting: str | None,
    left: int,
    option: OptionId,
) -> Outcome:
    """Judge a practice choice."""
    return practising.judge(call, uow, catalog, question, version, seed, topic, sitting or "", left, option)


@pressed("others")
def others(call: Call, uow: UnitOfWork, catalog: Catalog, round: RoundRef) -> Outcome:
    """Say why not the others."""
    return practising.others(call, uow, catalog, round)


@pressed("why")
def why(call: Call, uow: UnitOfWork, catalog: Catalog, round: RoundRef) -> Outcome:
    """Say why, from the line on the round before."""
    return practising.others(call, uow, catalog, round)


@pressed("others-in")
def others_in(call: Call, uow: UnitOfWork, catalog: Catalog, question: QuestionId, version: int, order: str) -> Outcome:
    """Say why not the others, in practice."""
    return practising.others_in(call, uow, catalog, question, version, order)


@pressed("again")
def again(call: Call, uow: UnitOfWork, catalog: Catalog, round: RoundRef) -> Outcome:
    """Practise the question of a closed round."""
    return practising.again(call, uow, catalog, round)


@pressed("catchup")
def catch_up(call: Call, uow: UnitOfWork, catalog: Catalog, track: TrackRef) -> Outcome:
    """Catch up on missed rounds, privately."""
    return practising.catch_up(call, uow, catalog, track)


@pressed("guessed", needs="write")
def guessed(call: Call, uow: UnitOfWork, catalog: Catalog, round: RoundRef) -> Outcome:
    """Keep a right guess for review."""
    return practising.guessed(call, uow, catalog, round)


@pressed("report", needs="catalog")
def report(call: Call, catalog: Catalog, question: QuestionId, version: int) -> Outcome:
    """Ask what is wrong with a question."""
    return reporting.ask_reason(call, catalog, question, version)


@pressed("reported", needs="write")
def reported(
    call: Call, uow: UnitOfWork, catalog: Catalog, question: QuestionId, version: int, reason: ReportReason
) -> Outcome:
    """Keep a report."""
    return reporting.report(call, uow, catalog, question, version, reason)
