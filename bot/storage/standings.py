"""Streaks and weekly points, as rows: derived, and always to be had again from the raw rows."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from datetime import date
from typing import Any

import sqlalchemy as sa

from bot.domain.community import Platform
from bot.domain.identifiers import MemberId, RoundId, TrackId
from bot.domain.round import RoundState
from bot.domain.schedule import iso_week, week_of
from bot.domain.streak import Standing
from bot.ports import standings as port
from bot.ports.standings import Tally, WeekLine
from bot.storage.dialects import insert_or_change, locking
from bot.storage.prepared import Prepared
from bot.storage.tables import answers, communities, members, points, rounds, standings, tracks
from bot.storage.transaction import Rows

STANDING = (
    standings.c.streak,
    standings.c.best,
    standings.c.last_seq,
    standings.c.freezes,
    standings.c.answered,
)

_ON_TRACK = standings.c.track_id == sa.bindparam("track_id")
_GET = locking(sa.select(*STANDING).where(_ON_TRACK, standings.c.member_id == sa.bindparam("member_id")), standings)
_SAVE = Prepared(insert_or_change(standings, lambda new: {column.name: new[column.name] for column in STANDING}))
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
    )
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

# What is counted again, from the raw answers: a withdrawn round gives no points, but was answered.
_ASKED = (rounds.c.track_id == sa.bindparam("track_id"), rounds.c.seq.is_not(None))
_ANSWERERS = sa.union(
    sa.select(answers.c.member_id)
    .join_from(rounds, answers, answers.c.round_id == rounds.c.id)
    .where(rounds.c.track_id == sa.bindparam("track_id")),
    sa.select(standings.c.member_id).where(_ON_TRACK),
).order_by("member_id")
_DATES = sa.select(rounds.c.local_date).where(*_ASKED)
# Held, so that nobody answers in between and is left out of the count.
_DATES_HELD = locking(_DATES, rounds)
_WEEKS = sa.select(points.c.week).where(points.c.track_id == sa.bindparam("track_id")).distinct()
_CLEAR_WEEK = sa.delete(points).where(
    points.c.track_id == sa.bindparam("track_id"), points.c.week == sa.bindparam("in_week")
)
_COUNTS = sa.and_(answers.c.correct, rounds.c.state != RoundState.VOID.value)
_FILL_WEEK = sa.insert(points).from_select(
    ["track_id", "week", "member_id", "points", "answered"],
    sa.select(
        rounds.c.track_id,
        sa.bindparam("in_week", type_=sa.Text),
        answers.c.member_id,
        sa.func.sum(sa.case((_COUNTS, 1), else_=0)),
        sa.func.count(),
    )
    .join_from(rounds, answers, answers.c.round_id == rounds.c.id)
    .where(*_ASKED, rounds.c.local_date.between(sa.bindparam("monday"), sa.bindparam("sunday")))
    .group_by(rounds.c.track_id, answers.c.member_id),
)


def to_standing(row: Any) -> Standing:
    """A standing from its columns; one that cannot be read is empty until it is counted again."""
    streak, best, last_seq, freezes, answered = row[:5]
    if not all(isinstance(number, int) for number in (streak, best, last_seq, freezes, answered)):
        return Standing()
    return Standing(streak, best, last_seq, freezes, answered)


class Standings(Rows, port.Standings):
    def get(self, member: MemberId, track: TrackId) -> Standing | None:
        row = self._transaction.row(_GET, track_id=track, member_id=member)
        return None if row is None else to_standing(row)

    def save(self, member: MemberId, track: TrackId, standing: Standing) -> None:
        self._transaction.changed(_SAVE, track_id=track, member_id=member, **asdict(standing))

    def answerers(self, track: TrackId) -> tuple[MemberId, ...]:
        return tuple(MemberId(row[0]) for row in self._transaction.rows(_ANSWERERS, track_id=track))

    def since(self, track: TrackId, seq: int, limit: int, offset: int) -> tuple[tuple[MemberId, str, Standing], ...]:
        found = self._transaction.rows(_SINCE, track_id=track, since_seq=seq, most=limit, skip=offset)
        return tuple((MemberId(row[0]), row[1], to_standing(row[2:])) for row in found)

    def tally(self, rounds: Collection[RoundId]) -> tuple[Tally, ...]:
        found = self._transaction.rows(_TALLY, rounds=list(rounds))
        return tuple(Tally(MemberId(row[0]), row[1], int(row[2]), int(row[3])) for row in found)

    def add_week(self, member: MemberId, track: TrackId, week: str, points: int, answered: int) -> WeekLine:
        row = self._transaction.changed(
            _ADD_WEEK, track_id=track, week=week, member_id=member, points=points, answered=answered
        )
        assert row is not None
        return WeekLine(row[0], row[1])

    def week(self, member: MemberId, track: TrackId, week: str) -> WeekLine:
        row = self._transaction.row(_WEEK, track_id=track, week=week, member_id=member)
        return WeekLine() if row is None else WeekLine(row[0], row[1])

    def ask_recount(self, track: TrackId, ask: int) -> None:
        self._transaction.change(_ASK_RECOUNT, of=track, ask=ask)

    def asked_recount(self, track: TrackId) -> int | None:
        row = self._transaction.row(_ASKED_RECOUNT, of=track)
        return None if row is None else row[0]

    def to_recount(self, platform: Platform) -> tuple[TrackId, ...]:
        return tuple(TrackId(row[0]) for row in self._transaction.rows(_TO_RECOUNT, platform=platform.value))

    def recounted(self, track: TrackId, ask: int) -> None:
        self._transaction.change(_RECOUNTED, of=track, ask=ask)

    def weeks(self, track: TrackId) -> tuple[str, ...]:
        asked = {iso_week(row[0]) for row in self._transaction.rows(_DATES, track_id=track) if row[0] is not None}
        counted = {row[0] for row in self._transaction.rows(_WEEKS, track_id=track)}
        return tuple(sorted(asked | counted))

    def recount_week(self, track: TrackId, week: str) -> None:
        dates: list[date] = [
            row[0] for row in self._transaction.rows(_DATES_HELD, track_id=track) if row[0] is not None
        ]
        self._transaction.change(_CLEAR_WEEK, track_id=track, in_week=week)
        day = next((day for day in dates if iso_week(day) == week), None)
        if day is not None:
            monday, sunday = week_of(day)
            self._transaction.change(_FILL_WEEK, track_id=track, in_week=week, monday=monday, sunday=sunday)
