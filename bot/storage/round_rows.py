"""A round's row, what the core makes of it, and the moves of its life.

A move that the table of a round's life does not have cannot be written.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa

from bot.domain.grading import UNSURE
from bot.domain.identifiers import OptionId, PlaceRef, RoundId, TrackId
from bot.domain.round import TRIED_AGAIN_WITHIN, Answer, Round, RoundState, Votes
from bot.domain.round_life import Event, IllegalMove, after, sources
from bot.domain.track import Track, TrackState
from bot.storage.columns import UtcTime
from bot.storage.dialects import ByDialect
from bot.storage.tables import answers, communities, rounds, tracks
from bot.storage.track_rows import TRACKS, to_track
from bot.storage.transaction import Transaction

VOTES = {
    OptionId("a"): rounds.c.n_a,
    OptionId("b"): rounds.c.n_b,
    OptionId("c"): rounds.c.n_c,
    OptionId("d"): rounds.c.n_d,
    UNSURE: rounds.c.n_unsure,
}
"""The column that counts each option's votes."""
ROUND = (
    rounds.c.id,
    rounds.c.track_id,
    rounds.c.local_date,
    rounds.c.due_at,
    rounds.c.state,
    rounds.c.place,
    rounds.c.seq,
    rounds.c.question_id,
    rounds.c.question_version,
    rounds.c.option_order,
    rounds.c.asked_before,
    rounds.c.excused,
    rounds.c.attempts,
    rounds.c.first_attempt_at,
    rounds.c.message_ref,
    rounds.c.posted_at,
    rounds.c.closed_at,
    rounds.c.nth_in_week,
    rounds.c.tag,
    *VOTES.values(),
)
_FIRST_VOTE = 19
_STATES = {state.value: state for state in RoundState}
_NO_DATE, _NO_TIME = date(2000, 1, 1), datetime(2000, 1, 1, tzinfo=UTC)
ANSWER = (answers.c.option_id, answers.c.shown_position, answers.c.correct)

ROUNDS = sa.select(*ROUND)
_PLATFORM = sa.select(communities.c.platform).join_from(tracks, communities, communities.c.id == tracks.c.community_id)
# A subquery for each row and no join: joined, SQLite would start from all communities of the platform instead
# of from the few rounds in question.
ON_PLATFORM = _PLATFORM.where(tracks.c.id == rounds.c.track_id).scalar_subquery() == sa.bindparam("platform")
RUNNING_ON_PLATFORM = _PLATFORM.where(
    tracks.c.id == rounds.c.track_id, tracks.c.state == sa.literal_column(f"'{TrackState.RUNNING.value}'")
).scalar_subquery() == sa.bindparam("platform")
_TRACKS_OF = TRACKS.where(tracks.c.id.in_(sa.bindparam("ids", expanding=True)))
CHANGE = sa.update(rounds).where(rounds.c.id == sa.bindparam("of"))
_STATE = sa.select(rounds.c.state).where(rounds.c.id == sa.bindparam("id"))
_OVER = tuple(state for state in RoundState if state not in sources(Event.SET_ASIDE))


def moment(column: sa.ColumnElement[Any]) -> sa.ColumnElement[datetime]:
    """The column for comparing. SQLite sorts text after every number, so a damaged row would never be found."""
    return sa.type_coerce(sa.cast(column, sa.BigInteger), UtcTime())


def has_come(column: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    """Return whether the next try is due, or lies so far ahead that no right clock wrote it."""
    at = moment(column)
    return sa.or_(at <= sa.bindparam("now"), at > sa.bindparam("too_far"))


def waiting(now: datetime) -> dict[str, datetime]:
    """The values that ``has_come`` needs."""
    return {"now": now, "too_far": now + TRIED_AGAIN_WITHIN}


def is_state(state: RoundState) -> sa.ColumnElement[bool]:
    """Spelled out in the statement: a database uses an index on part of a table only if it sees the part."""
    return rounds.c.state == sa.literal_column(f"'{state.value}'")


def state_of(value: object) -> RoundState:
    """The state as it is kept; *unknown* for what cannot be read."""
    return _STATES.get(str(value), RoundState.UNKNOWN)


def to_votes(row: Any) -> Votes:
    """Votes from the counting columns; options nobody chose are left out."""
    return Votes({option: count for option, count in zip(VOTES, row, strict=True) if count and isinstance(count, int)})


def to_round(row: Any) -> Round:
    """A round from its columns. Never raises, or it would take every other round of its batch along."""
    state = _STATES.get(row[4])
    seq = row[6]
    readable = state is not None and row[2] is not None and row[3] is not None and (seq is None or isinstance(seq, int))
    return Round(
        id=RoundId(row[0]),
        track=TrackId(row[1]),
        local_date=row[2] or _NO_DATE,
        due_at=row[3] or _NO_TIME,
        state=state or RoundState.UNKNOWN,
        place=PlaceRef(str(row[5])),
        seq=seq if isinstance(seq, int) else None,
        question=row[7],
        version=row[8],
        order=tuple(map(OptionId, str(row[9]))),
        asked_before=row[10],
        excused=row[11],
        attempts=row[12],
        first_attempt_at=row[13],
        message=row[14],
        posted_at=row[15],
        closed_at=row[16],
        nth_in_week=row[17] if isinstance(row[17], int) else None,
        tag=None if row[18] is None else str(row[18]),
        votes=to_votes(row[_FIRST_VOTE : len(ROUND)]),
        readable=readable,
    )


def to_answer(row: Any) -> Answer:
    """An answer from its columns."""
    return Answer(OptionId(row[0]), row[1], bool(row[2]))


def with_tracks(
    transaction: Transaction, statement: sa.Executable | ByDialect, **values: Any
) -> tuple[tuple[Round, Track], ...]:
    """The rounds a statement selects, each with its track."""
    found = tuple(map(to_round, transaction.rows(statement, **values)))
    if not found:
        return ()
    rows = transaction.rows(_TRACKS_OF, ids=[round.track for round in found])
    tracks_by_id = {track.id: track for track in map(to_track, rows)}
    return tuple((round, tracks_by_id[round.track]) for round in found)


@dataclass(frozen=True, slots=True)
class Moving:
    """The statement that moves a round on by an event."""

    event: Event
    statement: sa.UpdateBase

    def apply(self, transaction: Transaction, id: RoundId, **values: Any) -> Any:
        """Move a round on, with what else changes in its row; the row as it is then.

        ``IllegalMove`` if the table has no such move from the state the round is in.
        """
        row = transaction.changed(self.statement, of=id, **values)
        if row is None:
            kept = transaction.row(_STATE, id=id)
            raise KeyError(id) if kept is None else IllegalMove(state_of(kept[0]), self.event)
        return row


def moving(event: Event, **columns: Any) -> Moving:
    """The statement of an event, with columns that are set to expressions."""
    allowed, target = _set_aside() if event is Event.SET_ASIDE else _from_the_table(event)
    return Moving(event, CHANGE.where(allowed).values(state=target, **columns).returning(*ROUND))


def _from_the_table(event: Event) -> tuple[sa.ColumnElement[bool], Any]:
    found = sorted(sources(event))
    (target,) = {after(source, event).value for source in found}
    return sa.or_(*map(is_state, found)), target


def _set_aside() -> tuple[sa.ColumnElement[bool], Any]:
    # The state may be what cannot be read; its number tells that the round was opened.
    target = sa.case((rounds.c.seq.is_not(None), RoundState.CLOSED.value), else_=RoundState.FAILED.value)
    return sa.not_(sa.or_(*map(is_state, _OVER))), target
