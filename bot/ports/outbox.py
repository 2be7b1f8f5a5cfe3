"""The outbox: what is to be sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.community import Platform
from bot.domain.identifiers import OptionId, RoundId
from bot.domain.question import Question
from bot.domain.round import Round
from bot.domain.round_life import Event
from bot.domain.schedule import Due
from bot.domain.track import Track


@dataclass(frozen=True, slots=True)
class RoundToReveal:
    """A closed round whose post still shows the question."""

    round: Round
    community: str
    number: int
    withdrawn: bool


class Outbox(Protocol):
    """Rounds on their way to being posted, and posts to be edited."""

    def add_due(self, due: Iterable[tuple[Track, Due, bool]]) -> int:
        """Write rounds that have come due, True meaning too late to post; dates already there are left alone."""
        ...

    def claimable(self, platform: Platform, now: datetime, limit: int) -> tuple[tuple[Round, Track], ...]:
        """Due rounds of running tracks that may be sent now, the longest waiting first."""
        ...

    def claim(
        self,
        id: RoundId,
        question: Question,
        order: tuple[OptionId, ...],
        asked_before: bool,
        now: datetime,
        lease_until: datetime,
    ) -> None:
        """Take a due round for sending: its question and tag are fixed from here on, whatever the catalog says."""
        ...

    def reclaim(self, round: Round, now: datetime, lease_until: datetime) -> None:
        """Take a round whose question is fixed for sending."""
        ...

    def stale(self, platform: Platform, now: datetime, limit: int) -> tuple[tuple[Round, Track], ...]:
        """Rounds whose lease ran out while being sent."""
        ...

    def revive(self, id: RoundId, now: datetime, *, choose_again: bool) -> None:
        """Make a round that was never posted due again, now; with its question, or to choose another."""
        ...

    def put_off(self, id: RoundId, at: datetime) -> None:
        """Put a round back, to be sent from a moment on."""
        ...

    def end(self, id: RoundId, event: Event, now: datetime) -> None:
        """End a round's way before it was opened: given up, refused or lost."""
        ...

    def to_reveal(self, platform: Platform, now: datetime, limit: int) -> tuple[RoundToReveal, ...]:
        """Closed rounds whose post is still to be edited."""
        ...

    def revealed(self, id: RoundId, again_at: datetime | None = None) -> None:
        """The post was edited, or is to be tried again at a moment."""
        ...
