"""A sitting: a run of practice questions with a beginning, a count and an end, and what of it may come again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bot.domain.identifiers import QuestionId, RoleId, StepId, TopicId, TrackRef
from bot.domain.question import Difficulty

QUESTIONS = 5
"""Questions in a sitting if nobody says."""
QUESTIONS_AT_MOST = 20
OTHERS_BETWEEN = 3
"""The least number of other questions before a missed one comes again in the same sitting."""


@dataclass(frozen=True, slots=True)
class Subject:
    """The subject of a sitting: a topic, what a role needs, a step, or the rounds missed on a track; or anything."""

    topic: TopicId | None = None
    level: Difficulty | None = None
    role: RoleId | None = None
    step: StepId | None = None
    catching_up: TrackRef | None = None
    missed: bool = False
    """Only what the member has to review."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """A sitting at one of its questions.

    Each question is shown in the order of its own seed, counted on from the first: answers that were kept with those
    seeds are the sitting's.
    """

    about: Subject = field(default_factory=Subject)
    of: int = 1
    """The number of its questions."""
    done: int = 0
    """The number that came before the question shown."""
    begun: int = 0
    """The seed of its first question."""

    @property
    def number(self) -> int:
        """The number of the question shown, from 1."""
        return self.done + 1

    @property
    def last(self) -> bool:
        """Return whether no other question follows."""
        return self.number >= self.of

    @property
    def seed(self) -> int:
        """The seed of the order in which the question's options are shown."""
        return self.begun + self.done

    def at(self, done: int) -> Sitting:
        """The sitting at another of its questions."""
        return replace(self, done=done)


@dataclass(frozen=True, slots=True)
class Turn:
    """A question answered in a sitting."""

    done: int
    """The number of questions that came before it."""
    question: QuestionId
    correct: bool
    unsure: bool = False


def next_turn(sitting: Sitting, turns: Sequence[Turn]) -> Sitting | None:
    """The sitting at its next question that was not answered yet; None if there is none."""
    answered = {turn.done for turn in turns}
    open_ones = (done for done in range(sitting.number, sitting.of) if done not in answered)
    done = next(open_ones, None)
    return None if done is None else sitting.at(done)


def kept_back(turns: Sequence[Turn]) -> frozenset[QuestionId]:
    """The questions of a sitting that may not come next: those had right, and those missed only just now."""
    latest = {turn.question: (number, turn) for number, turn in enumerate(turns, 1)}
    return frozenset(
        question for question, (number, turn) in latest.items() if turn.correct or len(turns) - number < OTHERS_BETWEEN
    )


def still_missed(turns: Sequence[Turn]) -> tuple[QuestionId, ...]:
    """The questions that were not right when they came last, in the order they came."""
    latest = {turn.question: turn.correct for turn in turns}
    return tuple(question for question, correct in latest.items() if not correct)
