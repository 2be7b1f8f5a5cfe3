"""The ledger of rounds: from due to open in claiming.py, looking back in ledger.py, dates_ahead.py, the rest here."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from bot.domain.community import Platform
from bot.domain.identifiers import CommunityId, MemberId, PlaceRef, QuestionId, RoundId, TrackId
from bot.domain.round import Round, RoundState
from bot.domain.track import Track
from bot.ports.rounds import RoundToReveal
from bot.storage.claiming import Claiming
from bot.storage.dates_ahead import DatesAhead
from bot.storage.held import held
from bot.storage.joined import Joined, parted
from bot.storage.ledger import Ledger
from bot.storage.marks import drop_marks
from bot.storage.prepared import Prepared
from bot.storage.round_rows import CHANGE, ON_PLATFORM, ROUND, ROUNDS, has_come, is_state, moment, to_round, waiting
from bot.storage.tables import answers, communities, rounds, tracks
from bot.storage.track_rows import TRACK, to_track
from bot.storage.transaction import Transaction

_GET = held(ROUNDS.where(rounds.c.id == sa.bindparam("id")), rounds)
_WITH_TRACK = (
    ROUNDS.add_columns(*TRACK)
    .join_from(rounds, tracks, tracks.c.id == rounds.c.track_id)
    .where(rounds.c.id == sa.bindparam("id"))
)
_FOR_ANSWER = Prepared(held(_WITH_TRACK, rounds), "id")
_HERE = Prepared(
    held(
        _WITH_TRACK.join(communities, communities.c.id == tracks.c.community_id).where(
            communities.c.platform == sa.bindparam("platform"),
            communities.c.external_id == sa.bindparam("external_id"),
        ),
        rounds,
    ),
    "id",
    "platform",
    "external_id",
)
_OPEN_IN = (
    ROUNDS.join_from(rounds, tracks, tracks.c.id == rounds.c.track_id)
    .where(tracks.c.community_id == sa.bindparam("community_id"), is_state(RoundState.OPEN))
    .order_by(rounds.c.track_id, rounds.c.seq)
)
_GUARDED = (RoundState.DUE, RoundState.SENDING, RoundState.OPEN, RoundState.UNKNOWN)
_HIDDEN = Prepared(
    sa.select(Joined(rounds.c.question_id))
    .join_from(rounds, tracks, tracks.c.id == rounds.c.track_id)
    .where(
        tracks.c.community_id == sa.bindparam("community_id"),
        sa.or_(*map(is_state, _GUARDED)),
        rounds.c.question_id.is_not(None),
        # One that was opened late is open for longer.
        sa.or_(is_state(RoundState.OPEN), rounds.c.due_at >= sa.bindparam("since", type_=rounds.c.due_at.type)),
        ~sa.exists().where(answers.c.round_id == rounds.c.id, answers.c.member_id == sa.bindparam("member_id")),
    ),
    "community_id",
    "member_id",
    "since",
)
_TWO = sa.literal_column("2", sa.Integer)
_TOLD = Prepared(
    sa.select(Joined(rounds.c.question_id))
    .join_from(tracks, rounds, sa.and_(rounds.c.track_id == tracks.c.id, rounds.c.seq >= tracks.c.next_seq - _TWO))
    .where(tracks.c.community_id == sa.bindparam("community_id"), rounds.c.question_id.is_not(None)),
    "community_id",
)
_OPEN_OF = held(
    ROUNDS.where(rounds.c.track_id == sa.bindparam("track_id"), is_state(RoundState.OPEN))
    .order_by(rounds.c.seq.desc())
    .limit(1),
    rounds,
)
# Not the bare id: SQLite would go through every round by its key instead of through the few that are open.
_unkeyed_id = rounds.c.id + 0
_OPEN_SINCE = held(
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
_CLOSE = CHANGE.where(is_state(RoundState.OPEN))
_AT = sa.bindparam("at", type_=rounds.c.closed_at.type)
_VOID = CHANGE.values(
    state=RoundState.VOID.value,
    closed_at=sa.func.coalesce(rounds.c.closed_at, _AT),
    reveal_at=sa.case((rounds.c.message_ref.is_not(None), _AT)),
    lease_until=None,
    retry_at=None,
)
_MOVE = (
    sa.update(rounds)
    .where(rounds.c.track_id == sa.bindparam("of_track"), rounds.c.place == sa.bindparam("old"))
    .values(place=sa.bindparam("new"))
)
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


class Rounds(Claiming, Ledger, DatesAhead):
    """The ledger of rounds."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def get(self, id: RoundId) -> Round | None:
        """The round with that id."""
        row = self._transaction.row(_GET, id=id)
        return None if row is None else to_round(row)

    def for_answer(self, id: RoundId) -> tuple[Round, Track] | None:
        """The round and its track, held against others until the transaction ends."""
        row = self._transaction.hot(_FOR_ANSWER, id)
        return None if row is None else (to_round(row), to_track(row[len(ROUND) :]))

    def here(self, id: RoundId, platform: Platform, community: str) -> tuple[Round, Track] | None:
        """The same, if the round is one of the community's."""
        row = self._transaction.hot(_HERE, id, platform.value, community)
        return None if row is None else (to_round(row), to_track(row[len(ROUND) :]))

    def open_in(self, community: CommunityId) -> tuple[Round, ...]:
        """The community's rounds that are open."""
        return tuple(map(to_round, self._transaction.rows(_OPEN_IN, community_id=community)))

    def hidden(self, community: CommunityId, member: MemberId | None, due_since: datetime) -> frozenset[QuestionId]:
        """Questions whose key a member may not be shown yet."""
        row = self._transaction.hot(_HIDDEN, community, member or 0, due_since)
        return frozenset(map(QuestionId, parted(row[0]))) if row else frozenset()

    def told(self, community: CommunityId) -> frozenset[QuestionId]:
        """Questions of the community's open rounds and of those before them, whose answers posts and verdicts tell."""
        row = self._transaction.hot(_TOLD, community)
        return frozenset(map(QuestionId, parted(row[0]))) if row else frozenset()

    def open_of(self, track: TrackId) -> Round | None:
        """The track's open round."""
        row = self._transaction.row(_OPEN_OF, track_id=track)
        return None if row is None else to_round(row)

    def close(self, id: RoundId, now: datetime, excused: bool) -> None:
        """Close an open round; its post is to be revealed."""
        drop_marks(self._transaction, id)
        self._transaction.change(
            _CLOSE, of=id, state=RoundState.CLOSED.value, closed_at=now, reveal_at=now, excused=excused
        )

    def void(self, id: RoundId, now: datetime) -> None:
        """Withdraw a round; it keeps its number and answers, and its post is to say so."""
        drop_marks(self._transaction, id)
        self._transaction.change(_VOID, of=id, at=now)

    def open_since(
        self, platform: Platform, posted_before: datetime, after: RoundId, limit: int
    ) -> tuple[tuple[Round, Track], ...]:
        """Open rounds posted before a moment, in order of their ids, from the one after ``after`` on."""
        return self._with_tracks(_OPEN_SINCE, platform=platform.value, before=posted_before, after=after, most=limit)

    def to_reveal(self, platform: Platform, now: datetime, limit: int) -> tuple[RoundToReveal, ...]:
        """Closed rounds whose post is still to be edited."""
        found = self._transaction.rows(_TO_REVEAL, platform=platform.value, most=limit, **waiting(now))
        return tuple(
            RoundToReveal(round, row[len(ROUND)], round.seq or 0, round.state is RoundState.VOID)
            for row in found
            for round in (to_round(row),)
        )

    def move(self, track: TrackId, old: PlaceRef, new: PlaceRef) -> None:
        """A place goes by another name: the posts that stand there, and those on their way, are found under it."""
        self._transaction.change(_MOVE, of_track=track, old=old, new=new)

    def revealed(self, id: RoundId, again_at: datetime | None = None) -> None:
        """The post was edited, or is to be tried again at a moment."""
        self._transaction.change(CHANGE, of=id, reveal_at=again_at)
