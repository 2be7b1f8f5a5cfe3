"""A round from due to open: written down, taken for sending, and posted once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.domain.community import Platform
from bot.domain.identifiers import MessageRef, OptionId, RoundId
from bot.domain.question import Question
from bot.domain.round import Round, RoundState
from bot.domain.schedule import Due, week_of
from bot.domain.track import Track
from bot.storage.held import held
from bot.storage.on_conflict import insert_or_leave
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
    to_round,
    waiting,
)
from bot.storage.tables import rounds, tracks
from bot.storage.tags import draw_tag
from bot.storage.track_rows import TRACKS, to_track
from bot.storage.transaction import Transaction

_ADD_DUE = insert_or_leave(rounds, rounds.c.id)
_CLAIMABLE = held(
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
_STALE = held(
    ROUNDS.where(ON_PLATFORM, is_state(RoundState.SENDING), has_come(rounds.c.lease_until))
    .order_by(rounds.c.due_at, rounds.c.id)
    .limit(sa.bindparam("most")),
    rounds,
    skip_locked=True,
)
_TRACKS_OF = TRACKS.where(tracks.c.id.in_(sa.bindparam("ids", expanding=True)))
_NOW = sa.bindparam("now", type_=rounds.c.first_attempt_at.type)
_CLAIM = CHANGE.values(
    attempts=rounds.c.attempts + 1, first_attempt_at=sa.func.coalesce(rounds.c.first_attempt_at, _NOW)
)
_GET = held(ROUNDS.where(rounds.c.id == sa.bindparam("id")), rounds)
_LAST_SEQ = (
    sa.select(sa.func.coalesce(sa.func.max(rounds.c.seq), 0))
    .where(rounds.c.track_id == sa.bindparam("of"))
    .scalar_subquery()
)
# A number that is taken would keep every later round of the track from opening.
_NEXT = sa.case((tracks.c.next_seq > _LAST_SEQ, tracks.c.next_seq), else_=_LAST_SEQ + 1)
_NEXT_SEQ = (
    sa.update(tracks)
    .where(tracks.c.id == sa.bindparam("of"))
    .values(next_seq=_NEXT + 1)
    .returning(tracks.c.next_seq - 1)
)
_OPENED_IN_WEEK = (
    sa.select(sa.func.count())
    .select_from(rounds)
    .where(
        rounds.c.track_id == sa.bindparam("track_id"),
        rounds.c.seq.is_not(None),
        rounds.c.local_date.between(sa.bindparam("monday"), sa.bindparam("sunday")),
    )
)
_OPEN = CHANGE.returning(*ROUND)
_SET_ASIDE = CHANGE.values(
    state=sa.case((rounds.c.seq.is_not(None), RoundState.CLOSED.value), else_=RoundState.FAILED.value),
    excused=True,
    closed_at=_NOW,
    reveal_at=sa.case(
        (rounds.c.message_ref.is_not(None), sa.bindparam("reveal", type_=rounds.c.reveal_at.type)), else_=None
    ),
    lease_until=None,
    retry_at=None,
)
_NEW_ROUND = {
    **{column.name: None for column in rounds.columns if column.nullable},
    **{column.name: 0 for column in rounds.columns if column.name.startswith("n_")},
    "option_order": "",
    "asked_before": False,
    "excused": False,
    "attempts": 0,
}
_NO_QUESTION = {name: _NEW_ROUND[name] for name in ("question_id", "question_version", "option_order", "asked_before")}


class Claiming:
    """Rounds on their way to being posted."""

    _transaction: Transaction

    def add_due(self, due: Iterable[tuple[Track, Due, bool]]) -> int:
        """Write rounds that have come due, True meaning too late to post; dates already there stay."""
        return sum(self._add_due(track, each, too_late) for track, each, too_late in due)

    def claimable(self, platform: Platform, now: datetime, limit: int) -> tuple[tuple[Round, Track], ...]:
        """Due rounds of running tracks that may be sent now, the longest waiting first."""
        return self._with_tracks(_CLAIMABLE, platform=platform.value, most=limit, **waiting(now))

    def claim(
        self,
        id: RoundId,
        question: Question,
        order: tuple[OptionId, ...],
        asked_before: bool,
        now: datetime,
        lease_until: datetime,
    ) -> None:
        """Take a due round for sending: its question is fixed from here on, whatever the catalog says."""
        keep_question(self._transaction, question)
        self._transaction.change(
            _CLAIM,
            of=id,
            tag=draw_tag(),
            state=RoundState.SENDING.value,
            question_id=question.id,
            question_version=question.version,
            option_order="".join(order),
            asked_before=asked_before,
            lease_until=lease_until,
            retry_at=None,
            now=now,
        )

    def reclaim(self, id: RoundId, now: datetime, lease_until: datetime) -> None:
        """Take a round once more whose sending was cut off."""
        self._transaction.change(_CLAIM, of=id, state=RoundState.SENDING.value, lease_until=lease_until, now=now)

    def stale(self, platform: Platform, now: datetime, limit: int) -> tuple[tuple[Round, Track], ...]:
        """Rounds whose lease ran out while being sent."""
        return self._with_tracks(_STALE, platform=platform.value, most=limit, **waiting(now))

    def open(self, round: Round, track: Track, message: MessageRef | None, now: datetime) -> Round:
        """Record that the round was posted and give it its number in the track, unless it has one."""
        as_kept = self._transaction.row(_GET, id=round.id)
        if as_kept is None:
            raise KeyError(round.id)
        if (kept := to_round(as_kept)).seq is not None:
            return kept
        numbered = self._transaction.changed(_NEXT_SEQ, of=track.id)
        assert numbered is not None
        monday, sunday = week_of(round.local_date)
        before = self._transaction.value(_OPENED_IN_WEEK, track_id=track.id, monday=monday, sunday=sunday)
        opened = self._transaction.changed(
            _OPEN,
            of=round.id,
            state=RoundState.OPEN.value,
            seq=numbered[0],
            nth_in_week=before + 1,
            message_ref=message,
            posted_at=now,
            closed_at=None,
            lease_until=None,
            retry_at=None,
        )
        return to_round(opened)

    def set_message(self, id: RoundId, message: MessageRef) -> None:
        """Keep which message the round's post is."""
        self._transaction.change(CHANGE, of=id, message_ref=message)

    def revive(self, id: RoundId, now: datetime, *, afresh: bool) -> None:
        """Make a round that was never posted due again, now; with its question, or afresh, to choose another."""
        self._transaction.change(
            CHANGE,
            of=id,
            state=RoundState.DUE.value,
            due_at=now,
            closed_at=None,
            retry_at=None,
            lease_until=None,
            **(_NO_QUESTION if afresh else {}),
        )

    def retry_at(self, id: RoundId, at: datetime) -> None:
        """Put a round back to be sent later."""
        self._transaction.change(CHANGE, of=id, state=RoundState.DUE.value, retry_at=at, lease_until=None)

    def end(self, id: RoundId, state: str, now: datetime) -> None:
        """Give up on a round that was never opened: unposted, unknown or failed."""
        self._transaction.change(
            CHANGE, of=id, state=RoundState(state).value, closed_at=now, lease_until=None, retry_at=None
        )

    def set_aside(self, id: RoundId, now: datetime, *, reveal: bool) -> None:
        """Finish a round that cannot be read: closed if it was opened, else failed; it counts against nobody."""
        self._transaction.change(_SET_ASIDE, of=id, now=now, reveal=now if reveal else None)

    def _add_due(self, track: Track, due: Due, too_late: bool) -> bool:
        row = _NEW_ROUND | {
            "track_id": track.id,
            "local_date": due.local_date,
            "due_at": due.at,
            "state": (RoundState.UNPOSTED if too_late else RoundState.DUE).value,
            "place": track.settings.place,
        }
        return self._transaction.changed(_ADD_DUE, **row) is not None

    def _with_tracks(self, statement: Any, **values: Any) -> tuple[tuple[Round, Track], ...]:
        found = tuple(map(to_round, self._transaction.rows(statement, **values)))
        if not found:
            return ()
        rows = self._transaction.rows(_TRACKS_OF, ids=[round.track for round in found])
        tracks_by_id = {track.id: track for track in map(to_track, rows)}
        return tuple((round, tracks_by_id[round.track]) for round in found)
