"""Following the roadmap: nothing before what it builds on, nothing a role does not need, and an end."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.identifiers import StepId
from bot.domain.roadmap import Need, NextStep, StepState, needed_by, next_step, path
from bot.domain.role import Role
from tests.domain.samples import content

STEPS = content().steps
ROLES: list[Role | None] = [*content().roles, None]
SOON = (Need.STATED, Need.NEEDED)
behind = (StepState.DONE, StepState.SKIP)

roles = st.sampled_from(ROLES)
states = st.dictionaries(st.sampled_from([step.id for step in STEPS]), st.sampled_from(list(StepState)))
passed_only = st.dictionaries(st.sampled_from([step.id for step in STEPS]), st.sampled_from(behind))


def named(role: Role | None) -> str:
    return role.id if role else "any role"


def following(role: Role | None, states: Mapping[StepId, StepState]) -> NextStep | None:
    return next_step(path(STEPS, role, states))


def needs(role: Role | None) -> dict[StepId, Need]:
    return {step.id: needed_by(step, role) for step in STEPS}


def walk(role: Role | None) -> list[NextStep]:
    """Every step in the order it is offered, each one done before the next is asked for."""
    states: dict[StepId, StepState] = {}
    walked: list[NextStep] = []
    while (found := following(role, states)) is not None:
        assert found.step.id not in states
        states[found.step.id] = StepState.DONE
        walked.append(found)
    return walked


def test_there_are_fourteen_roles_and_twenty_steps() -> None:
    assert (len(ROLES) - 1, len(STEPS)) == (14, 20)


@pytest.mark.parametrize("role", ROLES, ids=named)
def test_following_it_from_nothing_visits_all_that_is_needed_each_after_what_it_builds_on(role: Role | None) -> None:
    need = needs(role)
    walked = [found.step for found in walk(role)]
    assert {step.id for step in walked} == {id for id, how in need.items() if how is not Need.SKIP}
    seen: set[StepId] = set()
    for step in walked:
        assert {before for before in step.needs if need[before] is not Need.SKIP} <= seen
        seen.add(step.id)


@pytest.mark.parametrize("enough", [SOON, (*SOON, Need.USEFUL)], ids=["needed", "useful"])
@pytest.mark.parametrize("role", ROLES, ids=named)
def test_what_the_role_needs_comes_before_what_is_only_useful_and_that_before_the_rest(
    role: Role | None, enough: tuple[Need, ...]
) -> None:
    need = needs(role)
    walked = [found.step for found in walk(role)]
    last = max(place for place, step in enumerate(walked) if need[step.id] in enough)
    builds_on = {step.id: set(step.needs) for step in STEPS}
    wanted = {step.id for step in walked if need[step.id] in enough}
    for _ in STEPS:
        wanted |= {before for id in wanted for before in builds_on[id]}
    # Whatever comes before the last such step is one itself, or such a step builds on it.
    assert {step.id for step in walked[: last + 1]} <= wanted


@pytest.mark.parametrize("role", ROLES, ids=named)
def test_each_step_comes_with_a_true_reason(role: Role | None) -> None:
    need = needs(role)
    for found in walk(role):
        if found.because == "it needs nothing before it":
            assert found.step.needs == ()
        elif found.because == "what this role needs builds on it":
            assert need[found.step.id] not in (Need.STATED, Need.SKIP)
        else:
            assert found.because.startswith("what it builds on is behind you and ")
            assert found.step.needs


@given(roles, states)
def test_a_step_that_was_begun_comes_first(role: Role | None, states: dict[StepId, StepState]) -> None:
    begun = [step for step in STEPS if states.get(step.id) is StepState.DOING]
    found = following(role, states)
    if begun:
        assert found == NextStep(begun[0], "you have begun it")
    elif found:
        assert found.step.id not in states


@given(roles, passed_only)
def test_whatever_is_behind_the_next_step_waits_for_nothing_and_is_needed(
    role: Role | None, states: dict[StepId, StepState]
) -> None:
    need = needs(role)
    found = following(role, states)
    left = [id for id, how in need.items() if how is not Need.SKIP and id not in states]
    if found is None:
        assert left == []
        return
    assert found.step.id in left
    for before in found.step.needs:
        assert states.get(before) in behind or need[before] is Need.SKIP


@given(roles, st.sampled_from(behind))
def test_with_every_step_behind_there_is_none(role: Role | None, how: StepState) -> None:
    assert following(role, {step.id: how for step in STEPS}) is None


@given(roles, states)
def test_every_step_is_on_the_path_with_what_it_waits_for(role: Role | None, states: dict[StepId, StepState]) -> None:
    need = needs(role)
    entries = path(STEPS, role, states)
    assert [entry.step for entry in entries] == list(STEPS)
    for entry in entries:
        assert (entry.need, entry.state) == (need[entry.step.id], states.get(entry.step.id))
        open_before = {id for id in entry.step.needs if states.get(id) not in behind and need[id] is not Need.SKIP}
        assert set(entry.waits_for) == open_before


@pytest.mark.parametrize("role", ROLES, ids=named)
def test_a_prerequisite_is_wanted_at_least_as_much_as_what_waits_for_it(role: Role | None) -> None:
    order = list(Need)
    entries = {entry.step.id: entry for entry in path(STEPS, role, {})}
    for entry in entries.values():
        assert order.index(entry.wanted) <= order.index(entry.need)
        assert (entry.wanted is Need.SKIP) == (entry.need is Need.SKIP)
        if entry.need is not Need.SKIP:
            for before in entry.waits_for:
                assert order.index(entries[before].wanted) <= order.index(entry.wanted)
