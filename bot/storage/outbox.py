"""The outbox: rounds from due to posted, and posts to be edited once their round is over."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from bot.domain.community import Platform
from bot.domain.identifiers import OptionId, RoundId
from bot.domain.question import Question
from bot.domain.round import Round, RoundState
from bot.domain.round_life import Event, after
from bot.domain.schedule import Due
from bot.domain.track import Track
from bot.ports import outbox as port
from bot.ports.outbox import RoundToReveal
from bot.storage.dialects import insert_or_leave, locking
from bot.storage.questions import keep_question
from bot.storage.round_rows import (
    CHANGE,
    ON_PLATFORM,
    ROUND,
    ROUNDS,
    RUNNING_ON_PLATFORM,
    has_come,
    is_state,
    moment,
    moving,
    to_round,
    waiting,
    with_tracks,
)
from bot.storage.tables import communities, rounds, tracks
from bot.storage.track_rows import draw_tag
from bot.storage.transaction import Rows

_ADD_DUE = insert_or_leave(rounds, rounds.c.id)
_CLAIMABLE = locking(
    ROUNDS.where(
        RUNNING_ON_PLATFORM,
        is_state(RoundState.DUE),
        moment(rounds.c.due_at) <= sa.bindparam("now"),
        sa.or_(rounds.c.retry_at.is_(None), has_come(rounds.c.retry_at)),
    )
    .order_by(rounds.c.due_at, rounds.c.id)
    .limit(sa.bindparam("most")),
    rounds,
    skip_locked=True,
)
_STALE = locking(
    ROUNDS.where(ON_PLATFORM, is_state(RoundState.SENDING), has_come(rounds.c.lease_until))
    .order_by(rounds.c.due_at, rounds.c.id)
    .limit(sa.bindparam("most")),
    rounds,
    skip_locked=True,
)
_NOW = sa.bindparam("now", type_=rounds.c.first_attempt_at.type)
_NEW_ROUND = {
    **{column.name: None for column in rounds.columns if column.nullable},
    **{column.name: 0 for column in rounds.columns if column.name.startswith("n_")},
    "option_order": "",
    "asked_before": False,
    "excused": False,
    "attempts": 0,
}
_NO_QUESTION = {name: _NEW_ROUND[name] for name in ("question_id", "question_version", "option_order", "asked_before")}

_TRIED = {"attempts": rounds.c.attempts + 1, "first_attempt_at": sa.func.coalesce(rounds.c.first_attempt_at, _NOW)}
_TAKE = moving(Event.TAKEN, **_TRIED)
_TAKE_AGAIN = moving(Event.TAKEN_AGAIN, **_TRIED)
_PUT_OFF = moving(Event.PUT_OFF)
_REVIVE = moving(Event.REVIVED)
_ENDS = {event: moving(event) for event in (Event.GIVEN_UP, Event.REFUSED, Event.LOST)}
_COMMUNITY = (
    sa.select(communities.c.external_id)
    .join_from(tracks, communities, communities.c.id == tracks.c.community_id)
    .where(tracks.c.id == rounds.c.track_id)
    .scalar_subquery()
)
_TO_REVEAL = (
    ROUNDS.add_columns(_COMMUNITY)
    .where(
        ON_PLATFORM,
        rounds.c.reveal_at.is_not(None),
        has_come(rounds.c.reveal_at),
        rounds.c.message_ref.is_not(None),
    )
    .order_by(rounds.c.reveal_at, rounds.c.id)
    .limit(sa.bindparam("most"))
)


class Outbox(Rows, port.Outbox):
    def add_due(self, due: Iterable[tuple[Track, Due, bool]]) -> int:
        return sum(self._add_due(track, each, too_late) for track, each, too_late in due)

    def claimable(self, platform: Platform, now: datetime, limit: int) -> tuple[tuple[Round, Track], ...]:
        return with_tracks(self._transaction, _CLAIMABLE, platform=platform.value, most=limit, **waiting(now))

    def claim(
        self,
        id: RoundId,
        question: Question,
        order: tuple[OptionId, ...],
        asked_before: bool,
        now: datetime,
        lease_until: datetime,
    ) -> None:
        keep_question(self._transaction, question)
        _TAKE.apply(
            self._transaction,
            id,
            tag=draw_tag(),
            question_id=question.id,
            question_version=question.version,
            option_order="".join(order),
            asked_before=asked_before,
            lease_until=lease_until,
            retry_at=None,
            now=now,
        )

    def reclaim(self, round: Round, now: datetime, lease_until: datetime) -> None:
        take = _TAKE if round.state is RoundState.DUE else _TAKE_AGAIN
        take.apply(self._transaction, round.id, lease_until=lease_until, now=now)

    def stale(self, platform: Platform, now: datetime, limit: int) -> tuple[tuple[Round, Track], ...]:
        return with_tracks(self._transaction, _STALE, platform=platform.value, most=limit, **waiting(now))

    def revive(self, id: RoundId, now: datetime, *, choose_again: bool) -> None:
        question = _NO_QUESTION if choose_again else {}
        _REVIVE.apply(self._transaction, id, due_at=now, closed_at=None, retry_at=None, lease_until=None, **question)

    def put_off(self, id: RoundId, at: datetime) -> None:
        _PUT_OFF.apply(self._transaction, id, retry_at=at, lease_until=None)

    def end(self, id: RoundId, event: Event, now: datetime) -> None:
        _ENDS[event].apply(self._transaction, id, closed_at=now, lease_until=None, retry_at=None)

    def to_reveal(self, platform: Platform, now: datetime, limit: int) -> tuple[RoundToReveal, ...]:
        found = self._transaction.rows(_TO_REVEAL, platform=platform.value, most=limit, **waiting(now))
        return tuple(
            RoundToReveal(round, row[len(ROUND)], round.seq or 0, round.state is RoundState.VOID)
            for row in found
            for round in (to_round(row),)
        )

    def revealed(self, id: RoundId, again_at: datetime | None = None) -> None:
        self._transaction.change(CHANGE, of=id, reveal_at=again_at)

    def _add_due(self, track: Track, due: Due, too_late: bool) -> bool:
        row = _NEW_ROUND | {
            "track_id": track.id,
            "local_date": due.local_date,
            "due_at": due.at,
            "state": after(None, Event.MISSED if too_late else Event.FELL_DUE).value,
            "place": track.settings.place,
        }
        return self._transaction.changed(_ADD_DUE, **row) is not None
