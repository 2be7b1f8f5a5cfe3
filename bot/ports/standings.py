"""Streaks and weekly points: derived, and always to be had again from the raw rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bot.domain.identifiers import MemberId, TrackId
from bot.domain.streak import Standing


@dataclass(frozen=True, slots=True)
class WeekLine:
    """What a member did on a track in one ISO week."""

    points: int = 0
    answered: int = 0


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A member's line on a board."""

    member: MemberId
    user: str
    value: int


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

    def longest(self, track: TrackId, since_seq: int, limit: int) -> tuple[tuple[BoardRow, Standing], ...]:
        """The longest streaks among visible members who answered since a round, longest first."""
        ...

    def add_week(self, member: MemberId, track: TrackId, week: str, points: int, answered: int) -> WeekLine:
        """Add to the member's week and say how it stands."""
        ...

    def week(self, member: MemberId, track: TrackId, week: str) -> WeekLine:
        """The member's week."""
        ...

    def board(self, track: TrackId, week: str, least: int, limit: int) -> tuple[BoardRow, ...]:
        """Visible members with at least so many answers by points of the week, most first."""
        ...

    def full_weeks(self, track: TrackId, week: str, rounds: int, limit: int) -> tuple[BoardRow, ...]:
        """Visible members who answered every round of the week so far."""
        ...

    def group_week(self, track: TrackId, week: str) -> WeekLine:
        """Everyone's week together."""
        ...

    def weeks(self, track: TrackId) -> tuple[str, ...]:
        """Every ISO week the track has rounds or points in."""
        ...

    def recount_week(self, track: TrackId, week: str) -> None:
        """Make the track's points of a week again from the raw answers."""
        ...
