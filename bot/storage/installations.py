"""Rows that faces keep for themselves: installations, the states of those on their way, and texts by name."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

import sqlalchemy as sa

from bot.ports import installations as port
from bot.ports.installations import Installation
from bot.storage.dialects import insert_or_change, insert_or_leave
from bot.storage.tables import chat_state, install_states, installations
from bot.storage.transaction import Rows

_COLUMNS = tuple(installations.columns)
_HERE = installations.c.workspace == sa.bindparam("here")
_FIND = sa.select(*_COLUMNS).where(_HERE)
_WORKSPACES = sa.select(installations.c.workspace).order_by(installations.c.workspace)
_SAVE = insert_or_change(
    installations, lambda new: {column.name: new[column.name] for column in _COLUMNS if not column.primary_key}
)
_DELETE = sa.delete(installations).where(_HERE)
_ISSUE = insert_or_leave(install_states)
_MOMENT = sa.bindparam("now", type_=install_states.c.until.type)
_FORGET = sa.delete(install_states).where(install_states.c.until < _MOMENT)
_CONSUME = sa.delete(install_states).where(
    install_states.c.state == sa.bindparam("given"), install_states.c.until >= _MOMENT
)
_TEXT = sa.select(chat_state.c.value).where(chat_state.c.name == sa.bindparam("name"))
_SET_TEXT = insert_or_change(chat_state, lambda new: {"value": new.value})


class Installations(Rows, port.Installations):
    def find(self, workspace: str) -> Installation | None:
        row = self._transaction.row(_FIND, here=workspace)
        return None if row is None else Installation(*row)

    def workspaces(self) -> tuple[str, ...]:
        return tuple(row[0] for row in self._transaction.rows(_WORKSPACES))

    def save(self, installation: Installation) -> None:
        self._transaction.change(_SAVE, **asdict(installation))

    def delete(self, workspace: str) -> bool:
        return self._transaction.change(_DELETE, here=workspace) > 0

    def issue(self, state: str, until: datetime, now: datetime) -> None:
        self._transaction.change(_FORGET, now=now)
        self._transaction.change(_ISSUE, state=state, until=until)

    def consume(self, state: str, now: datetime) -> bool:
        return self._transaction.change(_CONSUME, given=state, now=now) > 0


class ChatState(Rows):
    """Texts by name, which a face remembers between two starts."""

    def get(self, name: str) -> str | None:
        """The text under that name."""
        value: str | None = self._transaction.value(_TEXT, name=name)
        return value

    def set(self, name: str, value: str) -> None:
        """Keep a text under that name."""
        self._transaction.change(_SET_TEXT, name=name, value=value)
