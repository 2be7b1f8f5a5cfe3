"""The table of a round's moves: walked at random, it leads nowhere it should not."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.round import RoundState
from bot.domain.round_life import MOVES, Cause, Event, IllegalMove, after, sources

OPENED = {RoundState.OPEN, RoundState.CLOSED, RoundState.VOID}
"""Everybody can see its question."""


def walk(events: Sequence[Event]) -> list[RoundState]:
    """The states a new round passes through; what cannot happen to it does not happen."""
    states: list[RoundState] = []
    for event in events:
        try:
            states.append(after(states[-1] if states else None, event))
        except IllegalMove:
            continue
    return states


walks = st.lists(st.sampled_from(Event), max_size=40).map(walk)


@given(walks)
def test_what_was_opened_is_never_sent_again(states: list[RoundState]) -> None:
    for before, now in pairwise(states):
        if before in OPENED:
            assert now in OPENED


@given(walks)
def test_it_is_opened_and_closed_once(states: list[RoundState]) -> None:
    assert states.count(RoundState.OPEN) <= 1
    assert states.count(RoundState.CLOSED) <= 1
    assert RoundState.VOID not in states[:-1]


@given(walks)
def test_nothing_is_open_that_was_never_sent(states: list[RoundState]) -> None:
    """A due round opens only on a late word about an earlier sending, which the table cannot see."""
    for before, now in zip([None, *states], states, strict=False):
        if now is RoundState.OPEN:
            assert before in {RoundState.DUE, RoundState.SENDING, RoundState.UNKNOWN}


def test_every_state_is_reached_and_every_event_happens() -> None:
    assert {move.target for move in MOVES} == set(RoundState)
    assert {move.event for move in MOVES} == set(Event)
    assert {cause for move in MOVES for cause in move.causes} == set(Cause)


def test_an_event_leads_from_a_state_to_one_other() -> None:
    assert len({(move.source, move.event) for move in MOVES}) == len(MOVES)


@pytest.mark.parametrize("state", [*RoundState, None])
@pytest.mark.parametrize("event", Event)
def test_what_is_not_in_the_table_cannot_happen(state: RoundState | None, event: Event) -> None:
    listed = [move.target for move in MOVES if (move.source, move.event) == (state, event)]
    if listed:
        assert [after(state, event)] == listed
    else:
        with pytest.raises(IllegalMove, match=f"^a round that is {state or 'not written down'} cannot be {event}$"):
            after(state, event)


@pytest.mark.parametrize("target", [*RoundState, None])
@pytest.mark.parametrize("event", Event)
def test_an_event_finds_a_round_in_the_states_of_its_moves(event: Event, target: RoundState | None) -> None:
    moves = [move for move in MOVES if move.event is event and (target is None or move.target is target)]
    assert sources(event, target) == {move.source for move in moves if move.source is not None}


def test_only_a_member_manager_or_platform_proves_that_a_lost_post_is_there() -> None:
    (opened,) = [move for move in MOVES if (move.source, move.event) == (RoundState.UNKNOWN, Event.OPENED)]
    assert set(opened.causes) == {Cause.MEMBER, Cause.MANAGER, Cause.PLATFORM}
