"""Practice, the review list, reports, and marks on the roadmap."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Protocol

from bot.domain.identifiers import CommunityId, MemberId, QuestionId, RoundId, StepId
from bot.domain.question import Question
from bot.domain.roadmap import StepState
from bot.domain.round import Answer


class ReviewReason(StrEnum):
    """Why a question is kept for review."""

    WRONG = "wrong"
    UNSURE = "unsure"
    GUESSED = "guessed"


class Practice(Protocol):
    """Practice answers, and what is kept for review."""

    def add_attempt(self, member: MemberId, question: Question, answer: Answer) -> None:
        """Keep a practice answer."""
        ...

    def tried(self, member: MemberId) -> Mapping[QuestionId, int]:
        """How often the member practised each question."""
        ...

    def right_share(self, member: MemberId) -> tuple[int, int]:
        """Practice answers right, and all."""
        ...

    def keep_for_review(self, member: MemberId, question: QuestionId, reason: ReviewReason) -> None:
        """Keep a question for review."""
        ...

    def forget_round(self, round: RoundId, question: QuestionId) -> None:
        """Take a withdrawn question off the review lists of those who answered it in the round."""
        ...

    def reviewed(self, member: MemberId, question: QuestionId) -> bool:
        """Take a question off the review list; False if it was not on it."""
        ...

    def review(self, member: MemberId) -> Mapping[QuestionId, ReviewReason]:
        """What the member has to review."""
        ...

    def report(self, member: MemberId, question: QuestionId, version: int, reason: str) -> bool:
        """Keep a report of a question; False if the member reported this version before."""
        ...

    def reports(self, community: CommunityId) -> tuple[tuple[QuestionId, int, str, int], ...]:
        """Reported questions of a community: (question, version, reason, how many)."""
        ...


class Roadmaps(Protocol):
    """How far members are on the roadmap."""

    def states(self, member: MemberId) -> Mapping[StepId, StepState]:
        """The member's steps."""
        ...

    def set_state(self, member: MemberId, step: StepId, state: StepState | None) -> None:
        """Mark a step, or unmark it."""
        ...
