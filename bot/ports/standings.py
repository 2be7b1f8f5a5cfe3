"""Streaks and weekly points: derived, and always to be had again from the raw rows."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from bot.domain.community import Platform
from bot.domain.identifiers import MemberId, RoundId, TrackId
from bot.domain.streak import Standing


@dataclass(frozen=True, slots=True)
class WeekLine:
    """A member's answers and points on a track in one ISO week."""

    points: int = 0
    answered: int = 0


@dataclass(frozen=True, slots=True)
class Tally:
    """A visible member's answers in some rounds."""

    member: MemberId
    user: str
    answered: int
    right: int


class Standings(Protocol):
    """Streaks and weekly points: derived, and always to be had again from the raw rows."""

    def get(self, member: MemberId, track: TrackId) -> Standing | None:
        """The member's standing on the track."""
        ...

    def save(self, member: MemberId, track: TrackId, standing: Standing) -> None:
        """Keep a standing."""
        ...

    def answerers(self, track: TrackId) -> tuple[MemberId, ...]:
        """Everyone who answered on the track or has a standing there."""
        ...

    def since(self, track: TrackId, seq: int, limit: int, offset: int) -> tuple[tuple[MemberId, str, Standing], ...]:
        """Standings of visible members who answered since a round, the best streak ever first."""
        ...

    def tally(self, rounds: Collection[RoundId]) -> tuple[Tally, ...]:
        """The answers of each visible member who answered any of the rounds."""
        ...

    def add_week(self, member: MemberId, track: TrackId, week: str, points: int, answered: int) -> WeekLine:
        """Add to the member's week and say how it stands."""
        ...

    def week(self, member: MemberId, track: TrackId, week: str) -> WeekLine:
        """The member's week."""
        ...

    def ask_recount(self, track: TrackId, ask: int) -> None:
        """Keep that the track is to be counted again; ``ask`` tells one wish from a later one."""
        ...

    def asked_recount(self, track: TrackId) -> int | None:
        """The latest wish to count the track again."""
        ...

    def to_recount(self, platform: Platform) -> tuple[TrackId, ...]:
        """The platform's tracks that are to be counted again."""
        ...

    def recounted(self, track: TrackId, ask: int) -> None:
        """The track was counted again for this wish; one that came meanwhile stays."""
        ...

    def weeks(self, track: TrackId) -> tuple[str, ...]:
        """Every ISO week the track has rounds or points in."""
        ...

    def recount_week(self, track: TrackId, week: str) -> None:
        """Make the track's points of a week again from the raw answers."""
        ...
