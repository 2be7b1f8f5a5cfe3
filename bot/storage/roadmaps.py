"""How far members are on the roadmap, as rows."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from bot.domain.identifiers import MemberId, StepId
from bot.domain.roadmap import StepState
from bot.storage.on_conflict import insert_or_change
from bot.storage.tables import roadmap_steps
from bot.storage.transaction import Transaction

_STATES = sa.select(roadmap_steps.c.step_id, roadmap_steps.c.state).where(
    roadmap_steps.c.member_id == sa.bindparam("member_id")
)
_MARK = insert_or_change(roadmap_steps, lambda new: {"state": new.state})
_UNMARK = sa.delete(roadmap_steps).where(
    roadmap_steps.c.member_id == sa.bindparam("member_id"), roadmap_steps.c.step_id == sa.bindparam("step_id")
)


class Roadmaps:
    """How far members are on the roadmap."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def states(self, member: MemberId) -> Mapping[StepId, StepState]:
        """The member's steps."""
        return {StepId(row[0]): StepState(row[1]) for row in self._transaction.rows(_STATES, member_id=member)}

    def set_state(self, member: MemberId, step: StepId, state: StepState | None) -> None:
        """Mark a step, or unmark it."""
        if state is None:
            self._transaction.change(_UNMARK, member_id=member, step_id=step)
        else:
            self._transaction.change(_MARK, member_id=member, step_id=step, state=state.value)
