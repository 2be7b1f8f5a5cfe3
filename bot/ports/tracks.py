"""Tracks and their due dates."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.domain.community import Platform
from bot.domain.identifiers import CommunityId, QuestionId, TrackId
from bot.domain.question import Question
from bot.domain.schedule import Due
from bot.domain.track import PauseReason, Track, TrackPart, TrackSettings

Plan = frozenset[QuestionId]
"""Questions a community's tracks will ask if nothing else happens."""


@dataclass(frozen=True, slots=True, eq=False)
class Basis:
    """The facts behind a plan. The ledger is not in it: a round moves its track's due date and then its number."""

    bank: Sequence[Question]
    tracks: tuple[Track, ...]
    until: date

    def holds(self, now: Basis) -> bool:
        """Return whether a plan made from this one is good now; banks are not compared question by question."""
        return self.bank is now.bank and self.until == now.until and self.tracks == now.tracks


class Tracks(Protocol):
    """Tracks and their next due dates."""

    def add(self, community: CommunityId, settings: TrackSettings, saved_by: str, seed: int, next: Due | None) -> Track:
        """Keep a new track."""
        ...

    def get(self, id: TrackId) -> Track | None:
        """The track with that id, deleted or not."""
        ...

    def every(self) -> tuple[TrackId, ...]:
        """Every track there ever was."""
        ...

    def of_community(self, id: CommunityId) -> tuple[Track, ...]:
        """The community's tracks that are not deleted, oldest first."""
        ...

    def plan(self, community: CommunityId, basis: Basis, make: Callable[[], Plan]) -> Plan:
        """The plan made on the same basis before; otherwise it is made, and kept in memory."""
        ...

    def save(
        self,
        id: TrackId,
        settings: TrackSettings,
        saved_by: str,
        next: Due | None,
        leave: Collection[TrackPart] = (),
    ) -> None:
        """Change a track; its rounds, streaks and ledger stay, and so do the parts to leave as they are kept."""
        ...

    def pause(self, id: TrackId, reason: PauseReason, detail: str | None = None) -> None:
        """Stop posting until resumed."""
        ...

    def resume(self, id: TrackId, next: Due | None) -> None:
        """Post again from the next due date; what is worked out from rounds is worked out again."""
        ...

    def set_ping(self, id: TrackId, role: str | None) -> None:
        """Change whom a track pings, and nothing else."""
        ...

    def delete(self, id: TrackId) -> None:
        """Stop for good; rounds stay for those who answered them."""
        ...

    def due(self, platform: Platform, now: datetime, limit: int) -> tuple[Track, ...]:
        """Running tracks of a platform whose next round is due."""
        ...

    def running(self, platform: Platform) -> tuple[Track, ...]:
        """Every running track of a platform that can be read."""
        ...

    def not_stopped(self, platform: Platform) -> tuple[Track, ...]:
        """Every track of a platform that nobody paused or deleted, whether it can be read or not."""
        ...

    def paused(self, platform: Platform, reason: PauseReason) -> tuple[Track, ...]:
        """The tracks of a platform that are paused for that reason."""
        ...

    def set_next(self, nexts: Mapping[TrackId, Due | None]) -> None:
        """Keep the next due dates."""
        ...

    def members_with_streaks(self, id: TrackId) -> int:
        """Count the members who have answered on the track."""
        ...
