"""First choices in open rounds, and questions as they were asked."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from bot.domain.identifiers import CommunityId, MemberId, OptionId, QuestionId, RoundId
from bot.domain.question import Question
from bot.domain.round import Answer, Votes


class Answers(Protocol):
    """First choices in open rounds."""

    def add(self, round: RoundId, member: MemberId, answer: Answer) -> bool:
        """Keep a first choice; False if there is one."""
        ...

    def get(self, round: RoundId, member: MemberId) -> Answer | None:
        """The member's choice in the round."""
        ...

    def count(self, round: RoundId, option: OptionId) -> Votes:
        """Count one vote and say how they stand."""
        ...

    def marked(self, round: RoundId, user: str) -> bool:
        """Return whether they answered the round, still open, before everything about them was deleted."""
        ...

    def marked_in(self, community: CommunityId, user: str) -> bool:
        """Return whether that holds for any open round of the community."""
        ...

    def answered_rounds(self, member: MemberId, rounds: Collection[RoundId]) -> frozenset[RoundId]:
        """Which of the rounds the member has answered."""
        ...

    def by_question(self, member: MemberId) -> tuple[tuple[QuestionId, Answer], ...]:
        """The member's choices with their questions, oldest first; withdrawn rounds are left out."""
        ...


class Questions(Protocol):
    """Questions as they were when a round asked them."""

    def version(self, id: QuestionId, version: int) -> Question | None:
        """The question as that version had it; None if it was never asked or what is kept cannot be read."""
        ...
