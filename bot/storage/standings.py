"""Streaks and weekly points, as rows: derived, and always to be had again from the raw rows."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from bot.domain.identifiers import MemberId, TrackId
from bot.domain.streak import Standing
from bot.ports.standings import BoardRow, WeekLine
from bot.storage.held import held
from bot.storage.on_conflict import insert_or_change
from bot.storage.prepared import Prepared
from bot.storage.raw import answerers, weeks_of
from bot.storage.recount_week import recount_week
from bot.storage.tables import members, points, standings
from bot.storage.transaction import Transaction

STANDING = (
    standings.c.streak,
    standings.c.best,
    standings.c.last_seq,
    standings.c.freezes,
    standings.c.answered,
)

_ON_TRACK = standings.c.track_id == sa.bindparam("track_id")
_GET = held(sa.select(*STANDING).where(_ON_TRACK, standings.c.member_id == sa.bindparam("member_id")), standings)
_SAVE = Prepared(
    insert_or_change(standings, lambda new: {column.name: new[column.name] for column in STANDING}),
    "track_id",
    "member_id",
    *(column.name for column in STANDING),
)
_VISIBLE = sa.and_(sa.not_(members.c.hidden), members.c.external_id.is_not(None))
_LONGEST = (
    sa.select(members.c.id, members.c.external_id, *STANDING)
    .join_from(standings, members, members.c.id == standings.c.member_id)
    .where(_ON_TRACK, _VISIBLE, standings.c.last_seq >= sa.bindparam("since_seq"), standings.c.streak > 0)
    .order_by(standings.c.streak.desc(), members.c.id)
    .limit(sa.bindparam("most"))
)

_IN_WEEK = sa.and_(points.c.track_id == sa.bindparam("track_id"), points.c.week == sa.bindparam("week"))
_ADD_WEEK = Prepared(
    insert_or_change(
        points,
        lambda new: {"points": points.c.points + new.points, "answered": points.c.answered + new.answered},
        points.c.points,
        points.c.answered,
    ),
    "track_id",
    "week",
    "member_id",
    "points",
    "answered",
)
_WEEK = sa.select(points.c.points, points.c.answered).where(_IN_WEEK, points.c.member_id == sa.bindparam("member_id"))
_BOARD = (
    sa.select(members.c.id, members.c.external_id, points.c.points)
    .join_from(points, members, members.c.id == points.c.member_id)
    .where(_IN_WEEK, _VISIBLE, points.c.points > 0, points.c.answered >= sa.bindparam("least"))
    .order_by(points.c.points.desc(), members.c.id)
    .limit(sa.bindparam("most"))
)
_FULL_WEEKS = (
    sa.select(members.c.id, members.c.external_id, points.c.answered)
    .join_from(points, members, members.c.id == points.c.member_id)
    .where(_IN_WEEK, _VISIBLE, points.c.answered >= sa.bindparam("rounds"))
    .order_by(members.c.id)
    .limit(sa.bindparam("most"))
)
_GROUP_WEEK = sa.select(
    sa.func.coalesce(sa.func.sum(points.c.points), 0), sa.func.coalesce(sa.func.sum(points.c.answered), 0)
).where(_IN_WEEK)


def to_standing(row: Any) -> Standing:
    """A standing from its columns."""
    return Standing(row[0], row[1], row[2], row[3], row[4])


def get_standing(transaction: Transaction, member: MemberId, track: TrackId) -> Standing | None:
    """The member's standing on the track."""
    row = transaction.row(_GET, track_id=track, member_id=member)
    return None if row is None else to_standing(row)


def _to_line(row: Any) -> BoardRow:
    return BoardRow(MemberId(row[0]), row[1], row[2])


class Standings:
    """Streaks and weekly points."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def get(self, member: MemberId, track: TrackId) -> Standing | None:
        """The member's standing on the track."""
        return get_standing(self._transaction, member, track)

    def save(self, member: MemberId, track: TrackId, standing: Standing) -> None:
        """Keep a standing."""
        self._transaction.hot_change(
            _SAVE,
            track,
            member,
            standing.streak,
            standing.best,
            standing.last_seq,
            standing.freezes,
            standing.answered,
        )

    def answerers(self, track: TrackId) -> tuple[MemberId, ...]:
        """Everyone who answered on the track or has a standing there."""
        return answerers(self._transaction, track)

    def longest(self, track: TrackId, since_seq: int, limit: int) -> tuple[tuple[BoardRow, Standing], ...]:
        """The longest streaks among visible members who answered since a round, longest first."""
        found = self._transaction.rows(_LONGEST, track_id=track, since_seq=since_seq, most=limit)
        return tuple((_to_line(row), to_standing(row[2:])) for row in found)

    def add_week(self, member: MemberId, track: TrackId, week: str, points: int, answered: int) -> WeekLine:
        """Add to the member's week and say how it stands."""
        row = self._transaction.hot_change(_ADD_WEEK, track, week, member, points, answered)
        assert row is not None
        return WeekLine(row[0], row[1])

    def week(self, member: MemberId, track: TrackId, week: str) -> WeekLine:
        """The member's week."""
        row = self._transaction.row(_WEEK, track_id=track, week=week, member_id=member)
        return WeekLine() if row is None else WeekLine(row[0], row[1])

    def board(self, track: TrackId, week: str, least: int, limit: int) -> tuple[BoardRow, ...]:
        """Visible members with at least so many answers by points of the week, most first; none without a point."""
        found = self._transaction.rows(_BOARD, track_id=track, week=week, least=least, most=limit)
        return tuple(map(_to_line, found))

    def full_weeks(self, track: TrackId, week: str, rounds: int, limit: int) -> tuple[BoardRow, ...]:
        """Visible members who answered every round of the week so far."""
        if rounds < 1:
            return ()
        found = self._transaction.rows(_FULL_WEEKS, track_id=track, week=week, rounds=rounds, most=limit)
        return tuple(map(_to_line, found))

    def group_week(self, track: TrackId, week: str) -> WeekLine:
        """Everyone's week together."""
        row = self._transaction.row(_GROUP_WEEK, track_id=track, week=week)
        assert row is not None
        return WeekLine(int(row[0]), int(row[1]))

    def weeks(self, track: TrackId) -> tuple[str, ...]:
        """Every ISO week the track has rounds or points in."""
        return weeks_of(self._transaction, track)

    def recount_week(self, track: TrackId, week: str) -> None:
        """Make the track's points of a week again from the raw answers."""
        recount_week(self._transaction, track, week)
