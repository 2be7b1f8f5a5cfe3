"""Memories of questions, and the log of reviews, as rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from bot.domain.identifiers import MemberId, OptionId, QuestionId, RoundId
from bot.domain.memory import Graded, Memory
from bot.ports import reviews as port
from bot.storage.dialects import insert_or_change, insert_or_leave, locking
from bot.storage.prepared import Prepared
from bot.storage.tables import answers, memories, review_log
from bot.storage.transaction import Rows

_VALUES = (
    memories.c.stability,
    memories.c.difficulty,
    memories.c.due,
    memories.c.last_on,
    memories.c.key_option,
    memories.c.asked_id,
)
_THEIRS = memories.c.member_id == sa.bindparam("member_id")
_ON = sa.bindparam("on_day", type_=memories.c.due.type)
_NEAR = Prepared(
    sa.select(memories.c.question_id, *_VALUES).where(_THEIRS, sa.or_(memories.c.due <= _ON, memories.c.last_on == _ON))
)
_NEXT_DUE = sa.select(sa.func.min(memories.c.due, type_=memories.c.due.type)).where(_THEIRS)
_OF = locking(sa.select(*_VALUES).where(_THEIRS, memories.c.question_id == sa.bindparam("question_id")), memories)
_SAVE = Prepared(insert_or_change(memories, lambda new: {column.name: new[column.name] for column in _VALUES}))
_ADD = Prepared(insert_or_leave(review_log))
_LOG = (
    sa.select(
        review_log.c.question_id,
        review_log.c.day,
        review_log.c.good,
        review_log.c.key_option,
        review_log.c.asked_id,
    )
    .where(review_log.c.member_id == sa.bindparam("member_id"))
    .order_by(review_log.c.question_id, review_log.c.day)
)
_FORGET = tuple(
    sa.delete(table).where(
        table.c.question_id == sa.bindparam("question_id"),
        table.c.member_id.in_(sa.select(answers.c.member_id).where(answers.c.round_id == sa.bindparam("round"))),
    )
    for table in (memories, review_log)
)


class Reviews(Rows, port.Reviews):
    def near(self, member: MemberId, on: date) -> Mapping[QuestionId, Memory]:
        rows = self._transaction.rows(_NEAR, member_id=member, on_day=on)
        return {QuestionId(row[0]): _memory(row[1:]) for row in rows if _readable(row[1:])}

    def next_due(self, member: MemberId) -> date | None:
        row = self._transaction.row(_NEXT_DUE, member_id=member)
        return row[0] if row else None

    def of(self, member: MemberId, question: QuestionId) -> Memory | None:
        row = self._transaction.row(_OF, member_id=member, question_id=question)
        return _memory(row) if row is not None and _readable(row) else None

    def keep(self, member: MemberId, question: QuestionId, graded: Graded, memory: Memory) -> None:
        self._transaction.changed(
            _ADD,
            member_id=member,
            question_id=question,
            day=graded.on,
            good=graded.good,
            key_option=graded.key,
            asked_id=graded.asked,
        )
        self._transaction.changed(
            _SAVE,
            member_id=member,
            question_id=question,
            stability=memory.stability,
            difficulty=memory.difficulty,
            due=memory.due,
            last_on=memory.last,
            key_option=memory.key,
            asked_id=memory.asked,
        )

    def log(self, member: MemberId) -> Mapping[QuestionId, Sequence[Graded]]:
        found: dict[QuestionId, list[Graded]] = defaultdict(list)
        for question, day, good, key, asked in self._transaction.rows(_LOG, member_id=member):
            if day is not None:
                found[question].append(Graded(day, good, OptionId(key), asked))
        return found

    def forget_round(self, round: RoundId, question: QuestionId) -> None:
        for forget in _FORGET:
            self._transaction.change(forget, round=round, question_id=question)


def _readable(row: Sequence[Any]) -> bool:
    """Return whether its days are days."""
    return row[2] is not None and row[3] is not None


def _memory(row: Sequence[Any]) -> Memory:
    return Memory(row[0], row[1], row[2], row[3], OptionId(row[4]), row[5])
