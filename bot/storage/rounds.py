"""Rounds as such: found by what names them, opened, closed, withdrawn, set aside."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from bot.domain.community import Platform
from bot.domain.identifiers import CommunityId, MemberId, MessageRef, PlaceRef, QuestionId, RoundId, TrackId
from bot.domain.round import Round, RoundState
from bot.domain.round_life import Event
from bot.domain.schedule import week_of
from bot.domain.track import Track
from bot.ports import rounds as port
from bot.storage.answers import drop_marks
from bot.storage.dialects import locking
from bot.storage.prepared import Prepared
from bot.storage.round_rows import (
    CHANGE,
    ON_PLATFORM,
    ROUND,
    ROUNDS,
    is_state,
    moment,
    moving,
    to_round,
    with_tracks,
)
from bot.storage.tables import answers, communities, rounds, tracks
from bot.storage.track_rows import TRACK, to_track
from bot.storage.transaction import Rows

_GET = locking(ROUNDS.where(rounds.c.id == sa.bindparam("id")), rounds)
_WITH_TRACK = (
    ROUNDS.add_columns(*TRACK)
    .join_from(rounds, tracks, tracks.c.id == rounds.c.track_id)
    .where(rounds.c.id == sa.bindparam("id"))
)
_FOR_ANSWER = Prepared(locking(_WITH_TRACK, rounds))
_HERE = Prepared(
    locking(
        _WITH_TRACK.join(communities, communities.c.id == tracks.c.community_id).where(
            communities.c.platform == sa.bindparam("platform"),
            communities.c.external_id == sa.bindparam("external_id"),
        ),
        rounds,
    )
)
_OPEN_IN = (
    ROUNDS.join_from(rounds, tracks, tracks.c.id == rounds.c.track_id)
    .where(tracks.c.community_id == sa.bindparam("community_id"), is_state(RoundState.OPEN))
    .order_by(rounds.c.track_id, rounds.c.seq)
)
_GUARDED = (RoundState.DUE, RoundState.SENDING, RoundState.OPEN, RoundState.UNKNOWN)
_HIDDEN = Prepared(
    sa.select(rounds.c.question_id)
    .join_from(rounds, tracks, tracks.c.id == rounds.c.track_id)
    .where(
        tracks.c.community_id == sa.bindparam("community_id"),
        sa.or_(*map(is_state, _GUARDED)),
        rounds.c.question_id.is_not(None),
        # One that was opened late is open for longer.
        sa.or_(is_state(RoundState.OPEN), rounds.c.due_at >= sa.bindparam("since", type_=rounds.c.due_at.type)),
        ~sa.exists().where(answers.c.round_id == rounds.c.id, answers.c.member_id == sa.bindparam("member_id")),
    )
)
_TWO = sa.literal_column("2", sa.Integer)
_TOLD = Prepared(
    sa.select(rounds.c.question_id)
    .join_from(tracks, rounds, sa.and_(rounds.c.track_id == tracks.c.id, rounds.c.seq >= tracks.c.next_seq - _TWO))
    .where(tracks.c.community_id == sa.bindparam("community_id"), rounds.c.question_id.is_not(None))
)
_OPEN_OF = locking(
    ROUNDS.where(rounds.c.track_id == sa.bindparam("track_id"), is_state(RoundState.OPEN))
    .order_by(rounds.c.seq.desc())
    .limit(1),
    rounds,
)
# Not the bare id: SQLite would go through every round by its key instead of through the few that are open.
_unkeyed_id = rounds.c.id + 0
_OPEN_SINCE = locking(
    ROUNDS.where(
        ON_PLATFORM,
        is_state(RoundState.OPEN),
        moment(rounds.c.posted_at) < sa.bindparam("before"),
        _unkeyed_id > sa.bindparam("after"),
    )
    .order_by(_unkeyed_id)
    .limit(sa.bindparam("most")),
    rounds,
)
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
_OPEN = moving(Event.OPENED)
_CLOSE = moving(Event.CLOSED)
_AT = sa.bindparam("at", type_=rounds.c.closed_at.type)
_WITHDRAW = moving(
    Event.WITHDRAWN,
    closed_at=sa.func.coalesce(rounds.c.closed_at, _AT),
    reveal_at=sa.case((rounds.c.message_ref.is_not(None), _AT)),
)
_SET_ASIDE = moving(
    Event.SET_ASIDE,
    reveal_at=sa.case(
        (rounds.c.message_ref.is_not(None), sa.bindparam("reveal", type_=rounds.c.reveal_at.type)), else_=None
    ),
)
_MOVE = (
    sa.update(rounds)
    .where(rounds.c.track_id == sa.bindparam("of_track"), rounds.c.place == sa.bindparam("old"))
    .values(place=sa.bindparam("new"))
)


class Rounds(Rows, port.Rounds):
    def get(self, id: RoundId) -> Round | None:
        row = self._transaction.row(_GET, id=id)
        return None if row is None else to_round(row)

    def for_answer(self, id: RoundId) -> tuple[Round, Track] | None:
        row = self._transaction.row(_FOR_ANSWER, id=id)
        return None if row is None else (to_round(row), to_track(row[len(ROUND) :]))

    def here(self, id: RoundId, platform: Platform, community: str) -> tuple[Round, Track] | None:
        row = self._transaction.row(_HERE, id=id, platform=platform.value, external_id=community)
        return None if row is None else (to_round(row), to_track(row[len(ROUND) :]))

    def open_in(self, community: CommunityId) -> tuple[Round, ...]:
        return tuple(map(to_round, self._transaction.rows(_OPEN_IN, community_id=community)))

    def hidden(self, community: CommunityId, member: MemberId | None, due_since: datetime) -> frozenset[QuestionId]:
        found = self._transaction.rows(_HIDDEN, community_id=community, member_id=member or 0, since=due_since)
        return frozenset(QuestionId(row[0]) for row in found)

    def told(self, community: CommunityId) -> frozenset[QuestionId]:
        return frozenset(QuestionId(row[0]) for row in self._transaction.rows(_TOLD, community_id=community))

    def open_of(self, track: TrackId) -> Round | None:
        row = self._transaction.row(_OPEN_OF, track_id=track)
        return None if row is None else to_round(row)

    def open(self, round: Round, track: Track, message: MessageRef | None, now: datetime) -> Round:
        as_kept = self._transaction.row(_GET, id=round.id)
        if as_kept is None:
            raise KeyError(round.id)
        if (kept := to_round(as_kept)).seq is not None:
            return kept
        numbered = self._transaction.changed(_NEXT_SEQ, of=track.id)
        assert numbered is not None
        monday, sunday = week_of(round.local_date)
        before = self._transaction.value(_OPENED_IN_WEEK, track_id=track.id, monday=monday, sunday=sunday)
        opened = _OPEN.apply(
            self._transaction,
            round.id,
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
        self._transaction.change(CHANGE, of=id, message_ref=message)

    def set_aside(self, id: RoundId, now: datetime, *, reveal: bool) -> None:
        _SET_ASIDE.apply(
            self._transaction,
            id,
            reveal=now if reveal else None,
            excused=True,
            closed_at=now,
            lease_until=None,
            retry_at=None,
        )

    def close(self, id: RoundId, now: datetime, excused: bool) -> None:
        drop_marks(self._transaction, id)
        _CLOSE.apply(self._transaction, id, closed_at=now, reveal_at=now, excused=excused)

    def void(self, id: RoundId, now: datetime) -> None:
        drop_marks(self._transaction, id)
        _WITHDRAW.apply(self._transaction, id, at=now)

    def open_since(
        self, platform: Platform, posted_before: datetime, after: RoundId, limit: int
    ) -> tuple[tuple[Round, Track], ...]:
        return with_tracks(
            self._transaction, _OPEN_SINCE, platform=platform.value, before=posted_before, after=after, most=limit
        )

    def move(self, track: TrackId, old: PlaceRef, new: PlaceRef) -> None:
        self._transaction.change(_MOVE, of_track=track, old=old, new=new)
