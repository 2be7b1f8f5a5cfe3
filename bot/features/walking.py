"""Walking the roadmap: the steps a role needs, one step in full, and marking progress."""

from __future__ import annotations

from collections.abc import Mapping

from bot.commands.caller import known_member, member_of
from bot.domain.identifiers import RoleId, StepId
from bot.domain.roadmap import NEXT, NextStep, StepOnPath, StepState, next_step, path
from bot.domain.role import Role
from bot.domain.step import Step
from bot.ports.call import Call, Outcome
from bot.ports.catalog import Catalog
from bot.ports.storage import UnitOfWork
from bot.posting.citing import cited
from bot.replies.card import Choice, label
from bot.replies.roadmaps import RoadmapShown, StepShown
from bot.replies.routes import route
from bot.replies.said import Refusal, WhichOne


def roadmap(call: Call, uow: UnitOfWork, catalog: Catalog, role_id: RoleId | None, step_id: StepId | None) -> Outcome:
    """The whole roadmap, or one step; naming a role keeps it for next time."""
    step = _step(catalog, step_id) if step_id not in (None, NEXT) else None
    if role_id is not None:
        member = member_of(call, uow)
        if member.role != role_id:
            uow.members.set_role(member.id, role_id)
    role, states = _where(call, uow, catalog, role_id)
    on_path = path(catalog.steps, role, states)
    onward = next_step(on_path)
    if step_id == NEXT and onward is not None:
        step = onward.step
    if step is None:
        return Outcome(RoadmapShown(role, on_path, onward))
    return Outcome(_step_shown(catalog, step, role, on_path))


def mark(call: Call, uow: UnitOfWork, catalog: Catalog, step_id: StepId, state: StepState | None) -> Outcome:
    """Mark a step as begun, done or skipped, or take the mark off."""
    step = _step(catalog, step_id)
    member = member_of(call, uow)
    uow.roadmaps.set_state(member.id, step_id, state)
    role, states = _where(call, uow, catalog, None)
    on_path = path(catalog.steps, role, states)
    onward = next_step(on_path) if state in (StepState.DONE, StepState.SKIP) else None
    return Outcome(_step_shown(catalog, step, role, on_path, just_marked=state, onward=onward))


def pick_role(call: Call, catalog: Catalog) -> Outcome:
    """Ask whose roadmap it is to be."""
    choices = tuple(Choice(label(role.name), route("run", "roadmap", f"role={role.id}")) for role in catalog.roles)
    return Outcome(WhichOne("Whose roadmap? It is kept for next time; /roadmap role:... changes it.", choices))


def _where(
    call: Call, uow: UnitOfWork, catalog: Catalog, role_id: RoleId | None
) -> tuple[Role | None, Mapping[StepId, StepState]]:
    member = known_member(call, uow)
    wanted = role_id or (member.role if member else None)
    return (catalog.role(wanted) if wanted else None), (uow.roadmaps.states(member.id) if member else {})


def _step(catalog: Catalog, id: StepId) -> Step:
    step = catalog.step(id)
    if step is None:
        raise Refusal("That step is not on the roadmap any more. Your marks are kept; /roadmap shows today's steps.")
    return step


def _step_shown(
    catalog: Catalog,
    step: Step,
    role: Role | None,
    on_path: tuple[StepOnPath, ...],
    just_marked: StepState | None = None,
    onward: NextStep | None = None,
) -> StepShown:
    entry = next(entry for entry in on_path if entry.step.id == step.id)
    asked = {question.topic for question in catalog.questions}
    return StepShown(
        entry=entry,
        needs=_titles(catalog, step.needs),
        waits_for=_titles(catalog, entry.waits_for),
        deeper=_titles(catalog, step.deeper),
        can_practise=any(topic in asked for topic in step.topics),
        role=role,
        source=cited(catalog, step.refs),
        just_marked=just_marked,
        next=onward,
    )


def _titles(catalog: Catalog, ids: tuple[StepId, ...]) -> tuple[str, ...]:
    found = (catalog.step(id) for id in ids)
    return tuple(step.title for step in found if step is not None)
