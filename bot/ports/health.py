"""Notices to managers, heartbeats and outages."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.community import Community, Platform
from bot.domain.identifiers import CommunityId, RoundId, TrackId


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a manager is to be told."""

    id: int
    community: CommunityId
    user: str
    text: str
    noted_at: datetime
    tried: bool
    """A private message was tried, and did not arrive."""
    track: TrackId | None = None
    """The track it is about."""
    round: RoundId | None = None
    """A round of unknown fate, which the manager can decide."""


class Health(Protocol):
    """Notices to managers, heartbeats and outages."""

    def notify(
        self,
        community: CommunityId,
        user: str,
        key: str,
        text: str,
        now: datetime,
        track: TrackId | None = None,
        round: RoundId | None = None,
    ) -> None:
        """Keep a notice for a manager; the same key is kept once while it is untold."""
        ...

    def notices(self, community: CommunityId) -> tuple[Notice, ...]:
        """Notices nobody was told yet."""
        ...

    def untried(self, platform: Platform, limit: int) -> tuple[tuple[Notice, Community], ...]:
        """Notices not yet tried by a private message."""
        ...

    def tried(self, id: int, told: bool) -> None:
        """A private message was tried, and reached the manager or not."""
        ...

    def told(self, ids: Collection[int]) -> None:
        """The notices were shown."""
        ...

    def settled(self, round: RoundId) -> None:
        """The round's fate is known: nobody has to be told that it is not."""
        ...

    def last_beat(self, platform: Platform) -> datetime | None:
        """When the face was last alive."""
        ...

    def beat(self, platform: Platform, now: datetime) -> datetime | None:
        """Note that the face is alive; returns the beat before."""
        ...

    def add_outage(self, platform: Platform, since: datetime, until: datetime) -> None:
        """Keep a stretch of time in which the face was down."""
        ...

    def drop_outages(self, platform: Platform, until_after: datetime) -> None:
        """Forget the outages that end after a moment."""
        ...

    def outage_within(self, platform: Platform, since: datetime, until: datetime) -> timedelta:
        """The time for which the face was down within a stretch of time."""
        ...
