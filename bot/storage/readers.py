"""Reads, on threads with connections that cannot write.

On SQLite, what waits at the same time is read together, from one view of the database: taking a connection, beginning
and waking the event loop cost as much as a small read.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

import sqlalchemy as sa

from bot.storage.engine import Reconnecting
from bot.storage.faults import in_words_or_as_is
from bot.storage.jobs import Job, Line, deliver
from bot.storage.known import Known
from bot.storage.transaction import Transaction
from bot.storage.unit_of_work import SqlUnitOfWork

T = TypeVar("T")

GROUP = 16
PATIENCE = 0.005
"""Seconds after which what is read is told, between two reads of a group; even the longest takes under twenty ms."""
_STOPPED = "The database was closed, so nothing was read. Start Studybot again."


class Readers:
    """Runs work on read-only connections."""

    def __init__(self, engine: sa.Engine, known: Known, name: str, threads: int) -> None:
        self._connections = Reconnecting(engine)
        self._known = known
        self._name = name
        # After an error PostgreSQL answers nothing more in the same transaction.
        self._group = GROUP if engine.dialect.name == "sqlite" else 1
        self._line = Line(_STOPPED)
        self._threads = [
            threading.Thread(target=self._live, name=f"storage-reader-{number}", daemon=True)
            for number in range(threads)
        ]
        for thread in self._threads:
            thread.start()

    async def run(self, work: Callable[[SqlUnitOfWork], T]) -> T:
        """The work's result, from one view of the database."""
        job = Job.here(work)
        self._line.put(job)
        result: T = await job.future
        return result

    def stop(self) -> None:
        """Finish what is being read, then end."""
        self._line.close(len(self._threads))
        for thread in self._threads:
            thread.join()

    def _live(self) -> None:
        going = True
        while going:
            going = self._serve()

    def _serve(self) -> bool:
        """The next group; False with the last one. Nothing of it is held on to while waiting for another."""
        jobs, going = self._line.take(self._group)
        for done in self._read(jobs):
            deliver(done)
        return going

    def _read(self, jobs: list[Job]) -> Iterator[list[Job]]:
        """The jobs as they are done, some at a time; those whose callers have left are passed over."""
        if not jobs:
            return
        told = 0
        since = time.monotonic()
        try:
            with self._connections.connect() as connection:
                connection.begin()
                unit = SqlUnitOfWork(Transaction(connection, writing=False), self._known)
                for done, job in enumerate(jobs, start=1):
                    if not job.future.cancelled():
                        self._run(job, unit)
                    if time.monotonic() - since > PATIENCE:
                        yield jobs[told:done]
                        told, since = done, time.monotonic()
        except Exception as error:
            for job in jobs[told:]:
                job.error = in_words_or_as_is(error, self._name)
        yield jobs[told:]

    def _run(self, job: Job, unit: SqlUnitOfWork) -> None:
        try:
            job.result = job.work(unit)
        except BaseException as error:
            job.error = in_words_or_as_is(error, self._name)
