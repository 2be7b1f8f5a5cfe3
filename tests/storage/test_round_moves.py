"""A move that the table of a round's life does not have cannot be written, whoever asks for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.domain.identifiers import MessageRef
from bot.domain.round import Round, RoundState
from bot.domain.round_life import MOVES, Event, IllegalMove
from bot.domain.track import Track
from bot.storage.tables import rounds
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.storage.conftest import Database
from tests.storage.world import A, B, C, D, at, claimed, due_round, got, opened, question, track

Ask = Callable[[SqlUnitOfWork, Round, Track], object]
LEASE = at(5) + timedelta(minutes=1)
ASKED: Mapping[Event, Ask] = {
    Event.TAKEN: lambda unit, round, _: unit.outbox.claim(round.id, question(), (D, B, A, C), False, at(5), LEASE),
    Event.TAKEN_AGAIN: lambda unit, round, _: unit.outbox.reclaim(round, at(5), LEASE),
    Event.PUT_OFF: lambda unit, round, _: unit.outbox.put_off(round.id, at(5)),
    Event.OPENED: lambda unit, round, on: unit.rounds.open(round, on, MessageRef("m"), at(5)),
    Event.REFUSED: lambda unit, round, _: unit.outbox.end(round.id, Event.REFUSED, at(5)),
    Event.LOST: lambda unit, round, _: unit.outbox.end(round.id, Event.LOST, at(5)),
    Event.GIVEN_UP: lambda unit, round, _: unit.outbox.end(round.id, Event.GIVEN_UP, at(5)),
    Event.REVIVED: lambda unit, round, _: unit.outbox.revive(round.id, at(5), choose_again=False),
    Event.CLOSED: lambda unit, round, _: unit.rounds.close(round.id, at(5), False),
    Event.WITHDRAWN: lambda unit, round, _: unit.rounds.void(round.id, at(5)),
    Event.SET_ASIDE: lambda unit, round, _: unit.rounds.set_aside(round.id, at(5), reveal=False),
}
WAS_OPENED = {RoundState.OPEN, RoundState.CLOSED, RoundState.VOID}


def in_state(unit: SqlUnitOfWork, on: Track, state: RoundState) -> Round:
    """A round with what one in that state has, whichever way it came there."""
    made = opened(unit, on, 1) if state in WAS_OPENED else claimed(unit, on, 1)
    if state is RoundState.DUE:
        made = due_round(unit, on, 2)
    unit.transaction.change(sa.update(rounds).where(rounds.c.id == made.id).values(state=state.value))
    return got(unit, made.id)


@pytest.mark.parametrize("state", RoundState)
@pytest.mark.parametrize("event", ASKED)
def test_only_moves_of_the_table_are_written(database: Database, state: RoundState, event: Event) -> None:
    if event is Event.TAKEN_AGAIN and state is RoundState.DUE:
        event = Event.TAKEN  # a due round whose question is fixed is taken by the same call
    targets = [move.target for move in MOVES if (move.source, move.event) == (state, event)]

    def work(unit: SqlUnitOfWork) -> None:
        on = track(unit)
        round = in_state(unit, on, state)
        if targets:
            ASKED[event](unit, round, on)
            assert [got(unit, round.id).state] == targets
        elif event is Event.OPENED and state in WAS_OPENED:
            assert unit.rounds.open(round, on, MessageRef("m"), at(5)) == round  # told twice
        else:
            with pytest.raises(IllegalMove):
                ASKED[event](unit, round, on)
            assert got(unit, round.id) == round

    database.write(work)


def test_every_event_has_its_call() -> None:
    assert set(ASKED) | {Event.FELL_DUE, Event.MISSED} == set(Event)
