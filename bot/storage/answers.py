"""First choices in open rounds, as rows."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa

from bot.domain.identifiers import CommunityId, MemberId, OptionId, QuestionId, RoundId
from bot.domain.round import Answer, RoundState, Votes
from bot.ports import answers as port
from bot.storage.dialects import insert_or_leave
from bot.storage.marks import is_marked, marked_in
from bot.storage.prepared import Prepared
from bot.storage.round_rows import ANSWER, VOTES, to_answer, to_votes
from bot.storage.tables import answers, members, rounds, tracks
from bot.storage.transaction import Transaction

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


class Answers(port.Answers):
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

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
        return is_marked(self._transaction, round, user)

    def marked_in(self, community: CommunityId, user: str) -> bool:
        return marked_in(self._transaction, community, user)

    def answered_rounds(self, member: MemberId, rounds: Collection[RoundId]) -> frozenset[RoundId]:
        found = self._transaction.rows(_ANSWERED, member_id=member, rounds=list(rounds))
        return frozenset(RoundId(row[0]) for row in found)

    def by_question(self, member: MemberId) -> tuple[tuple[QuestionId, Answer], ...]:
        found = self._transaction.rows(_BY_QUESTION, member_id=member)
        return tuple((QuestionId(row[0]), to_answer(row[1:])) for row in found)
