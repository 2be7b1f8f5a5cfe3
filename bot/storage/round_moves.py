"""Moves of a round's life as statements: one that the table does not have cannot be written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from bot.domain.identifiers import RoundId
from bot.domain.round import RoundState
from bot.domain.round_life import Event, IllegalMove, after, sources
from bot.storage.round_rows import CHANGE, ROUND, is_state, state_of
from bot.storage.tables import rounds
from bot.storage.transaction import Transaction

_STATE = sa.select(rounds.c.state).where(rounds.c.id == sa.bindparam("id"))
_OVER = tuple(state for state in RoundState if state not in sources(Event.SET_ASIDE))


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
