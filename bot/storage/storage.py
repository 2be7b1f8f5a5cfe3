"""The database as the rest of Studybot holds it: open, write, read, close."""

from __future__ import annotations

import logging
import os
import shlex
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import sqlalchemy as sa

from bot.ports.storage import StorageFault, Transact
from bot.storage import engine, migrate
from bot.storage.backup import rescue
from bot.storage.cache import Cache
from bot.storage.faults import CannotOpen, Displaced, in_words
from bot.storage.lock import FileLock
from bot.storage.outage import Outage
from bot.storage.pool_writer import PoolWriter
from bot.storage.readers import Readers
from bot.storage.transaction import Transaction
from bot.storage.unit_of_work import SqlUnitOfWork
from bot.storage.whole_file import disk_in_words
from bot.storage.writer import OnDeath, Writer
from bot.storage.wrong_file import refuse_empty, renew

T = TypeVar("T")

log = logging.getLogger(__name__)


def look(url: str, work: Callable[[SqlUnitOfWork], T]) -> T | None:
    """Read once, beside a bot that may be running; None if the database is not there or not up to date."""
    if migrate.current(url) != migrate.HEAD:
        return None
    reading = engine.reading(url)
    try:
        with in_words(engine.spoken_name(url)), reading.connect() as connection, connection.begin():
            return work(SqlUnitOfWork(Transaction(connection, writing=False), Cache()))
    finally:
        reading.dispose()


def _passed_over(death: BaseException) -> None:
    """For those with no process to end."""


def _private(file: Path) -> None:
    """Make a file that is not there yet, for its owner alone; SQLite gives the files beside it the same rights."""
    with disk_in_words(file), suppress(FileExistsError):
        os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))


def _displaced(name: str) -> str:
    return f"{name} was deleted, moved, replaced or emptied while Studybot worked on it, so nothing more is written."


class Storage(Transact):
    """A database, brought up to date as it is opened."""

    def __init__(self, url: str, migrations: Path, on_death: OnDeath = _passed_over) -> None:
        """``on_death`` is called once, on the writer's thread, if that dies; the process should then end."""
        self._url = url
        self._migrations = migrations
        self._on_death = on_death
        self._file = engine.sqlite_file(url)
        self._lock = FileLock(self._file) if self._file else None
        self.name = engine.spoken_name(url)
        self._outage = Outage(self.name)
        self._engines: tuple[sa.Engine, ...] = ()
        self._writer: Writer | PoolWriter | None = None
        self._readers: Readers | None = None

    def open(self, now: datetime) -> None:
        """Take the database, bring its schema up to date, backing it up before, and begin to work."""
        if self._file is not None:
            refuse_empty(self._file)
        if self._lock is not None:
            self._lock.acquire()
        try:
            if self._file is not None and self._lock is not None:
                _private(self._file)
                self._lock.hold_file()
            with in_words(self.name):
                migrate.upgrade(self._url, self._migrations, now=now)
                self._begin()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Finish what is waiting and let go of the database."""
        if self._writer is not None:
            self._writer.stop()
        if self._readers is not None:
            self._readers.stop()
        for each in self._engines:
            each.dispose()
        self._engines = ()
        if self._lock is not None:
            self._lock.release()

    async def write(self, work: Callable[[SqlUnitOfWork], T]) -> T:
        if self._writer is None:
            raise CannotOpen(f"The database {self.name} is not open.")
        with self._outage.noticed("write"):
            result, wrote = await self._writer.run(work)
        self._outage.answered("write", wrote=wrote)
        return result

    async def read(self, work: Callable[[SqlUnitOfWork], T]) -> T:
        if self._readers is None:
            raise CannotOpen(f"The database {self.name} is not open.")
        with self._outage.noticed("read"):
            result = await self._readers.run(work)
        self._outage.answered("read")
        return result

    async def displaced(self, now: datetime) -> str | None:
        """Rescue everything kept, and return what to say, if the file was deleted, moved or replaced."""
        if self._file is None or self._lock is None or not self._lock.displaced():
            return None
        target = self._file.with_name(f"{self._file.name}.set-aside-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}-rescued")
        try:
            await self.read(lambda unit: rescue(unit.transaction, target))
        except (StorageFault, OSError, sqlite3.Error):
            log.exception("rescuing what was kept in %s failed", self.name)
            return f"{_displaced(self.name)} It could not be rescued; restore a backup."
        command = shlex.join(["studybot", "restore", "--database", str(self._file), str(target)])
        return f"{_displaced(self.name)} Everything kept until then was saved as {target}; `{command}` puts it back."

    def _refuse_displaced(self) -> None:
        if self._lock is not None and self._lock.displaced():
            raise Displaced(_displaced(self.name))

    async def remembered(self, name: str) -> str | None:
        """Read what a face keeps under a name."""
        return await self.read(lambda unit: unit.chat_state.get(name))

    async def remember(self, name: str, value: str) -> None:
        """Keep something for a face under a name."""
        await self.write(lambda unit: unit.chat_state.set(name, value))

    def _begin(self) -> None:
        if self._file is not None:
            renew(self._file, engine.BUSY_SECONDS)
        cache = Cache()
        writing, reading = engine.writing(self._url), engine.reading(self._url)
        self._engines = (writing, reading)
        # Trouble shows here, where someone waits for it, and not first on a thread.
        with writing.connect() as connection, connection.begin():
            pass
        threads = engine.READERS if self._file is None else engine.SQLITE_READERS
        self._readers = Readers(reading, cache, self.name, threads)
        if self._file is None:
            self._writer = PoolWriter(writing, cache, self.name, engine.WRITERS)
            return
        writer = Writer(writing, cache, self.name, self._on_death, look=self._refuse_displaced)
        writer.start()
        self._writer = writer
