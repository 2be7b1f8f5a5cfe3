"""Trouble a person can mend comes with a sentence; everything else as it is."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.domain.identifiers import CommunityId
from bot.ports.storage import StorageFault
from bot.storage import engine, faults
from bot.storage.faults import fault_of
from bot.storage.migrate import HEAD
from bot.storage.storage import Storage
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.storage.conftest import MIGRATIONS, NOW, ON_POSTGRES


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.0)


def opening(url: str) -> StorageFault:
    """The fault met when opening."""
    with pytest.raises(StorageFault) as met:
        Storage(url, MIGRATIONS).open(NOW)
    return met.value


def writing(url: str, work: Callable[[SqlUnitOfWork], object]) -> StorageFault:
    """The fault met when writing."""
    storage = Storage(url, MIGRATIONS)
    storage.open(NOW)
    try:
        with pytest.raises(StorageFault) as met:
            asyncio.run(storage.write(work))
    finally:
        storage.close()
    return met.value


def test_locked(sqlite_url: str) -> None:
    other = sqlite3.connect(str(engine.sqlite_file(sqlite_url)), isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    fault = opening(sqlite_url)
    other.close()
    assert isinstance(fault, faults.Locked)
    assert "is held by another program" in fault.sentence


def test_disk_full(sqlite_url: str) -> None:
    def fill(unit: SqlUnitOfWork) -> None:
        unit.transaction._connection.exec_driver_sql("PRAGMA max_page_count = 1")
        unit.chat_state.set("a", "x" * 1_000_000)

    fault = writing(sqlite_url, fill)
    assert isinstance(fault, faults.DiskFull)
    assert "no room left" in fault.sentence


def test_disk_full_takes_nothing_else_along(sqlite_url: str) -> None:
    async def call() -> None:
        await storage.remember("before", "1")
        pages = await storage.write(
            lambda unit: unit.transaction._connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        )
        await storage.write(
            lambda unit: unit.transaction._connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        )
        with pytest.raises(faults.DiskFull):
            await storage.remember("big", "x" * 1_000_000)
        await storage.remember("small", "2")
        assert await storage.remembered("before") == "1"
        assert await storage.remembered("small") == "2"
        assert await storage.remembered("big") is None

    storage = Storage(sqlite_url, MIGRATIONS)
    storage.open(NOW)
    asyncio.run(call())
    storage.close()


def test_read_only(sqlite_url: str) -> None:
    def write(unit: SqlUnitOfWork) -> None:
        unit.transaction._connection.exec_driver_sql("PRAGMA query_only = ON")
        unit.chat_state.set("a", "1")

    fault = writing(sqlite_url, write)
    assert isinstance(fault, faults.ReadOnly)
    assert "may not be written" in fault.sentence


def test_the_statements_of_answers_speak_the_same_words(sqlite_url: str) -> None:
    def write(unit: SqlUnitOfWork) -> None:
        unit.transaction._connection.exec_driver_sql("PRAGMA query_only = ON")
        unit.standings.add_week(1, 1, "2026-W10", 1, 1)  # type: ignore[arg-type]

    assert isinstance(writing(sqlite_url, write), faults.ReadOnly)


def test_not_a_database(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("These are my notes, not a database.\n" * 200)
    fault = opening(f"sqlite:///{path}")
    assert isinstance(fault, faults.Damaged)
    assert "notes.txt is damaged or is not a database. `studybot restore --database " in fault.sentence


def test_a_corrupt_database(sqlite_url: str) -> None:
    path = engine.sqlite_file(sqlite_url)
    assert path is not None
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    fault = opening(sqlite_url)
    assert isinstance(fault, faults.Damaged)
    assert "goes back to a backup" in fault.sentence


def test_a_database_of_something_else_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.close()
    before = path.read_bytes()
    fault = opening(f"sqlite:///{path}")
    assert isinstance(fault, faults.Damaged)
    assert "not one of Studybot's" in fault.sentence
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (1,)
    connection.close()
    assert len(path.read_bytes()) == len(before)


def test_a_newer_schema(url: str) -> None:
    made = engine.writing(url)
    with made.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    made.dispose()
    fault = opening(url)
    assert isinstance(fault, faults.NewerSchema)
    assert "newer Studybot (its schema is 9999" in fault.sentence
    assert HEAD in fault.sentence


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    fault = opening(f"sqlite:///{tmp_path}/nowhere/studybot.db")
    assert isinstance(fault, faults.NoFolder)
    assert f"There is no folder {tmp_path}/nowhere" in fault.sentence
    assert fault.needs_person


def test_a_server_that_is_not_there_keeps_the_password() -> None:
    fault = opening("postgresql://me:secret@127.0.0.1:1/studybot?connect_timeout=2")
    assert isinstance(fault, faults.CannotOpen)
    assert "could not be reached" in fault.sentence
    assert "secret" not in fault.sentence


@ON_POSTGRES
def test_a_database_the_server_does_not_have(postgres_url: str) -> None:
    gone = sa.make_url(postgres_url).set(database="gone").render_as_string(hide_password=False)
    assert isinstance(opening(gone), faults.CannotOpen)


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://x/y", "no url at all", ""])
def test_a_url_that_means_nothing_says_what_would(url: str) -> None:
    with pytest.raises(faults.CannotOpen, match=r"sqlite:///studybot\.db"):
        Storage(url, MIGRATIONS)


def test_everything_else_passes_unchanged(url: str) -> None:
    def orphan(unit: SqlUnitOfWork) -> None:
        unit.transaction._connection.exec_driver_sql("INSERT INTO answers VALUES (99, 1, 'a', 0, true)")

    storage = Storage(url, MIGRATIONS)
    storage.open(NOW)
    with pytest.raises(sa.exc.IntegrityError):
        asyncio.run(storage.write(orphan))
    storage.close()
    assert fault_of(ValueError("x"), "name") is None
    assert fault_of(sqlite3.IntegrityError("x"), "name") is None


def test_every_fault_has_a_sentence_with_a_name_and_a_way_on() -> None:
    for kind, sentence in faults._SENTENCES.items():
        assert kind.__doc__
        assert "{name}" in sentence
        assert sentence.count(".") >= 1


def test_what_goes_wrong_tells_no_log_who_it_was_about(url: str) -> None:
    """An error of ours is logged as it is; what was to be written is nobody's business there."""
    storage = Storage(url, MIGRATIONS)
    storage.open(NOW)
    try:
        with pytest.raises(sa.exc.IntegrityError) as met:
            asyncio.run(storage.write(lambda uow: uow.communities.add_delegate(CommunityId(4711), "somebody")))
    finally:
        storage.close()
    assert "somebody" not in str(met.value)
