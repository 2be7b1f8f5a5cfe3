"""An outage of the database: one line in the log when it begins, one when it is over, and everything works on."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
import pytest
import sqlalchemy as sa

from bot.ports.storage import StorageFault
from bot.replies.said import Refusal
from bot.storage import engine
from bot.storage.storage import Storage
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.storage.conftest import MIGRATIONS, NOW, on_server


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "HELD_SECONDS", 0.0)


@contextmanager
def down(url: str) -> Iterator[None]:
    """The database takes no writes: SQLite's is held by another program, PostgreSQL's takes no connections."""
    file = engine.sqlite_file(url)
    if file is not None:
        other = sqlite3.connect(file, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        yield
        other.close()
        return
    name = sa.make_url(url).database
    with psycopg.connect(on_server(url, "postgres"), autocommit=True) as server:
        server.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        try:
            server.execute(f"SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity WHERE datname = '{name}'")
            yield
        finally:
            server.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")


@pytest.fixture
def storage(url: str) -> Iterator[Storage]:
    made = Storage(url, MIGRATIONS)
    made.open(NOW)
    yield made
    made.close()


def test_an_outage_is_said_once_and_ends_with_the_first_write(
    storage: Storage, url: str, caplog: pytest.LogCaptureFixture
) -> None:
    async def live() -> None:
        await storage.remember("before", "1")
        with down(url):
            met = [await fault_of(storage.remember("meanwhile", str(number))) for number in range(5)]
        assert len({fault.reference for fault in met}) == 1
        assert met[0].reference
        await storage.remember("after", "2")
        assert await storage.remembered("after") == "2"
        assert await storage.remembered("meanwhile") is None

    caplog.set_level(logging.INFO, logger="bot")
    asyncio.run(live())
    said = [(record.levelno, record.getMessage()) for record in caplog.records if record.name.startswith("bot")]
    assert [level for level, _ in said] == [logging.ERROR, logging.WARNING], said
    assert said[0][1].startswith("The database ")
    assert "works again, after 0 s" in said[1][1]


def test_a_refusal_is_no_outage_and_ends_one(storage: Storage, url: str, caplog: pytest.LogCaptureFixture) -> None:
    def refuse(unit: SqlUnitOfWork) -> None:
        raise Refusal("No.")

    async def live() -> None:
        with down(url):
            await fault_of(storage.remember("meanwhile", "1"))
        with pytest.raises(Refusal):
            await storage.write(refuse)

    caplog.set_level(logging.WARNING, logger="bot")
    asyncio.run(live())
    assert "works again" in caplog.records[-1].getMessage()


def test_what_writes_nothing_says_nothing_about_a_full_disk(sqlite_url: str, caplog: pytest.LogCaptureFixture) -> None:
    """The loops come by every few seconds with nothing to write."""

    def room(pages: int) -> Callable[[SqlUnitOfWork], object]:
        return lambda unit: unit.transaction._connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    async def live() -> None:
        await kept.write(room(1))
        references = set()
        for number in range(3):
            references.add((await fault_of(kept.remember(str(number), "x" * 1_000_000))).reference)
            await kept.write(lambda unit: unit.tracks.every())
        assert len(references) == 1
        await kept.write(room(1_000_000))
        await kept.remember("after", "1")

    kept = Storage(sqlite_url, MIGRATIONS)
    kept.open(NOW)
    caplog.set_level(logging.WARNING, logger="bot")
    try:
        asyncio.run(live())
    finally:
        kept.close()
    assert [record.levelno for record in caplog.records] == [logging.ERROR, logging.WARNING]


def test_the_password_is_not_in_the_line(caplog: pytest.LogCaptureFixture) -> None:
    from bot.storage.faults import CannotOpen
    from bot.storage.outage import Outage

    fault = CannotOpen("The database postgresql://me@host/x could not be opened.")
    fault.__cause__ = psycopg.OperationalError("connection to server failed\nsecond line")
    Outage("x").met(fault, "write")
    assert "(connection to server failed)" in caplog.text
    assert "second line" not in caplog.text


async def fault_of(running: object) -> StorageFault:
    with pytest.raises(StorageFault) as met:
        await running  # type: ignore[misc]
    return met.value


@pytest.mark.parametrize("fails", ["rollback", "begin"])
def test_a_writer_whose_connection_is_lost_takes_another(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch, fails: str
) -> None:
    """After an error of the disk, undoing may fail as well."""
    broken: list[str] = []

    def break_once(connection: sa.Connection) -> None:
        if not broken:
            broken.append(fails)
            error = sqlite3.OperationalError("disk I/O error")
            error.sqlite_errorcode = sqlite3.SQLITE_IOERR_WRITE
            raise sa.exc.OperationalError("", {}, error)

    def fail(unit: SqlUnitOfWork) -> None:
        raise ArithmeticError

    async def live() -> None:
        storage = Storage(sqlite_url, MIGRATIONS, on_death=deaths.append)
        storage.open(NOW)
        try:
            await storage.remember("before", "1")
            sa.event.listen(storage._engines[0], fails, break_once)
            with pytest.raises((ArithmeticError, StorageFault)):
                await storage.write(fail)
            await storage.remember("after", "1")
            assert await storage.remembered("after") == "1"
        finally:
            storage.close()

    deaths: list[BaseException] = []
    asyncio.run(live())
    assert broken
    assert deaths == []
