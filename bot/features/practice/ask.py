"""/quiz, and every way to another question to practise."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Annotated

from bot.commands.declare import Opt, command, pressed
from bot.domain.bank import Shelf
from bot.domain.grading import AskedQuestion, shuffled
from bot.domain.identifiers import QuestionId, RoleId, StepId, TopicId
from bot.domain.question import Difficulty, Question
from bot.domain.roadmap import NEXT
from bot.domain.selection import practice
from bot.domain.sitting import QUESTIONS, QUESTIONS_AT_MOST, Sitting, Subject, Turn, kept_back, next_turn
from bot.features.practice.closing import closed
from bot.features.practice.subject import fitting
from bot.features.practice.withheld import due_soon, learner
from bot.features.roadmap import step_to_come
from bot.ports.call import Call, Outcome
from bot.ports.catalog import Catalog
from bot.ports.practice import Practised, ReviewReason
from bot.ports.storage import UnitOfWork
from bot.replies.asked import PracticeAsked
from bot.replies.card import Choice
from bot.replies.common_buttons import PRACTISE
from bot.replies.routes import route
from bot.replies.said import Refusal
from bot.replies.sitting import read_old, read_sitting

ANY_TOPIC = Choice("Any topic", route("run", "quiz"))
ANOTHER = Choice("Another", route("run", "quiz"))
BEFORE = {
    ReviewReason.WRONG: "You had this one wrong before. ",
    ReviewReason.UNSURE: "You did not know this one before. ",
    ReviewReason.GUESSED: "You guessed this one before. ",
}

MISSED_HERE = "From the questions that went by. "


class Only(StrEnum):
    """A part of one's questions to practise."""

    MISSED = "missed"


@command("quiz", example="/quiz rag hard 3")
def quiz(
    call: Call,
    uow: UnitOfWork,
    catalog: Catalog,
    topic: Annotated[TopicId | None, Opt("What to practise", example="rag")] = None,
    level: Annotated[Difficulty | None, Opt("How hard: easy, medium or hard")] = None,
    count: Annotated[int, Opt("How many questions, 1 to 20", least=1, most=QUESTIONS_AT_MOST)] = QUESTIONS,
    only: Annotated[Only | None, Opt("missed: only those you missed")] = None,
    role: Annotated[RoleId | None, Opt("Only what a role needs", shelf=Shelf.ROLES)] = None,
    step: Annotated[StepId | None, Opt("Only one step of the roadmap", shelf=Shelf.ROADMAP)] = None,
) -> Outcome:
    """Practise in private: a few questions, each with its reasons, and what to read in the end."""
    if len([one for one in (topic, role, step) if one]) > 1:
        raise Refusal("Practice is on a topic, on a role or on a step. Name one of the three.", (ANY_TOPIC,))
    if step == NEXT:
        step = step_to_come(call, uow, catalog)
    return begin(call, uow, catalog, Subject(topic, level, role, step, missed=only is Only.MISSED), count)


@pressed("practise")
def practise(call: Call, uow: UnitOfWork, catalog: Catalog, topic: TopicId, after: QuestionId | None = None) -> Outcome:
    """Practise a topic, with other questions than the one just shown."""
    return begin(call, uow, catalog, Subject(topic), shown={after} if after else ())


@pressed("practise-step")
def practise_step(call: Call, uow: UnitOfWork, catalog: Catalog, step: StepId) -> Outcome:
    """Practise what a roadmap step teaches."""
    if not fitting(call, uow, catalog, Subject(step=step), None, ()):
        raise Refusal("No question belongs to that step yet.", (ANY_TOPIC,))
    return begin(call, uow, catalog, Subject(step=step))


@pressed("next")
def next_of_old(
    call: Call,
    uow: UnitOfWork,
    catalog: Catalog,
    topic: str = "",
    level: str = "",
    left: int = 1,
    after: QuestionId | None = None,
) -> Outcome:
    """Go on from a button of a version that did not count its sittings."""
    old = read_old(TopicId(topic) if topic else None, level, left - 1, call.seed)
    return ask(call, uow, catalog, old, shown={after} if after else ())


@pressed("turn")
def go_on(
    call: Call, uow: UnitOfWork, catalog: Catalog, after: QuestionId, seed: str, name: str | None, code: str
) -> Outcome:
    """Go on to the next question of a sitting, or to its end."""
    sitting = read_sitting(seed, name, code)
    if sitting.of == 1:
        return begin(call, uow, catalog, sitting.about, 1, shown={after})
    who = learner(call, uow)
    turns = uow.practice.sat(who.member.id, sitting) if who.member else ()
    then = next_turn(sitting, turns)
    if then is None:
        return closed(uow, catalog, who.member, sitting, turns)
    return ask(call, uow, catalog, then, turns, shown={after})


@pressed("more-of")
def more_of(call: Call, uow: UnitOfWork, catalog: Catalog, seed: str, name: str | None, code: str) -> Outcome:
    """Begin another sitting on a subject, with other questions than those of the one that closed."""
    sitting = read_sitting(seed, name, code)
    member = learner(call, uow).member
    turns = uow.practice.sat(member.id, sitting) if member else ()
    return begin(call, uow, catalog, sitting.about, sitting.of, shown={turn.question for turn in turns})


def begin(
    call: Call,
    uow: UnitOfWork,
    catalog: Catalog,
    about: Subject,
    count: int = QUESTIONS,
    *,
    shown: Collection[QuestionId] = (),
    why: str = "",
) -> Outcome:
    """Begin a sitting; the answers of what was ``shown`` may be on the screen."""
    return ask(call, uow, catalog, Sitting(about, count, begun=call.seed), shown=shown, why=why)


def ask(
    call: Call,
    uow: UnitOfWork,
    catalog: Catalog,
    sitting: Sitting,
    turns: Sequence[Turn] = (),
    *,
    shown: Collection[QuestionId] = (),
    why: str = "",
) -> Outcome:
    """Pick a question of a sitting; the answers of what was ``shown`` may be on the screen.

    Never one whose answer is on the screen: what was wrong comes again, but after something else.
    """
    who = learner(call, uow)
    practised = uow.practice.of(who.member.id) if who.member else Practised()
    found = fitting(call, uow, catalog, sitting.about, who.member, practised.review)
    away = {*who.hidden, *who.on_screen, *shown, *kept_back(turns)}
    if not sitting.done:
        sitting = replace(sitting, of=_as_many(found, away, sitting.of))
    chosen = practice(
        found,
        hidden=away,
        # What went by is caught up on whether it is due again or not.
        soon=() if sitting.about.catching_up else due_soon(call, uow, catalog, who.community),
        tried=practised.tried,
        review=practised.review,
        latest=practised.latest,
        seed=sitting.seed,
    )
    if chosen is None and turns:
        return closed(uow, catalog, who.member, sitting, turns, early=True)
    if chosen is None:
        raise _nothing_fits(sitting.about, bool(found))
    reason = practised.review.get(chosen.id)
    because = why + (MISSED_HERE if sitting.about.catching_up else BEFORE[reason] if reason else "")
    return Outcome(practice_asked(catalog, chosen, sitting, because))


def _as_many(found: Sequence[Question], away: Collection[QuestionId], wanted: int) -> int:
    """As many as are wanted, or as there are; at least one."""
    if len(found) - len(away) >= wanted:
        return wanted
    return min(wanted, max(1, sum(question.id not in away for question in found)))


def _nothing_fits(about: Subject, some: bool) -> Refusal:
    if about.catching_up and not some:
        return Refusal("Nothing to catch up on: you have seen every recent question.", (PRACTISE,))
    if about.catching_up:
        return Refusal("Nothing to catch up on just now: the other answers were shown a moment ago.", (PRACTISE,))
    if about.missed and not some:
        return Refusal("You have nothing to review just now. What you miss is kept for you.", (PRACTISE,))
    if about.missed:
        return Refusal("The answers to what you missed were just shown. Practise something else first.", (PRACTISE,))
    if about.role or about.step:
        it = "role" if about.role else "step"
        return Refusal(f"No other question fits that {it} just now.", (ANY_TOPIC,))
    return Refusal(
        "No other question fits that topic and level just now. Try another level, or any topic.", (ANY_TOPIC,)
    )


def practice_asked(catalog: Catalog, question: Question, sitting: Sitting, because: str = "") -> PracticeAsked:
    """A question as practice shows it, its options in an order of its own."""
    return PracticeAsked(
        asked=AskedQuestion(question, shuffled(question, sitting.seed)),
        topic=catalog.topic_title(question.topic),
        sitting=sitting,
        because=because,
    )
