"""The one writer thread of a SQLite file: groups waiting calls into one transaction, answers after commit.

A group costs one wait for the disk instead of one per call, which is what most of a durable write is.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import TypeVar

import sqlalchemy as sa

from bot.replies.said import Refusal
from bot.storage.cache import Cache
from bot.storage.faults import Stopped, in_words_or_as_is
from bot.storage.jobs import Job, Line, deliver
from bot.storage.transaction import Transaction
from bot.storage.unit_of_work import SqlUnitOfWork

T = TypeVar("T")
OnDeath = Callable[[BaseException], None]

log = logging.getLogger(__name__)

GROUP = 64
CHECKPOINT_WAIT_MS = 250
"""How long the writer waits for a reader, such as a backup, before it tries again after the next transaction."""
_STOPPED = "The database was closed, so nothing was written. Start Studybot again and repeat what you did."


class Writer:
    """Runs work in transactions on a thread of its own, in the order it comes."""

    def __init__(
        self,
        engine: sa.Engine,
        cache: Cache,
        name: str,
        on_death: OnDeath,
        group: int = GROUP,
        look: Callable[[], None] = lambda: None,
    ) -> None:
        """``look`` raises what speaks against writing now."""
        self._engine = engine
        self._cache = cache
        self._name = name
        self._on_death = on_death
        self._group = group
        self._look = look
        self._line = Line(_STOPPED)
        self._thread = threading.Thread(target=self._live, name="storage-writer", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    async def run(self, work: Callable[[SqlUnitOfWork], T]) -> tuple[T, bool]:
        """The work's result and whether it wrote anything, after its commit.

        Work handed over is done even if its caller is cancelled.
        """
        job = Job.here(work)
        self._line.put(job)
        return await job.future, job.wrote

    def stop(self) -> None:
        """Do what is waiting, then end."""
        self._line.close()
        if self._thread.is_alive():
            self._thread.join()

    def _live(self) -> None:
        jobs: list[Job] = []
        try:
            with self._engine.connect() as connection:
                transaction = Transaction(connection, writing=True)
                unit = SqlUnitOfWork(transaction, self._cache)
                going = True
                while going:
                    jobs, going = self._line.take(self._group)
                    if jobs:
                        self._run_group(jobs, connection, transaction, unit)
                        deliver(jobs)
                        jobs = []
        except BaseException as death:
            self._die(jobs, death)

    def _run_group(
        self, jobs: list[Job], connection: sa.Connection, transaction: Transaction, unit: SqlUnitOfWork
    ) -> None:
        """Run jobs in one transaction; where one fails, all is taken back and each runs alone."""
        try:
            self._look()
            connection.begin()
        except Exception as error:
            self._roll_back(connection, transaction)
            self._fail(jobs, error)
            return
        for job in jobs:
            writes = transaction.writes
            try:
                job.result = job.work(unit)
                job.wrote = transaction.writes > writes
            except Exception as error:
                refused = isinstance(error, Refusal) and transaction.writes == writes
                if isinstance(error, Refusal) and not refused:
                    log.error("refused after writing, which is taken back: %s", error.sentence)
                job.error = error if refused else in_words_or_as_is(error, self._name)
                if refused:
                    continue
                self._roll_back(connection, transaction)
                if len(jobs) > 1:
                    self._run_each_alone(jobs, connection, transaction, unit)
                return
        try:
            connection.commit()
        except Exception as error:
            self._roll_back(connection, transaction)
            self._fail(jobs, error)
        else:
            transaction.committed()
            if transaction.log_to_empty:
                transaction.log_to_empty = not empty_log(connection)

    def _run_each_alone(
        self, jobs: list[Job], connection: sa.Connection, transaction: Transaction, unit: SqlUnitOfWork
    ) -> None:
        for job in jobs:
            job.result = job.error = None
            self._run_group([job], connection, transaction, unit)

    def _roll_back(self, connection: sa.Connection, transaction: Transaction) -> None:
        transaction.rolled_back()
        try:
            connection.rollback()
            # After a COMMIT that failed SQLAlchemy takes the transaction for ended, and SQLite does not.
            connection.connection.rollback()
        except Exception:
            # A disk that fails may fail this too. SQLite undoes what is left as the next connection opens the file.
            connection.invalidate()

    def _fail(self, jobs: list[Job], error: Exception) -> None:
        for job in jobs:
            job.error = in_words_or_as_is(error, self._name)

    def _die(self, jobs: list[Job], death: BaseException) -> None:
        jobs += self._line.rest()
        for job in jobs:
            job.error = Stopped(_STOPPED)
            job.error.__cause__ = death
        deliver(jobs)
        self._on_death(death)


def empty_log(connection: sa.Connection) -> bool:
    """Write SQLite's log back into the database and empty it; False if another connection was reading it.

    It still has the pages as they were before a deletion; in the database ``PRAGMA secure_delete`` overwrites them.
    """
    driver = connection.connection.driver_connection
    assert driver is not None
    patience = int(driver.execute("PRAGMA busy_timeout").fetchone()[0])
    driver.execute(f"PRAGMA busy_timeout = {CHECKPOINT_WAIT_MS}").close()
    try:
        busy, _, _ = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except Exception:
        # The deletion itself is committed, so its caller must not see this fail.
        log.exception("emptying the database's log failed")
        return False
    finally:
        driver.execute(f"PRAGMA busy_timeout = {patience}").close()
    return not busy
