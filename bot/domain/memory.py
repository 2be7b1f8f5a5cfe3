"""The memory a member has of a question, as FSRS-6 estimates it, and the day on which to ask it again.

Days are all it counts: what is reviewed once on a day counts once, and a day before the last one changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from fsrs import Card, Rating, Scheduler, State

from bot.domain.identifiers import OptionId, QuestionId

A_DAY = 10
"""Reviews offered on one day."""
# Steps of minutes are for people who sit at their cards; here a question comes back on another day at the earliest.
_FSRS = Scheduler(
    desired_retention=0.85, learning_steps=(), relearning_steps=(), maximum_interval=180, enable_fuzzing=False
)
_NO_NUMBER = 0
"""A card without one would be given the time."""


@dataclass(frozen=True, slots=True)
class Graded:
    """A grade for how well a question was remembered on a day."""

    on: date
    good: bool
    """Right and sure; whatever was wrong, guessed or unsure is to come again."""
    key: OptionId
    """The right option at the time."""
    asked: QuestionId | None = None
    """The question asked for it in a review, itself or a sister; None where it was missed elsewhere."""


@dataclass(frozen=True, slots=True)
class Memory:
    """The estimate of how well a member remembers a question, and when to ask it again."""

    stability: float
    difficulty: float
    due: date
    last: date
    key: OptionId
    asked: QuestionId | None = None
    """The question asked for it last, where that was in a review."""


def after(memory: Memory | None, graded: Graded) -> Memory:
    """The memory after one more time; as it was where that lies on or before the day of the last."""
    if memory is not None and graded.on <= memory.last:
        return memory
    # With another right answer, what was remembered is of no use.
    before = memory if memory is not None and memory.key == graded.key else None
    card, _ = _FSRS.review_card(_card(before), Rating.Good if graded.good else Rating.Again, _noon(graded.on))
    assert card.stability is not None
    assert card.difficulty is not None
    return Memory(card.stability, card.difficulty, card.due.date(), graded.on, graded.key, graded.asked)


def rebuilt(log: Iterable[Graded]) -> Memory | None:
    """The memory that a log of one question leads to, in order of days."""
    memory: Memory | None = None
    for graded in log:
        memory = after(memory, graded)
    return memory


def chance(memory: Memory, on: date, key: OptionId) -> float:
    """The chance that it is remembered on a day; none where the right answer is another by now."""
    return _FSRS.get_card_retrievability(_card(memory), _noon(on)) if memory.key == key else 0.0


def _card(memory: Memory | None) -> Card:
    if memory is None:
        return Card(_NO_NUMBER)
    return Card(
        _NO_NUMBER,
        State.Review,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=_noon(memory.due),
        last_review=_noon(memory.last),
    )


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)
