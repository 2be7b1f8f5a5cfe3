"""The roadmap: its steps as their author writes them, which of them a role needs, and which comes next and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from bot.domain.common_fields import LINE_LIMIT, References
from bot.domain.content_faults import Fault
from bot.domain.identifiers import ObjectiveId, RoleId, StepId, TopicId
from bot.domain.knowledge import Family
from bot.domain.limits import Chars, Limited, Lines, Slug
from bot.domain.role import Role


class Need(StrEnum):
    """The need a role has of a roadmap step."""

    STATED = "stated"
    """A source ties the step to the role."""
    NEEDED = "needed"
    """We derive that the role needs it."""
    USEFUL = "useful"
    AWARE = "aware"
    """Be able to talk about it."""
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Resource(Limited):
    """Something to learn from, at a public address that stays."""

    title: Annotated[str, Chars(80)]
    url: Annotated[str, Chars(160)]

    def _more_faults(self) -> Iterator[Fault]:
        if not self.url.startswith("https://"):
            yield Fault("L28", ("url",), f"an address begins with https://, not {self.url!r}")


@dataclass(frozen=True, slots=True)
class Step(Limited):
    """A step of the roadmap: what to learn, what it builds on, and how to know it is done."""

    id: Annotated[StepId, Slug()]
    order: int
    title: Annotated[str, Chars(40)]
    summary: Annotated[str, Chars(220)]
    subtopics: Annotated[tuple[str, ...], Lines(LINE_LIMIT, least=1)]
    done_when: Annotated[tuple[str, ...], Lines(LINE_LIMIT, least=1)]
    ethics: Annotated[str, Chars(220)]
    """The ethics checkpoint of this step: one question to ask oneself."""
    topics: tuple[TopicId, ...]
    """Where practice for this step comes from."""
    roles: Mapping[RoleId, Need]
    refs: References
    needs: tuple[StepId, ...] = ()
    deeper: tuple[StepId, ...] = ()
    """Steps that are wanted for depth but not to begin."""
    objectives: tuple[ObjectiveId, ...] = ()
    """Skills one has afterwards."""
    interview: tuple[Family, ...] = ()
    """The families of interview questions it prepares for."""
    learn: tuple[Resource, ...] = ()
    note: str | None = None


class StepState(StrEnum):
    """A member's own word on how far they are with a step."""

    DOING = "doing"
    DONE = "done"
    SKIP = "skip"


NEXT = StepId("next")
"""Stands for whichever step comes next for the member who asks."""
_URGENCY = {need: rank for rank, need in enumerate(Need)}


@dataclass(frozen=True, slots=True)
class StepOnPath:
    """A step as one member sees it on the way to one role."""

    step: Step
    need: Need
    state: StepState | None
    waits_for: tuple[StepId, ...]
    """Steps it builds on that are neither done nor skipped."""
    wanted: Need
    """How much it is needed once what builds on it is counted in: a prerequisite never comes after what waits."""


@dataclass(frozen=True, slots=True)
class NextStep:
    """The step to take next and the reason."""

    step: Step
    because: str


def needed_by(step: Step, role: Role | None) -> Need:
    """Return how much the role needs the step; without a role every step is needed."""
    if role is None:
        return Need.NEEDED
    return step.roles.get(role.branch, Need.USEFUL)


def path(steps: Sequence[Step], role: Role | None, states: Mapping[StepId, StepState]) -> tuple[StepOnPath, ...]:
    """Every step in order with its need for the role and what it waits for."""
    needs = {step.id: needed_by(step, role) for step in steps}
    wanted = dict(needs)
    for step in reversed(steps):
        for before in step.needs:
            # A step the role is said to skip stays skipped: its sources say so.
            if wanted.get(before, Need.SKIP) is not Need.SKIP and _URGENCY[wanted[step.id]] < _URGENCY[wanted[before]]:
                wanted[before] = wanted[step.id]
    behind = {StepState.DONE, StepState.SKIP}

    def passed(id: StepId) -> bool:
        return states.get(id) in behind or needs.get(id) is Need.SKIP

    return tuple(
        StepOnPath(
            step,
            needs[step.id],
            states.get(step.id),
            tuple(need for need in step.needs if not passed(need)),
            wanted[step.id],
        )
        for step in steps
    )


def next_step(on_path: Sequence[StepOnPath]) -> NextStep | None:
    """Choose the next step: one begun, else the first needed one whose prerequisites are behind; None when through."""
    for entry in on_path:
        if entry.state is StepState.DOING:
            return NextStep(entry.step, "you have begun it")
    for urgent in ((Need.STATED, Need.NEEDED), (Need.USEFUL,), (Need.AWARE,)):
        for entry in on_path:
            if entry.state is None and entry.wanted in urgent and not entry.waits_for:
                return NextStep(entry.step, _reason(entry))
    return None


def _reason(entry: StepOnPath) -> str:
    if not entry.step.needs:
        return "it needs nothing before it"
    if entry.wanted is not entry.need:
        return "what this role needs builds on it"
    told = {
        Need.STATED: "the sources name it for this role",
        Need.NEEDED: "this role needs it",
        Need.USEFUL: "it is useful for this role",
        Need.AWARE: "being able to talk about it helps",
        Need.SKIP: "you asked for it",
    }[entry.need]
    return f"what it builds on is behind you and {told}"
