"""The ledger: what was asked and what became of it, and rounds of dates that have not come yet."""

from __future__ import annotations

from datetime import UTC, date, datetime

import sqlalchemy as sa

from bot.domain.identifiers import CommunityId, MemberId, TrackId
from bot.domain.round import Round, RoundState
from bot.domain.selection import LedgerEntry
from bot.domain.streak import PastRound
from bot.ports import ledger as port
from bot.ports.ledger import RoundSeen
from bot.storage.columns import OLDEST
from bot.storage.prepared import Prepared
from bot.storage.round_rows import ANSWER, CHANGE, ROUND, ROUNDS, VOTES, is_state, moment, to_answer, to_round
from bot.storage.tables import answers, rounds, tracks
from bot.storage.transaction import Rows

_NEVER = datetime.min.replace(tzinfo=UTC)

_NO_ROUND = 2**31 - 1
"""No track asks that many."""
_OF_TRACK = rounds.c.track_id == sa.bindparam("track_id")
_NUMBERED = rounds.c.seq.is_not(None)
_THEIRS = sa.and_(answers.c.round_id == rounds.c.id, answers.c.member_id == sa.bindparam("member_id"))

_LATEST = (
    ROUNDS.where(_OF_TRACK)
    .order_by(rounds.c.local_date.desc())
    .limit(sa.bindparam("most"))
    .offset(sa.bindparam("skip"))
)
_SEEN = (
    ROUNDS.add_columns(*ANSWER)
    .join_from(rounds, answers, _THEIRS, isouter=True)
    .where(_OF_TRACK, _NUMBERED, rounds.c.seq < sa.bindparam("before"))
    .order_by(rounds.c.seq.desc())
    .limit(sa.bindparam("most"))
)
_SKIPPED = Prepared(
    sa.select(rounds.c.seq, rounds.c.posted_at)
    .where(
        _OF_TRACK,
        rounds.c.seq > sa.bindparam("after_seq"),
        rounds.c.seq < sa.bindparam("before_seq"),
        is_state(RoundState.CLOSED),
        sa.not_(rounds.c.excused),
    )
    .order_by(rounds.c.seq)
)
_HISTORY = (
    sa.select(
        rounds.c.seq,
        answers.c.member_id.is_not(None),
        sa.or_(rounds.c.state != RoundState.CLOSED.value, rounds.c.excused),
        rounds.c.posted_at,
    )
    .join_from(rounds, answers, _THEIRS, isouter=True)
    .where(_OF_TRACK, _NUMBERED)
    .order_by(rounds.c.seq)
)
# One that is due with its question fixed was put off, and is sent as soon as the platform takes it.
_MAY_BE_ANSWERED = (RoundState.DUE, RoundState.SENDING, RoundState.OPEN, RoundState.UNKNOWN)
_ASKED = (*_MAY_BE_ANSWERED, RoundState.CLOSED, RoundState.VOID)
_LEDGER = Prepared(
    sa.select(
        rounds.c.question_id,
        rounds.c.local_date,
        rounds.c.track_id,
        sa.or_(*map(is_state, _MAY_BE_ANSWERED)),
    )
    .join_from(rounds, tracks, tracks.c.id == rounds.c.track_id)
    .where(
        tracks.c.community_id == sa.bindparam("community_id"),
        rounds.c.question_id.is_not(None),
        sa.or_(*map(is_state, _ASKED)),
    )
    .order_by(rounds.c.local_date, rounds.c.id)
)
_VOTES_LATELY = (
    sa.select(sum(VOTES.values(), start=sa.literal_column("0", sa.Integer)))
    .where(_OF_TRACK, is_state(RoundState.CLOSED), _NUMBERED)
    .order_by(rounds.c.seq.desc())
    .limit(sa.bindparam("most"))
)

NEVER_POSTED = (RoundState.UNPOSTED, RoundState.FAILED, RoundState.DUE)
_NOW = sa.bindparam("now", type_=rounds.c.due_at.type)
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


class Ledger(Rows, port.Ledger):
    def latest(self, track: TrackId, limit: int, offset: int = 0) -> tuple[Round, ...]:
        found = self._transaction.rows(_LATEST, track_id=track, most=limit, skip=offset)
        return tuple(map(to_round, found))

    def seen_by(self, track: TrackId, member: MemberId, limit: int, before: int | None = None) -> tuple[RoundSeen, ...]:
        up_to = before if before is not None else _NO_ROUND
        found = self._transaction.rows(_SEEN, track_id=track, member_id=member, most=limit, before=up_to)
        theirs = slice(len(ROUND), None)
        return tuple(
            RoundSeen(to_round(row), None if row[len(ROUND)] is None else to_answer(row[theirs])) for row in found
        )

    def skipped_between(self, track: TrackId, after_seq: int, before_seq: int) -> tuple[tuple[int, datetime], ...]:
        found = self._transaction.rows(_SKIPPED, track_id=track, after_seq=after_seq, before_seq=before_seq)
        # Nobody can tell whether they were away when it was posted, so it counts against nobody.
        return tuple((row[0], row[1]) for row in found if row[1] is not None)

    def history_of(self, track: TrackId, member: MemberId) -> tuple[tuple[PastRound, datetime], ...]:
        found = self._transaction.rows(_HISTORY, track_id=track, member_id=member)
        return tuple(
            (PastRound(row[0], bool(row[1]), bool(row[2]) or row[3] is None), row[3] or _NEVER)
            for row in found
            if isinstance(row[0], int)
        )

    def asked(self, community: CommunityId, track: TrackId) -> tuple[LedgerEntry, ...]:
        found = self._transaction.rows(_LEDGER, community_id=community)
        return tuple(LedgerEntry(row[0], row[1] or OLDEST, row[2] == track, bool(row[3])) for row in found)

    def unanswered_in_a_row(self, track: TrackId, limit: int) -> int:
        count = 0
        for (votes,) in self._transaction.rows(_VOTES_LATELY, track_id=track, most=limit):
            if votes:
                break
            count += 1
        return count


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
