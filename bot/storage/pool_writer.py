"""Writes to PostgreSQL: a few threads, one transaction per call; the server groups commits by itself."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import sqlalchemy as sa

from bot.storage.cache import Cache
from bot.storage.engine import Reconnecting
from bot.storage.faults import Stopped, in_words
from bot.storage.transaction import Transaction
from bot.storage.unit_of_work import SqlUnitOfWork

T = TypeVar("T")

TRIES = 4
# Two transactions in each other's way, of which the server ended one: running it again is all it takes, once the other
# has what it waits for. At once, it may take the same row before the other wakes up, and both wait as before.
STAND_BACK = 0.05
_IN_EACH_OTHERS_WAY = ("40001", "40P01")


class PoolWriter:
    """Runs work in transactions on a few threads."""

    def __init__(self, connections: sa.Engine, cache: Cache, name: str, threads: int) -> None:
        self._connections = Reconnecting(connections)
        self._cache = cache
        self._name = name
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="storage-writer")

    async def run(self, work: Callable[[SqlUnitOfWork], T]) -> tuple[T, bool]:
        """The work's result and whether it wrote anything, after its commit."""
        try:
            running = asyncio.get_running_loop().run_in_executor(self._threads, self._write, work)
        except RuntimeError as error:
            raise Stopped("The database was closed, so nothing was written.") from error
        return await running

    def stop(self) -> None:
        """Do what is waiting, then end."""
        self._threads.shutdown()

    def _write(self, work: Callable[[SqlUnitOfWork], T]) -> tuple[T, bool]:
        with in_words(self._name):
            for tried in range(1, TRIES):
                try:
                    return self._once(work)
                except Exception as error:
                    if getattr(getattr(error, "orig", error), "sqlstate", None) not in _IN_EACH_OTHERS_WAY:
                        raise
                    time.sleep(STAND_BACK * tried)
            return self._once(work)

    def _once(self, work: Callable[[SqlUnitOfWork], T]) -> tuple[T, bool]:
        with self._connections.connect() as connection:
            transaction = Transaction(connection, writing=True)
            with connection.begin():
                result = work(SqlUnitOfWork(transaction, self._cache))
            transaction.committed()
            return result, transaction.writes > 0
