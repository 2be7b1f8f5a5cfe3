"""/quiz, and every way to another question to practise."""

from __future__ import annotations

from typing import Annotated

from bot.commands.declare import Opt, command, pressed
from bot.domain.grading import AskedQuestion, shuffled
from bot.domain.identifiers import QuestionId, StepId, TopicId
from bot.domain.question import Difficulty, Question
from bot.domain.selection import Wanted, practice
from bot.features.practice.withheld import due_soon, learner
from bot.ports.call import Call, Outcome
from bot.ports.catalog import Catalog
from bot.ports.practice import Practised, ReviewReason
from bot.ports.storage import UnitOfWork
from bot.replies.asked import PracticeAsked
from bot.replies.card import Choice
from bot.replies.routes import route
from bot.replies.said import Refusal
from bot.replies.sitting import QUESTIONS_AT_MOST, Sitting

ANY_TOPIC = Choice("Any topic", route("run", "quiz"))
ANOTHER = Choice("Another", route("run", "quiz"))
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
    count: Annotated[int, Opt("How many questions, 1 to 20", least=1, most=QUESTIONS_AT_MOST)] = 1,
) -> Outcome:
    """Practise in private: a question, the verdict with reasons, the next."""
    return ask(call, uow, catalog, Sitting(topic, level, left=count - 1))


@pressed("practise")
def practise(call: Call, uow: UnitOfWork, catalog: Catalog, topic: TopicId, after: QuestionId | None = None) -> Outcome:
    """Practise a topic, with another question than the one just shown."""
    return ask(call, uow, catalog, Sitting(topic), after)


@pressed("practise-step")
def practise_step(call: Call, uow: UnitOfWork, catalog: Catalog, step: StepId) -> Outcome:
    """Practise what a roadmap step teaches."""
    found = catalog.step(step)
    asked = {question.topic for question in catalog.questions}
    topics = [topic for topic in found.topics if topic in asked] if found else []
    if not topics:
        raise Refusal("No question belongs to that step yet.", (ANY_TOPIC,))
    return ask(call, uow, catalog, Sitting(topics[call.seed % len(topics)]))


@pressed("next")
def next_question(
    call: Call,
    uow: UnitOfWork,
    catalog: Catalog,
    topic: str = "",
    level: str = "",
    left: int = 1,
    after: QuestionId | None = None,
) -> Outcome:
    """Go on to the next question of a sitting."""
    sitting = Sitting.read(TopicId(topic) if topic else None, level, left)
    return ask(call, uow, catalog, sitting.one_less(), after)


def ask(
    call: Call,
    uow: UnitOfWork,
    catalog: Catalog,
    sitting: Sitting,
    after: QuestionId | None = None,
    why: str = "",
) -> Outcome:
    """Pick a question of a sitting; ``after`` was just shown.

    Never one whose answer is on the screen: what was wrong comes again, but after something else.
    """
    who = learner(call, uow)
    practised = uow.practice.of(who.member.id) if who.member else Practised()
    chosen = practice(
        catalog.questions,
        Wanted(frozenset({sitting.topic} if sitting.topic else ()), sitting.level),
        hidden={*who.hidden, *who.on_screen, *((after,) if after else ())},
        soon=due_soon(call, uow, catalog, who.community),
        tried=practised.tried,
        review=practised.review,
        seed=call.seed,
    )
    if chosen is None:
        raise Refusal(
            "No other question fits that topic and level just now. Try another level, or any topic.",
            (ANY_TOPIC,),
        )
    reason = practised.review.get(chosen.id)
    because = why + (BEFORE[reason] if reason else "")
    return Outcome(practice_asked(catalog, chosen, call.seed, sitting, because))


def practice_asked(
    catalog: Catalog, question: Question, seed: int, sitting: Sitting, because: str = ""
) -> PracticeAsked:
    """A question as practice shows it, its options in an order of its own."""
    return PracticeAsked(
        asked=AskedQuestion(question, shuffled(question, seed)),
        topic=catalog.topic_title(question.topic),
        seed=seed,
        sitting=sitting,
        because=because,
    )
