"""Reads, on a few threads with connections that cannot write."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import sqlalchemy as sa

from bot.storage.faults import in_words
from bot.storage.questions import KnownQuestions
from bot.storage.transaction import Transaction
from bot.storage.unit_of_work import SqlUnitOfWork

T = TypeVar("T")


class Readers:
    """Runs work on read-only connections."""

    def __init__(self, engine: sa.Engine, known: KnownQuestions, name: str, threads: int) -> None:
        self._engine = engine
        self._known = known
        self._name = name
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="storage-reader")

    async def run(self, work: Callable[[SqlUnitOfWork], T]) -> T:
        """The work's result, from one view of the database."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._read, work)

    def stop(self) -> None:
        """Finish what is being read, then end."""
        self._threads.shutdown()

    def _read(self, work: Callable[[SqlUnitOfWork], T]) -> T:
        with in_words(self._name), self._engine.connect() as connection, connection.begin():
            return work(SqlUnitOfWork(Transaction(connection, writing=False), self._known))
