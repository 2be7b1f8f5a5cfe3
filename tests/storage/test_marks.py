"""Answering an open round again after deleting one's data never counts, and nothing kept leads to the person."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from bot.domain.identifiers import RoundId
from bot.storage import tables
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.storage.conftest import Database
from tests.storage.world import at, closed, opened, press, track


def _answered_and_forgotten(database: Database) -> RoundId:
    def live(unit: SqlUnitOfWork) -> RoundId:
        on = track(unit)
        press(unit, closed(unit, on, 0), "ann")
        round = opened(unit, on, 1)
        unit.personal_data.forget(press(unit, round, "ann"))
        press(unit, round, "bob")
        return round.id

    return database.write(live)


def _kept(database: Database) -> tuple[list[str], list[str]]:
    with database.connect() as connection:
        keys = connection.execute(sa.select(tables.rounds.c.mark_key)).scalars()
        found = connection.execute(sa.select(tables.marks.c.mark)).scalars()
        return [key for key in keys if key], list(found)


def test_the_open_round_knows_them_and_no_other(database: Database) -> None:
    round = _answered_and_forgotten(database)

    def look(unit: SqlUnitOfWork) -> None:
        assert unit.answers.marked(round, "ann")
        assert not unit.answers.marked(round, "bob")
        assert not unit.answers.marked(RoundId(round - 1), "ann"), (
            "a closed round takes no answers, so it needs no mark"
        )
        assert not unit.answers.marked(RoundId(99), "ann")

    database.read(look)


def test_a_mark_does_not_say_whose_it_is_and_no_two_rounds_give_the_same(database: Database) -> None:
    def live(unit: SqlUnitOfWork) -> None:
        for number in range(2):
            unit.personal_data.forget(press(unit, opened(unit, track(unit), number), "ann"))

    database.write(live)
    keys, marks = _kept(database)
    assert len(set(keys)) == len(set(marks)) == 2
    assert all(len(key) == len(mark) == 64 for key, mark in zip(keys, marks, strict=True))


def test_being_forgotten_twice_leaves_one_key_and_one_mark(database: Database) -> None:
    round = _answered_and_forgotten(database)
    keys, marks = _kept(database)

    def again(unit: SqlUnitOfWork) -> None:
        on = unit.rounds.get(round)
        assert on is not None
        unit.personal_data.forget(press(unit, on, "ann"))
        unit.personal_data.forget(press(unit, on, "bob"))
        assert unit.answers.marked(round, "ann")
        assert unit.answers.marked(round, "bob")

    database.write(again)
    assert _kept(database)[0] == keys
    assert set(marks) < set(_kept(database)[1])


@pytest.mark.parametrize("end", ["close", "void"])
def test_the_key_is_destroyed_when_the_round_is_over(database: Database, end: str) -> None:
    round = _answered_and_forgotten(database)

    def over(unit: SqlUnitOfWork) -> None:
        if end == "close":
            unit.rounds.close(round, at(2), excused=False)
        else:
            unit.rounds.void(round, at(2))

    database.write(over)
    assert _kept(database) == ([], [])
    assert not database.read(lambda unit: unit.answers.marked(round, "ann"))
