"""Communities' own banks, as rows."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from bot.domain.common_fields import Status
from bot.domain.community import Platform
from bot.domain.identifiers import CommunityId, QuestionId
from bot.domain.own_question import OWN, OwnQuestion, is_own
from bot.ports import own_bank as port
from bot.storage.columns import NOT_READABLE
from bot.storage.dialects import insert_or_change, locking
from bot.storage.prepared import Prepared
from bot.storage.questions import to_body, to_own_question
from bot.storage.tables import communities, own_banks, own_questions
from bot.storage.transaction import Rows

_COLUMNS = (own_questions.c.id, own_questions.c.version, own_questions.c.body)
_COMMUNITY = own_questions.c.community_id == sa.bindparam("community_id")
_EDITION = Prepared(sa.select(own_banks.c.edition).where(own_banks.c.community_id == sa.bindparam("community_id")))
_HAVING = (
    sa.select(communities.c.external_id)
    .join_from(own_banks, communities, communities.c.id == own_banks.c.community_id)
    .where(communities.c.platform == sa.bindparam("platform"))
)
_ALL = sa.select(*_COLUMNS).where(_COMMUNITY).order_by(own_questions.c.id)
_COUNT = sa.select(sa.func.count()).select_from(own_questions).where(_COMMUNITY)
_ONE = locking(sa.select(*_COLUMNS).where(_COMMUNITY, own_questions.c.id == sa.bindparam("number")), own_questions)
_ADD = sa.insert(own_questions).returning(own_questions.c.id)
_SAVE = sa.update(own_questions).where(
    own_questions.c.community_id == sa.bindparam("here"),
    own_questions.c.id == sa.bindparam("number"),
    own_questions.c.version == sa.bindparam("before"),
)
_REMOVE = sa.delete(own_questions).where(
    own_questions.c.community_id == sa.bindparam("here"),
    own_questions.c.id == sa.bindparam("number"),
    own_questions.c.status == Status.DRAFT.value,
)
_CHANGED = insert_or_change(own_banks, lambda new: {"edition": own_banks.c.edition + 1})


class OwnBank(Rows, port.OwnBank):
    def edition(self, community: CommunityId) -> int:
        row = self._transaction.row(_EDITION, community_id=community)
        return 0 if row is None else int(row[0])

    def having(self, platform: Platform) -> frozenset[str]:
        return frozenset(row[0] for row in self._transaction.rows(_HAVING, platform=platform.value))

    def questions(self, community: CommunityId) -> tuple[OwnQuestion, ...]:
        rows = self._transaction.rows(_ALL, community_id=community)
        return tuple(question for question in map(_read, rows) if question)

    def question(self, community: CommunityId, id: QuestionId) -> OwnQuestion | None:
        number = _number(id)
        row = None if number is None else self._transaction.row(_ONE, community_id=community, number=number)
        return None if row is None else _read(row)

    def count(self, community: CommunityId) -> int:
        return int(self._transaction.value(_COUNT, community_id=community))

    def add(self, community: CommunityId, question: OwnQuestion) -> OwnQuestion:
        row = self._transaction.changed(_ADD, community_id=community, **_written(question))
        assert row is not None
        self._transaction.change(_CHANGED, community_id=community, edition=1)
        return replace(question, id=QuestionId(f"{OWN}{row[0]}"))

    def remove(self, community: CommunityId, id: QuestionId) -> bool:
        return self._transaction.change(_REMOVE, here=community, number=_number(id)) > 0

    def save(self, community: CommunityId, question: OwnQuestion) -> bool:
        before = question.version - 1
        saved = self._transaction.change(
            _SAVE, here=community, number=_number(question.id), before=before, **_written(question)
        )
        if saved:
            self._transaction.change(_CHANGED, community_id=community, edition=1)
        return saved > 0


def _number(id: QuestionId) -> int | None:
    digits = id.removeprefix(OWN)
    return int(digits) if is_own(id) and digits.isascii() and digits.isdigit() and len(digits) <= 18 else None


def _written(question: OwnQuestion) -> dict[str, Any]:
    return {"version": question.version, "status": question.status.value, "body": to_body(question)}


def _read(row: Any) -> OwnQuestion | None:
    try:
        return to_own_question({**row[2], "id": f"{OWN}{row[0]}", "version": row[1]})
    except NOT_READABLE:
        return None
