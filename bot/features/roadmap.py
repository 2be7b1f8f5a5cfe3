"""/roadmap: the steps a role needs, one step in full, and marking how far one is."""

from __future__ import annotations

from typing import Annotated, assert_never

from bot.commands.caller import known_member, member_of
from bot.commands.declare import Opt, command, pressed
from bot.domain.bank import Shelf
from bot.domain.identifiers import RoleId, StepId
from bot.domain.knowledge import Interview, Myth, Pitfall, Project, Term
from bot.domain.roadmap import NEXT, NextStep, Step, StepOnPath, StepState, next_step, path
from bot.domain.role import Role
from bot.domain.search import Hit
from bot.features import find
from bot.ports.call import Call, Outcome
from bot.ports.catalog import Catalog
from bot.ports.storage import UnitOfWork
from bot.replies.card import Choice, label
from bot.replies.citing import articles_cited, cited
from bot.replies.roadmaps import PART_LABELS, ResourcesShown, RoadmapShown, StepPart, StepShown
from bot.replies.routes import route
from bot.replies.said import Refusal, which


@command("roadmap", needs="write", example="/roadmap ai engineer", shelf=Shelf.ROADMAP)
def roadmap(
    call: Call,
    uow: UnitOfWork,
    catalog: Catalog,
    role: Annotated[RoleId | None, Opt("The role you walk towards; it is kept", example="ai engineer")] = None,
    step: Annotated[StepId | None, Opt("One step in full", example="rag")] = None,
) -> Outcome:
    """Walk the roadmap: what your role needs, what is done, what comes next and why."""
    shown = None if step is None or step == NEXT else _step(catalog, step)
    if role is not None:
        member = member_of(call, uow)
        if member.role != role:
            uow.members.set_role(member.id, role)
    towards, on_path = _path(call, uow, catalog)
    onward = next_step(on_path)
    if step == NEXT and onward is not None:
        shown = onward.step
    if shown is None:
        return Outcome(RoadmapShown(towards, on_path, onward))
    return Outcome(_step_shown(catalog, shown, towards, on_path))


@pressed("mark", needs="write")
def mark(call: Call, uow: UnitOfWork, catalog: Catalog, step: StepId, state: StepState | None = None) -> Outcome:
    """Mark a step as begun, done or skipped, or take the mark off."""
    marked = _step(catalog, step)
    uow.roadmaps.set_state(member_of(call, uow).id, step, state)
    role, on_path = _path(call, uow, catalog)
    onward = next_step(on_path) if state in (StepState.DONE, StepState.SKIP) else None
    return Outcome(_step_shown(catalog, marked, role, on_path, just_marked=state, onward=onward))


@pressed("pick-role", needs="catalog")
def pick_role(catalog: Catalog) -> Outcome:
    """Choose whose roadmap to walk."""
    choices = tuple(Choice(label(role.name), route("run", "roadmap", f"role={role.id}")) for role in catalog.roles)
    return Outcome(which("Whose roadmap? It is kept for next time; /roadmap role:... changes it.", choices))


def _step(catalog: Catalog, id: StepId) -> Step:
    step = catalog.step(id)
    if step is None:
        raise Refusal("That step is not on the roadmap any more. Your marks are kept; /roadmap shows today's steps.")
    return step


def _path(call: Call, uow: UnitOfWork, catalog: Catalog) -> tuple[Role | None, tuple[StepOnPath, ...]]:
    """The role the caller walks towards, and every step as they see it."""
    member = known_member(call, uow)
    role = catalog.role(member.role) if member and member.role else None
    return role, path(catalog.steps, role, uow.roadmaps.states(member.id) if member else {})


def step_to_come(call: Call, uow: UnitOfWork, catalog: Catalog) -> StepId | None:
    """The step that comes next for the caller; None once every step is behind them."""
    onward = next_step(_path(call, uow, catalog)[1])
    return onward.step.id if onward else None


def _step_shown(
    catalog: Catalog,
    step: Step,
    role: Role | None,
    on_path: tuple[StepOnPath, ...],
    just_marked: StepState | None = None,
    onward: NextStep | None = None,
) -> StepShown:
    entry = next(entry for entry in on_path if entry.step.id == step.id)
    return StepShown(
        entry=entry,
        needs=_titles(catalog, step.needs),
        waits_for=_titles(catalog, entry.waits_for),
        deeper=_titles(catalog, step.deeper),
        can_practise=any(one.roadmap == step.id or one.topic in step.topics for one in catalog.questions),
        role=role,
        source="; ".join(articles_cited(catalog.sources, step.refs)),
        just_marked=just_marked,
        next=onward,
        parts=_parts(catalog, step),
    )


@pressed("step-part", needs="catalog")
def step_part(catalog: Catalog, step: StepId, part: StepPart, page: int = 0) -> Outcome:
    """Show what a step leads to: where to learn it, its terms, projects, interview cards or myths."""
    shown = _step(catalog, step)
    if part is StepPart.LEARN:
        return Outcome(ResourcesShown(shown, cited(catalog.sources, shown.refs)))
    hits = _hits(catalog, shown, part)
    if not hits:
        raise Refusal("There is nothing of that kind on this step.", (_back(shown),))
    title = f"{PART_LABELS[part]}: {shown.title}"
    return Outcome(find.listed(catalog, title, hits, page, lambda other: route("step-part", step, part, other)))


def _back(step: Step) -> Choice:
    return Choice("Back to the step", route("run", "roadmap", f"step={step.id}"))


def _parts(catalog: Catalog, step: Step) -> tuple[tuple[StepPart, int], ...]:
    counts = [(part, len(_hits(catalog, step, part))) for part in StepPart if part is not StepPart.LEARN]
    return tuple((part, number) for part, number in ((StepPart.LEARN, len(step.learn)), *counts) if number)


def _hits(catalog: Catalog, step: Step, part: StepPart) -> list[Hit]:
    """The entries of a kind that belong to a step."""
    library = catalog.knowledge
    match part:
        case StepPart.LEARN:
            return []
        case StepPart.TERMS:
            return [Hit("term", one.id, one.title) for one in library.all(Term) if one.step == step.id]
        case StepPart.PROJECTS:
            return [Hit("project", one.id, one.title) for one in library.all(Project) if step.id in one.practises]
        case StepPart.INTERVIEW:
            return [
                Hit("interview", one.id, one.title) for one in library.all(Interview) if one.family in step.interview
            ]
        case StepPart.MYTHS:
            myths = [Hit("myth", one.id, one.title) for one in library.all(Myth) if one.step == step.id]
            return myths + [Hit("pitfall", one.id, one.title) for one in library.all(Pitfall) if one.step == step.id]
    assert_never(part)


def _titles(catalog: Catalog, ids: tuple[StepId, ...]) -> tuple[str, ...]:
    steps = (catalog.step(id) for id in ids)
    return tuple(step.title for step in steps if step is not None)
