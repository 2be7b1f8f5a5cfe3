"""Questions as they were when a round asked them; a kept version never changes."""

from __future__ import annotations

import sqlalchemy as sa

from bot.domain.identifiers import QuestionId
from bot.domain.question import Question
from bot.ports import answers as port
from bot.storage.cache import Cache
from bot.storage.codec import to_body, to_question
from bot.storage.columns import NOT_READABLE
from bot.storage.dialects import insert_or_leave
from bot.storage.tables import question_versions
from bot.storage.transaction import Transaction

_KEEP = insert_or_leave(question_versions)
_VERSION = sa.select(question_versions.c.body).where(
    question_versions.c.id == sa.bindparam("id"), question_versions.c.version == sa.bindparam("version")
)


def keep_question(transaction: Transaction, question: Question) -> None:
    """Keep this version; the one kept first stays."""
    transaction.change(_KEEP, id=question.id, version=question.version, body=to_body(question))


class Questions(port.Questions):
    def __init__(self, transaction: Transaction, cache: Cache) -> None:
        self._transaction = transaction
        self._kept = cache.questions

    def keep(self, question: Question) -> None:
        keep_question(self._transaction, question)

    def version(self, id: QuestionId, version: int) -> Question | None:
        key = (id, version)
        kept = self._kept.get(key)
        if kept is not None:
            return kept
        try:
            question = to_question(self._transaction.value(_VERSION, id=id, version=version))
        except NOT_READABLE:
            return None
        self._transaction.when_committed(lambda: self._kept.__setitem__(key, question))
        return question
