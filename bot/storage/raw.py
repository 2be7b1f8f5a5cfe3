"""What only counting afresh asks for: everyone and every week there is on a track."""

from __future__ import annotations

import sqlalchemy as sa

from bot.domain.identifiers import MemberId, TrackId
from bot.domain.schedule import iso_week
from bot.storage.tables import answers, points, rounds, standings
from bot.storage.transaction import Transaction

_ON_TRACK = rounds.c.track_id == sa.bindparam("track_id")
_ANSWERERS = sa.union(
    sa.select(answers.c.member_id).join_from(rounds, answers, answers.c.round_id == rounds.c.id).where(_ON_TRACK),
    sa.select(standings.c.member_id).where(standings.c.track_id == sa.bindparam("track_id")),
).order_by("member_id")
_DATES = sa.select(rounds.c.local_date).where(_ON_TRACK, rounds.c.seq.is_not(None))
_WEEKS = sa.select(points.c.week).where(points.c.track_id == sa.bindparam("track_id")).distinct()


def answerers(transaction: Transaction, track: TrackId) -> tuple[MemberId, ...]:
    """Everyone who answered on the track or has a standing there."""
    return tuple(MemberId(row[0]) for row in transaction.rows(_ANSWERERS, track_id=track))


def weeks_of(transaction: Transaction, track: TrackId) -> tuple[str, ...]:
    """Every week the track has rounds or points in."""
    asked = {iso_week(row[0]) for row in transaction.rows(_DATES, track_id=track) if row[0] is not None}
    counted = {row[0] for row in transaction.rows(_WEEKS, track_id=track)}
    return tuple(sorted(asked | counted))
