"""The one writer thread of a SQLite file: groups waiting calls into one transaction, answers after commit.

A group costs one wait for the disk instead of one per call, which is what most of a durable write is.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

import sqlalchemy as sa

from bot.replies.said import Refusal
from bot.storage.faults import WriterStopped, fault_of
from bot.storage.questions import KnownQuestions
from bot.storage.transaction import Transaction
from bot.storage.unit_of_work import SqlUnitOfWork

T = TypeVar("T")
Work = Callable[[SqlUnitOfWork], Any]
OnDeath = Callable[[BaseException], None]

log = logging.getLogger(__name__)

GROUP = 64
_STOPPED = "The database was closed, so nothing was written. Start Studybot again and repeat what you did."


@dataclass(slots=True)
class _Job:
    work: Work
    future: asyncio.Future[Any]
    loop: asyncio.AbstractEventLoop
    result: Any = None
    error: Exception | None = None

    def deliver(self) -> None:
        """Answer the caller, who may have left."""
        if self.future.done():
            return
        if self.error is None:
            self.future.set_result(self.result)
        else:
            self.future.set_exception(self.error)


class Writer:
    """Runs work in transactions on a thread of its own, in the order it comes."""

    def __init__(
        self, engine: sa.Engine, known: KnownQuestions, name: str, on_death: OnDeath, group: int = GROUP
    ) -> None:
        self._engine = engine
        self._known = known
        self._name = name
        self._on_death = on_death
        self._group = group
        self._queue: SimpleQueue[_Job | None] = SimpleQueue()
        self._gate = threading.Lock()
        self._stopped = False
        self._thread = threading.Thread(target=self._live, name="storage-writer", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    async def run(self, work: Callable[[SqlUnitOfWork], T]) -> T:
        """The work's result, after its commit. Work handed over is done even if its caller is cancelled."""
        loop = asyncio.get_running_loop()
        job = _Job(work, loop.create_future(), loop)
        with self._gate:
            if self._stopped:
                raise WriterStopped(_STOPPED)
            self._queue.put(job)
        result: T = await job.future
        return result

    def stop(self) -> None:
        """Do what is waiting, then end."""
        with self._gate:
            if not self._stopped:
                self._stopped = True
                self._queue.put(None)
        if self._thread.is_alive():
            self._thread.join()

    def _live(self) -> None:
        jobs: list[_Job] = []
        try:
            with self._engine.connect() as connection:
                transaction = Transaction(connection, writing=True)
                unit = SqlUnitOfWork(transaction, self._known)
                going = True
                while going:
                    jobs, going = self._waiting()
                    if jobs:
                        self._run_group(jobs, connection, transaction, unit)
                        self._deliver(jobs)
                        jobs = []
        except BaseException as death:
            self._die(jobs, death)

    def _waiting(self) -> tuple[list[_Job], bool]:
        """The next group, waiting for its first call only; False with the last one."""
        jobs: list[_Job] = []
        job = self._queue.get()
        try:
            while job is not None:
                jobs.append(job)
                if len(jobs) == self._group:
                    return jobs, True
                job = self._queue.get_nowait()
        except Empty:
            return jobs, True
        return jobs, False

    def _run_group(
        self, jobs: list[_Job], connection: sa.Connection, transaction: Transaction, unit: SqlUnitOfWork
    ) -> None:
        try:
            connection.begin()
        except Exception as error:
            self._fail(jobs, error)
            return
        for job in jobs:
            writes = transaction.writes
            try:
                job.result = job.work(unit)
            except Exception as error:
                refused = isinstance(error, Refusal) and transaction.writes == writes
                if isinstance(error, Refusal) and not refused:
                    log.error("refused after writing, which is taken back: %s", error.sentence)
                job.error = error if refused else self._in_words(error)
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

    def _run_each_alone(
        self, jobs: list[_Job], connection: sa.Connection, transaction: Transaction, unit: SqlUnitOfWork
    ) -> None:
        for job in jobs:
            job.result = job.error = None
            self._run_group([job], connection, transaction, unit)

    def _roll_back(self, connection: sa.Connection, transaction: Transaction) -> None:
        transaction.rolled_back()
        connection.rollback()
        # After a COMMIT that failed SQLAlchemy takes the transaction for ended, and SQLite does not.
        connection.connection.rollback()

    def _fail(self, jobs: list[_Job], error: Exception) -> None:
        for job in jobs:
            job.error = self._in_words(error)

    def _in_words(self, error: Exception) -> Exception:
        fault = fault_of(error, self._name)
        if fault is not None:
            fault.__cause__ = error
        return fault or error

    def _deliver(self, jobs: list[_Job]) -> None:
        # One wake-up of each loop for the whole group: there is but one loop outside of tests.
        for loop in {job.loop for job in jobs}:
            theirs = [job for job in jobs if job.loop is loop]
            try:
                loop.call_soon_threadsafe(_deliver_all, theirs)
            except RuntimeError:
                # The loop was closed: nobody waits any more.
                continue

    def _die(self, jobs: list[_Job], death: BaseException) -> None:
        with self._gate:
            self._stopped = True
        while not self._queue.empty():
            job = self._queue.get()
            if job is not None:
                jobs.append(job)
        for job in jobs:
            job.error = WriterStopped(_STOPPED)
            job.error.__cause__ = death
        self._deliver(jobs)
        self._on_death(death)


def _deliver_all(jobs: list[_Job]) -> None:
    for job in jobs:
        job.deliver()
