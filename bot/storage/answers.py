"""First choices in open rounds, as rows, and marks of members who made one and deleted their data since.

A mark keeps that answering again does not count. It is a hash of the person's platform id under a key of the round's
own. The key is made when it is first needed and destroyed with the marks when the round is over, so that nothing kept
leads back to anyone.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Collection

import sqlalchemy as sa

from bot.domain.identifiers import CommunityId, MemberId, OptionId, QuestionId, RoundId
from bot.domain.round import Answer, RoundState, Votes
from bot.ports import answers as port
from bot.storage.dialects import insert_or_leave
from bot.storage.prepared import Prepared
from bot.storage.round_rows import ANSWER, VOTES, is_state, to_answer, to_votes
from bot.storage.tables import answers, marks, members, rounds, tracks
from bot.storage.transaction import Rows, Transaction

_ADD = Prepared(insert_or_leave(answers, answers.c.round_id))
_COUNT = {
    option: Prepared(
        sa.update(rounds)
        .where(rounds.c.id == sa.bindparam("of"))
        .values({column: column + sa.literal_column("1")})
        .returning(*VOTES.values())
    )
    for option, column in VOTES.items()
}
_OF_MEMBER = answers.c.member_id == sa.bindparam("member_id")
_GET = Prepared(sa.select(*ANSWER).where(answers.c.round_id == sa.bindparam("round_id"), _OF_MEMBER))
_ANSWERED = sa.select(answers.c.round_id).where(
    answers.c.round_id.in_(sa.bindparam("rounds", expanding=True)), _OF_MEMBER
)
# Answers have no index by member: the way to theirs leads through the community's rounds.
_BY_QUESTION = (
    sa.select(rounds.c.question_id, *ANSWER)
    .join_from(members, tracks, tracks.c.community_id == members.c.community_id)
    .join(rounds, rounds.c.track_id == tracks.c.id)
    .join(answers, sa.and_(answers.c.round_id == rounds.c.id, answers.c.member_id == members.c.id))
    .where(
        members.c.id == sa.bindparam("member_id"),
        rounds.c.seq.is_not(None),
        rounds.c.state != RoundState.VOID.value,
    )
    .order_by(rounds.c.posted_at, rounds.c.id)
)
_ROUND: sa.BindParameter[int] = sa.bindparam("of")
_KEY = Prepared(sa.select(rounds.c.mark_key).where(rounds.c.id == _ROUND))
_MAKE_KEY = (
    sa.update(rounds)
    .where(rounds.c.id == _ROUND)
    .values(mark_key=sa.func.coalesce(rounds.c.mark_key, sa.bindparam("fresh")))
    .returning(rounds.c.mark_key)
)
_DROP_KEY = sa.update(rounds).where(rounds.c.id == _ROUND, rounds.c.mark_key.is_not(None)).values(mark_key=None)
_ADD_MARK = insert_or_leave(marks)
_OF_ROUND = marks.c.round_id == sa.bindparam("round")
_FIND_MARK = sa.select(marks.c.mark).where(_OF_ROUND, marks.c.mark == sa.bindparam("mark"))
_DROP_MARKS = sa.delete(marks).where(_OF_ROUND)
_KEYED_IN = (
    sa.select(rounds.c.id)
    .join_from(rounds, tracks, tracks.c.id == rounds.c.track_id)
    .where(
        tracks.c.community_id == sa.bindparam("community_id"), is_state(RoundState.OPEN), rounds.c.mark_key.is_not(None)
    )
)


class Answers(Rows, port.Answers):
    def add(self, round: RoundId, member: MemberId, answer: Answer) -> bool:
        added = self._transaction.changed(
            _ADD,
            round_id=round,
            member_id=member,
            option_id=answer.option,
            shown_position=answer.shown_position,
            correct=answer.correct,
        )
        return added is not None

    def get(self, round: RoundId, member: MemberId) -> Answer | None:
        row = self._transaction.row(_GET, round_id=round, member_id=member)
        return None if row is None else to_answer(row)

    def count(self, round: RoundId, option: OptionId) -> Votes:
        row = self._transaction.changed(_COUNT[option], of=round)
        if row is None:
            raise KeyError(round)
        return to_votes(row)

    def marked(self, round: RoundId, user: str) -> bool:
        row = self._transaction.row(_KEY, of=round)
        if row is None or row[0] is None:
            return False
        return self._transaction.row(_FIND_MARK, round=round, mark=_hashed(row[0], user)) is not None

    def marked_in(self, community: CommunityId, user: str) -> bool:
        keyed = self._transaction.rows(_KEYED_IN, community_id=community)
        return any(self.marked(RoundId(row[0]), user) for row in keyed)

    def answered_rounds(self, member: MemberId, rounds: Collection[RoundId]) -> frozenset[RoundId]:
        found = self._transaction.rows(_ANSWERED, member_id=member, rounds=list(rounds))
        return frozenset(RoundId(row[0]) for row in found)

    def by_question(self, member: MemberId) -> tuple[tuple[QuestionId, Answer], ...]:
        found = self._transaction.rows(_BY_QUESTION, member_id=member)
        return tuple((QuestionId(row[0]), to_answer(row[1:])) for row in found)


def add_mark(transaction: Transaction, round: RoundId, user: str) -> None:
    """Remember that this person answered the round, without keeping who they are."""
    made = transaction.changed(_MAKE_KEY, of=round, fresh=secrets.token_hex(32))
    assert made is not None  # they answered it
    transaction.change(_ADD_MARK, round_id=round, mark=_hashed(made[0], user))


def drop_marks(transaction: Transaction, round: RoundId) -> None:
    """Destroy the key with its marks: the round is over."""
    if transaction.change(_DROP_KEY, of=round):
        transaction.change(_DROP_MARKS, round=round)
        transaction.leave_no_trace()


def _hashed(key: str, user: str) -> str:
    return hmac.digest(bytes.fromhex(key), user.encode(), "sha256").hex()
