"""Statements on the path of every press run on the driver itself, and give what SQLAlchemy would give."""

from __future__ import annotations

from functools import partial

import pytest
import sqlalchemy as sa

from bot.domain.community import Platform
from bot.domain.round import Round
from bot.storage import prepared
from bot.storage.prepared import Prepared
from bot.storage.tables import rounds
from bot.storage.transaction import Transaction
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.storage.conftest import Database
from tests.storage.world import opened, press, track

OPENED = sa.select(rounds.c.id, rounds.c.local_date, rounds.c.excused, rounds.c.posted_at, rounds.c.closed_at).where(
    rounds.c.posted_at <= sa.bindparam("now", type_=rounds.c.posted_at.type),
    rounds.c.excused == sa.bindparam("excused"),
)


def test_times_dates_and_booleans_go_in_and_come_out_as_such(database: Database) -> None:
    round = database.write(lambda unit: opened(unit, track(unit), 1))
    with database.connect() as connection:
        transaction = Transaction(connection, writing=False)
        for statement in (OPENED, Prepared(OPENED)):
            found = [tuple(row) for row in transaction.rows(statement, now=round.posted_at, excused=False)]
            assert found == [(round.id, round.local_date, False, round.posted_at, None)]
            assert transaction.rows(statement, now=round.posted_at, excused=True) == []


def test_a_value_that_is_missing_is_an_error(database: Database) -> None:
    with database.connect() as connection, pytest.raises(KeyError):
        Transaction(connection, writing=False).rows(Prepared(OPENED), excused=False)


def test_an_answer_goes_past_sqlalchemys_execution(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without that, an answer takes half as much time again."""
    of = database.write(track)
    first, second = (database.write(partial(opened, of=of, number=number)) for number in (1, 2))

    def answer(unit: SqlUnitOfWork, to: Round) -> None:
        unit.members.known(Platform.DISCORD, "G1", "ann")
        unit.rounds.here(to.id, Platform.DISCORD, "G1")
        press(unit, to, "ann")

    database.write(partial(answer, to=first))
    executed: list[str] = []
    compiled: list[object] = []
    monkeypatch.setattr(prepared._Compiled, "__init__", lambda *given: compiled.append(given))
    database.listen("before_cursor_execute", lambda _connection, _cursor, statement, *_: executed.append(statement))
    database.write(partial(answer, to=second))
    assert ([each for each in executed if not each.startswith("BEGIN")], compiled) == ([], [])
