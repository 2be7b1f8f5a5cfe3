"""Streaks and weekly points, as rows: derived, and always to be had again from the raw rows."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from bot.domain.community import Platform
from bot.domain.identifiers import MemberId, RoundId, TrackId
from bot.domain.streak import Standing
from bot.ports.standings import Tally, WeekLine
from bot.storage.held import held
from bot.storage.on_conflict import insert_or_change
from bot.storage.prepared import Prepared
from bot.storage.raw import answerers, weeks_of
from bot.storage.recount_week import recount_week
from bot.storage.tables import answers, communities, members, points, standings, tracks
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
_SINCE = (
    sa.select(members.c.id, members.c.external_id, *STANDING)
    .join_from(standings, members, members.c.id == standings.c.member_id)
    .where(_ON_TRACK, _VISIBLE, standings.c.last_seq >= sa.bindparam("since_seq"))
    .order_by(standings.c.best.desc(), members.c.id)
    .limit(sa.bindparam("most"))
    .offset(sa.bindparam("skip"))
)
_TALLY = (
    sa.select(
        members.c.id, members.c.external_id, sa.func.count(), sa.func.sum(sa.case((answers.c.correct, 1), else_=0))
    )
    .join_from(answers, members, members.c.id == answers.c.member_id)
    .where(answers.c.round_id.in_(sa.bindparam("rounds", expanding=True)), _VISIBLE)
    .group_by(members.c.id, members.c.external_id)
    .order_by(members.c.id)
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


_TRACK = tracks.c.id == sa.bindparam("of", type_=tracks.c.id.type)
_ASK_RECOUNT = sa.update(tracks).where(_TRACK).values(recount=sa.bindparam("ask"))
_ASKED_RECOUNT = sa.select(tracks.c.recount).where(_TRACK)
_RECOUNTED = sa.update(tracks).where(_TRACK, tracks.c.recount == sa.bindparam("ask")).values(recount=None)
_TO_RECOUNT = (
    sa.select(tracks.c.id)
    .join_from(tracks, communities, communities.c.id == tracks.c.community_id)
    .where(tracks.c.recount.is_not(None), communities.c.platform == sa.bindparam("platform"))
)


def to_standing(row: Any) -> Standing:
    """A standing from its columns; one that cannot be read is empty until it is counted again."""
    streak, best, last_seq, freezes, answered = row[:5]
    if not all(isinstance(number, int) for number in (streak, best, last_seq, freezes, answered)):
        return Standing()
    return Standing(streak, best, last_seq, freezes, answered)


def get_standing(transaction: Transaction, member: MemberId, track: TrackId) -> Standing | None:
    """The member's standing on the track."""
    row = transaction.row(_GET, track_id=track, member_id=member)
    return None if row is None else to_standing(row)


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

    def since(self, track: TrackId, seq: int, limit: int, offset: int) -> tuple[tuple[MemberId, str, Standing], ...]:
        """Standings of visible members who answered since a round, the best streak ever first."""
        found = self._transaction.rows(_SINCE, track_id=track, since_seq=seq, most=limit, skip=offset)
        return tuple((MemberId(row[0]), row[1], to_standing(row[2:])) for row in found)

    def tally(self, rounds: Collection[RoundId]) -> tuple[Tally, ...]:
        """What each visible member did in the rounds, who answered any of them."""
        found = self._transaction.rows(_TALLY, rounds=list(rounds))
        return tuple(Tally(MemberId(row[0]), row[1], int(row[2]), int(row[3])) for row in found)

    def add_week(self, member: MemberId, track: TrackId, week: str, points: int, answered: int) -> WeekLine:
        """Add to the member's week and say how it stands."""
        row = self._transaction.hot_change(_ADD_WEEK, track, week, member, points, answered)
        assert row is not None
        return WeekLine(row[0], row[1])

    def week(self, member: MemberId, track: TrackId, week: str) -> WeekLine:
        """The member's week."""
        row = self._transaction.row(_WEEK, track_id=track, week=week, member_id=member)
        return WeekLine() if row is None else WeekLine(row[0], row[1])

    def ask_recount(self, track: TrackId, ask: int) -> None:
        """Keep that the track is to be counted again; ``ask`` tells one wish from a later one."""
        self._transaction.change(_ASK_RECOUNT, of=track, ask=ask)

    def asked_recount(self, track: TrackId) -> int | None:
        """The latest wish to count the track again."""
        row = self._transaction.row(_ASKED_RECOUNT, of=track)
        return None if row is None else row[0]

    def to_recount(self, platform: Platform) -> tuple[TrackId, ...]:
        """The platform's tracks that are to be counted again."""
        return tuple(TrackId(row[0]) for row in self._transaction.rows(_TO_RECOUNT, platform=platform.value))

    def recounted(self, track: TrackId, ask: int) -> None:
        """The track was counted again for this wish; one that came meanwhile stays."""
        self._transaction.change(_RECOUNTED, of=track, ask=ask)

    def weeks(self, track: TrackId) -> tuple[str, ...]:
        """Every ISO week the track has rounds or points in."""
        return weeks_of(self._transaction, track)

    def recount_week(self, track: TrackId, week: str) -> None:
        """Make the track's points of a week again from the raw answers."""
        recount_week(self._transaction, track, week)
