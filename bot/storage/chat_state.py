"""What a face remembers between two starts: a few texts by name."""

from __future__ import annotations

import sqlalchemy as sa

from bot.storage.dialects import insert_or_change
from bot.storage.tables import chat_state
from bot.storage.transaction import Transaction

_GET = sa.select(chat_state.c.value).where(chat_state.c.name == sa.bindparam("name"))
_SET = insert_or_change(chat_state, lambda new: {"value": new.value})


class ChatState:
    """Texts by name."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def get(self, name: str) -> str | None:
        """The text under that name."""
        value: str | None = self._transaction.value(_GET, name=name)
        return value

    def set(self, name: str, value: str) -> None:
        """Keep a text under that name."""
        self._transaction.change(_SET, name=name, value=value)
