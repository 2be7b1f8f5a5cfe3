"""Memories of members, and the log of reviews from which they can be worked out again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from bot.domain.identifiers import MemberId, QuestionId, RoundId
from bot.domain.memory import Graded, Memory


class Reviews(Protocol):
    """Memories of questions, and the log behind them."""

    def near(self, member: MemberId, on: date) -> Mapping[QuestionId, Memory]:
        """The memories that are due on a day, or were last changed on it."""
        ...

    def next_due(self, member: MemberId) -> date | None:
        """The day on which the first of all memories is due."""
        ...

    def of(self, member: MemberId, question: QuestionId) -> Memory | None:
        """The memory of a question, held until the transaction ends."""
        ...

    def keep(self, member: MemberId, question: QuestionId, graded: Graded, memory: Memory) -> None:
        """Log how well a question was remembered, and keep the memory after it."""
        ...

    def log(self, member: MemberId) -> Mapping[QuestionId, Sequence[Graded]]:
        """Everything logged of a member, by question and in order of days."""
        ...

    def forget_round(self, round: RoundId, question: QuestionId) -> None:
        """Forget a withdrawn question for those who answered it in the round."""
        ...
