"""Rounds of dates that have not come yet, as a clock that was set far ahead leaves them."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa

from bot.domain.identifiers import TrackId
from bot.domain.round import Round, RoundState
from bot.ports import ledger as port
from bot.storage.round_rows import CHANGE, ROUNDS, moment, to_round
from bot.storage.tables import rounds
from bot.storage.transaction import Rows

NEVER_POSTED = (RoundState.UNPOSTED, RoundState.FAILED, RoundState.DUE)
_NOW = sa.bindparam("now", type_=rounds.c.due_at.type)
_OF_TRACK = rounds.c.track_id == sa.bindparam("track_id")
_NEVER_POSTED = rounds.c.state.in_([state.value for state in NEVER_POSTED])
_GIVEN_UP = sa.and_(_OF_TRACK, _NEVER_POSTED, moment(rounds.c.due_at) > _NOW)
_COUNT_GIVEN_UP = sa.select(sa.func.count()).select_from(rounds).where(_GIVEN_UP)
_DROP_GIVEN_UP = sa.delete(rounds).where(_GIVEN_UP)
_POSTED_AHEAD = ROUNDS.where(
    _OF_TRACK,
    sa.not_(_NEVER_POSTED),
    rounds.c.local_date > sa.bindparam("day"),
).order_by(rounds.c.local_date)
_LAST_POSTED = sa.select(sa.func.max(rounds.c.local_date)).where(
    _OF_TRACK, sa.not_(_NEVER_POSTED), rounds.c.local_date <= sa.bindparam("day")
)
_MAKE_ROOM = sa.delete(rounds).where(_OF_TRACK, _NEVER_POSTED, rounds.c.local_date == sa.bindparam("day"))
_BRING_BACK = CHANGE.values(
    local_date=sa.bindparam("new_date", type_=rounds.c.local_date.type),
    **{
        column.name: sa.case((moment(column) > _NOW, _NOW), else_=column)
        for column in (
            rounds.c.due_at,
            rounds.c.first_attempt_at,
            rounds.c.lease_until,
            rounds.c.posted_at,
            rounds.c.closed_at,
            rounds.c.reveal_at,
        )
    },
)


class DatesAhead(Rows, port.DatesAhead):
    def given_up_ahead(self, track: TrackId, now: datetime) -> int:
        return int(self._transaction.value(_COUNT_GIVEN_UP, track_id=track, now=now))

    def drop_given_up_ahead(self, track: TrackId, now: datetime) -> None:
        self._transaction.change(_DROP_GIVEN_UP, track_id=track, now=now)

    def posted_ahead(self, track: TrackId, day: date) -> tuple[Round, ...]:
        return tuple(map(to_round, self._transaction.rows(_POSTED_AHEAD, track_id=track, day=day)))

    def last_posted(self, track: TrackId, day: date) -> date | None:
        found: date | None = self._transaction.value(_LAST_POSTED, track_id=track, day=day)
        return found

    def bring_back(self, round: Round, day: date, now: datetime) -> None:
        self._transaction.change(_MAKE_ROOM, track_id=round.track, day=day)
        self._transaction.change(_BRING_BACK, of=round.id, new_date=day, now=now)
