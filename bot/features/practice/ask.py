"""/quiz, and every way to another question to practise."""

from __future__ import annotations

from typing import Annotated

from bot.commands.caller import known
from bot.commands.declare import Opt, command, pressed
from bot.domain.grading import AskedQuestion, shuffled
from bot.domain.identifiers import QuestionId, StepId, TopicId, TrackRef
from bot.domain.question import Difficulty, Question
from bot.domain.selection import Wanted, practice
from bot.features.practice.withheld import due_soon, hidden_from, on_screen
from bot.ports.call import Call, Outcome
from bot.ports.catalog import Catalog
from bot.ports.practice import Practised, ReviewReason
from bot.ports.storage import UnitOfWork
from bot.posting.citing import topic_title
from bot.replies.asked import PracticeAsked
from bot.replies.card import Choice
from bot.replies.routes import route
from bot.replies.said import Refusal

COUNT_AT_MOST = 20
LEVELS = {level.value[:1]: level for level in Difficulty}
"""A level by its first letter, as buttons carry it."""
BEFORE = {
    ReviewReason.WRONG: "You had this one wrong before. ",
    ReviewReason.UNSURE: "You did not know this one before. ",
    ReviewReason.GUESSED: "You guessed this one before. ",
}


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
    return ask(call, uow, catalog, topic, level, count)


@pressed("practise")
def practise(call: Call, uow: UnitOfWork, catalog: Catalog, topic: TopicId, after: str = "") -> Outcome:
    """Practise a topic, with another question than the one just shown."""
    return ask(call, uow, catalog, topic, None, 1, QuestionId(after) if after else None)


@pressed("practise-step")
def practise_step(call: Call, uow: UnitOfWork, catalog: Catalog, step: StepId) -> Outcome:
    """Practise what a roadmap step teaches."""
    found = catalog.step(step)
    asked = {question.topic for question in catalog.questions}
    topics = [topic for topic in found.topics if topic in asked] if found else []
    if not topics:
        raise Refusal("No question belongs to that step yet.", (Choice("Any topic", route("run", "quiz")),))
    return ask(call, uow, catalog, topics[call.seed % len(topics)], None, 1)


@pressed("next")
def next_question(
    call: Call, uow: UnitOfWork, catalog: Catalog, topic: str = "", level: str = "", left: int = 1, after: str = ""
) -> Outcome:
    """Go on to the next question of a sitting."""
    wanted = TopicId(topic) if topic else None
    count = max(1, min(left, COUNT_AT_MOST))
    return ask(call, uow, catalog, wanted, LEVELS.get(level), count, QuestionId(after) if after else None)


def ask(
    call: Call,
    uow: UnitOfWork,
    catalog: Catalog,
    topic: TopicId | None,
    level: Difficulty | None,
    count: int,
    after: QuestionId | None = None,
    why: str = "",
) -> Outcome:
    """Pick a question to practise; ``count`` is how many are wanted in this sitting, ``after`` was just shown.

    Never one whose answer is on the screen: what was wrong comes again, but after something else.
    """
    community, member = known(call, uow)
    practised = uow.practice.of(member.id) if member else Practised()
    chosen = practice(
        catalog.questions,
        Wanted(frozenset({topic}) if topic else frozenset(), level),
        hidden={
            *hidden_from(call, uow, community, member),
            *on_screen(call, uow, community),
            *((after,) if after else ()),
        },
        soon=due_soon(call, uow, catalog, community),
        tried=practised.tried,
        review=practised.review,
        seed=call.seed,
    )
    if chosen is None:
        raise Refusal(
            "No other question fits that topic and level just now. Try another level, or any topic.",
            (Choice("Any topic", route("run", "quiz")),),
        )
    reason = practised.review.get(chosen.id)
    because = why + (BEFORE[reason] if reason else "")
    return Outcome(practice_asked(catalog, chosen, call.seed, topic, level, count - 1, because))


def practice_asked(
    catalog: Catalog,
    question: Question,
    seed: int,
    topic: TopicId | None,
    level: Difficulty | None,
    left: int,
    because: str = "",
    catching_up: TrackRef | None = None,
) -> PracticeAsked:
    """A question as practice shows it, its options in an order of its own."""
    return PracticeAsked(
        asked=AskedQuestion(question, shuffled(question, seed)),
        topic=topic_title(catalog, question.topic),
        level=question.difficulty,
        seed=seed,
        wanted_topic=topic or "",
        sitting=f"c{catching_up}" if catching_up else level.value[:1] if level else "",
        left=left,
        because=because,
    )
