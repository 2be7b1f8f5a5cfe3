"""Reads, on threads with connections that cannot write."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

import sqlalchemy as sa

from bot.storage.cache import Cache
from bot.storage.engine import Reconnecting
from bot.storage.faults import in_words_or_as_is
from bot.storage.jobs import Job, Line, deliver
from bot.storage.transaction import Transaction
from bot.storage.unit_of_work import SqlUnitOfWork

T = TypeVar("T")

_STOPPED = "The database was closed, so nothing was read. Start Studybot again."


class Readers:
    """Runs work on read-only connections."""

    def __init__(self, engine: sa.Engine, cache: Cache, name: str, threads: int) -> None:
        self._connections = Reconnecting(engine)
        self._cache = cache
        self._name = name
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
        """The next read; False with the last one. Nothing of it is held on to while waiting for another."""
        jobs, going = self._line.take(1)
        for job in jobs:
            # Nobody waits for one that was cancelled.
            if not job.future.cancelled():
                self._read(job)
        deliver(jobs)
        return going

    def _read(self, job: Job) -> None:
        try:
            with self._connections.connect() as connection:
                connection.begin()
                unit = SqlUnitOfWork(Transaction(connection, writing=False), self._cache)
                job.result = job.work(unit)
        except BaseException as error:
            job.error = in_words_or_as_is(error, self._name)
