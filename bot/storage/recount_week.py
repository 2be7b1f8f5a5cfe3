"""Weekly points made again from the raw answers: a withdrawn round gives no points, but was answered."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from bot.domain.identifiers import TrackId
from bot.domain.round import RoundState
from bot.domain.schedule import iso_week, week_of
from bot.storage.held import held
from bot.storage.tables import answers, points, rounds
from bot.storage.transaction import Transaction

_NUMBERED = (rounds.c.track_id == sa.bindparam("track_id"), rounds.c.seq.is_not(None))
# Held, so that nobody answers in between and is left out of the count.
_DATES = held(sa.select(rounds.c.local_date).where(*_NUMBERED), rounds)
_CLEAR = sa.delete(points).where(
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
    .where(*_NUMBERED, rounds.c.local_date.between(sa.bindparam("monday"), sa.bindparam("sunday")))
    .group_by(rounds.c.track_id, answers.c.member_id),
)


def recount_week(transaction: Transaction, track: TrackId, week: str) -> None:
    """Make the track's points of a week again from the raw answers."""
    dates: list[date] = [row[0] for row in transaction.rows(_DATES, track_id=track) if row[0] is not None]
    transaction.change(_CLEAR, track_id=track, in_week=week)
    day = next((day for day in dates if iso_week(day) == week), None)
    if day is not None:
        monday, sunday = week_of(day)
        transaction.change(_FILL_WEEK, track_id=track, in_week=week, monday=monday, sunday=sunday)
