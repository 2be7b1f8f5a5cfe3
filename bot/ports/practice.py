"""Practice, the review list, reports, and marks on the roadmap."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from bot.domain.identifiers import CommunityId, MemberId, QuestionId, RoundId, StepId
from bot.domain.question import Question
from bot.domain.roadmap import StepState
from bot.domain.round import Answer
from bot.domain.sitting import Sitting, Turn


class ReviewReason(StrEnum):
    """Why a question is kept for review."""

    WRONG = "wrong"
    UNSURE = "unsure"
    GUESSED = "guessed"


@dataclass(frozen=True, slots=True)
class Practised:
    """A member's practice so far."""

    tried: Mapping[QuestionId, int] = field(default_factory=dict)
    """How often they practised each question."""
    review: Mapping[QuestionId, ReviewReason] = field(default_factory=dict)
    """What they have to review."""
    latest: tuple[QuestionId, ...] = ()
    """Those they practised last: the answers may still be on their screen."""


class Practice(Protocol):
    """Practice answers, and what is kept for review."""

    def attempt(self, member: MemberId, question: QuestionId, seed: int) -> Answer | None:
        """The practice answer the member gave when the question was shown in that order."""
        ...

    def add_attempt(self, member: MemberId, question: Question, answer: Answer, seed: int) -> None:
        """Keep a practice answer; the seed is that of the order it was shown in."""
        ...

    def sat(self, member: MemberId, sitting: Sitting) -> tuple[Turn, ...]:
        """The turns a member took in a sitting, in that order; one each time a question was shown."""
        ...

    def of(self, member: MemberId) -> Practised:
        """Everything the member practised, and has to review."""
        ...

    def right_share(self, member: MemberId) -> tuple[int, int]:
        """Practice answers right, and all."""
        ...

    def keep_for_review(self, member: MemberId, question: QuestionId, reason: ReviewReason) -> None:
        """Keep a question for review; the latest reason stands."""
        ...

    def forget_round(self, round: RoundId, question: QuestionId) -> None:
        """Take a withdrawn question off the review lists of those who answered it in the round."""
        ...

    def reviewed(self, member: MemberId, question: QuestionId) -> bool:
        """Take a question off the review list; False if it was not on it."""
        ...

    def report(self, member: MemberId, question: QuestionId, version: int, reason: str) -> bool:
        """Keep a report of a question; False if the member reported this version before."""
        ...

    def reports(self, community: CommunityId) -> tuple[tuple[QuestionId, int, str, int], ...]:
        """Reported questions of a community: (question, version, reason, how many)."""
        ...


class Roadmaps(Protocol):
    """Members' own marks on the steps of the roadmap."""

    def states(self, member: MemberId) -> Mapping[StepId, StepState]:
        """The member's steps."""
        ...

    def set_state(self, member: MemberId, step: StepId, state: StepState | None) -> None:
        """Mark a step, or unmark it."""
        ...
