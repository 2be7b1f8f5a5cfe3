"""Many things in one transaction: one that fails is taken back alone, and what concerns everyone is not its fault."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Callable

import pytest

from bot import kit
from bot.kit import Troubles
from bot.ports.storage import Each, StorageFault
from bot.storage.faults import DiskFull
from bot.storage.storage import Storage
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.storage.conftest import MIGRATIONS, NOW

NAMES = ("a", "b", "c")
Fail = Callable[[SqlUnitOfWork, str], object]


def full() -> Exception:
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorcode = sqlite3.SQLITE_FULL
    return error


def trying(url: str, fail: Fail) -> tuple[Each[str], list[str], dict[str, str | None]]:
    """Try to keep each name; return what came of it, which were given up, and what is kept after all."""
    given_up: list[str] = []

    def keep(unit: SqlUnitOfWork, name: str) -> str:
        unit.chat_state.set(name, "kept")
        unit.transaction.when_committed(lambda: done.append(name))
        fail(unit, name)
        return name

    def work(unit: SqlUnitOfWork) -> Each[str]:
        given_up.clear()
        return unit.for_each(
            NAMES,
            lambda name: keep(unit, name),
            lambda name, reference: given_up.append(f"{name} {len(reference)}"),
            lambda name: f"keeping {name}",
        )

    async def run() -> tuple[Each[str], dict[str, str | None]]:
        came = await storage.write(work)
        return came, {name: await storage.remembered(name) for name in NAMES}

    done: list[str] = []
    storage = Storage(url, MIGRATIONS)
    storage.open(NOW)
    try:
        came, kept = asyncio.run(run())
    finally:
        storage.close()
    assert done == list(came.results)
    return came, given_up, kept


def of_our_own(_: SqlUnitOfWork, name: str) -> None:
    if name == "b":
        raise ValueError(name)


def of_the_database(unit: SqlUnitOfWork, name: str) -> None:
    if name == "b":
        unit.transaction._connection.exec_driver_sql("INSERT INTO heartbeats (platform) VALUES (NULL)")


@pytest.mark.parametrize("fail", [of_our_own, of_the_database])
def test_one_that_fails_is_taken_back_alone(url: str, fail: Fail, caplog: pytest.LogCaptureFixture) -> None:
    came, given_up, kept = trying(url, fail)
    assert came == Each(("a", "c"))
    assert given_up == ["b 6"]
    assert kept == {"a": "kept", "b": None, "c": "kept"}
    (line,) = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert "in keeping b; everything else goes on" in line.getMessage()


def test_what_concerns_everyone_takes_the_whole_along(url: str) -> None:
    def fail(_: SqlUnitOfWork, name: str) -> None:
        if name == "b":
            raise full()

    with pytest.raises(DiskFull):
        trying(url, fail)


def test_what_cannot_be_given_up_is_counted(url: str) -> None:
    def work(unit: SqlUnitOfWork) -> Each[str]:
        def fail(name: str, *_: str) -> str:
            if name == "b":
                raise ValueError(name)
            return name

        return unit.for_each(NAMES, fail, fail, str)

    storage = Storage(url, MIGRATIONS)
    storage.open(NOW)
    try:
        assert asyncio.run(storage.write(work)) == Each(("a", "c"), stuck=1)
    finally:
        storage.close()
    assert issubclass(DiskFull, StorageFault)


def test_the_same_trouble_is_logged_once_an_hour(caplog: pytest.LogCaptureFixture) -> None:
    now = 0.0
    noted = Troubles(lambda: now)
    first = noted.noted("keeping b", ValueError())
    now = kit.SAID_AGAIN_AFTER - 1
    assert noted.noted("keeping b", ValueError()) == first
    assert noted.noted("keeping c", ValueError()) != first
    now = kit.SAID_AGAIN_AFTER
    assert noted.noted("keeping b", ValueError()) != first
    assert len(caplog.records) == 3
