"""/roadmap."""

from __future__ import annotations

from typing import Annotated

from bot.commands.declare import Opt, command, pressed
from bot.domain.identifiers import RoleId, StepId
from bot.domain.roadmap import StepState
from bot.features import walking
from bot.ports.call import Call, Outcome
from bot.ports.catalog import Catalog
from bot.ports.storage import UnitOfWork


@command("roadmap", needs="write", example="/roadmap ai engineer")
def roadmap(
    call: Call,
    uow: UnitOfWork,
    catalog: Catalog,
    role: Annotated[RoleId | None, Opt("The role you walk towards; it is kept", example="ai engineer")] = None,
    step: Annotated[StepId | None, Opt("One step in full", example="rag")] = None,
) -> Outcome:
    """Walk the 20 steps: what your role needs, what is done, what comes next and why."""
    return walking.roadmap(call, uow, catalog, role, step)


@pressed("mark", needs="write")
def mark(call: Call, uow: UnitOfWork, catalog: Catalog, step: StepId, state: StepState | None = None) -> Outcome:
    """Mark a step, or take the mark off."""
    return walking.mark(call, uow, catalog, step, state)


@pressed("pick-role", needs="catalog")
def pick_role(call: Call, catalog: Catalog) -> Outcome:
    """Choose whose roadmap to walk."""
    return walking.pick_role(call, catalog)
