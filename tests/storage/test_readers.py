"""Reads that wait together share one view of the database, and none pays for another."""

from __future__ import annotations

import asyncio
import gc
import threading
import weakref
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import event

from bot.domain.community import Platform
from bot.replies.said import Refusal
from bot.storage import engine
from bot.storage.cache import Cache
from bot.storage.faults import Stopped
from bot.storage.readers import Readers
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.fakes.patience import PATIENCE

Work = Callable[[SqlUnitOfWork], Any]


class Desk:
    """One reader on a database of its own, and how often it began."""

    def __init__(self, url: str) -> None:
        self.engine = engine.reading(url)
        self.begun = 0
        event.listen(self.engine, "begin", self._began)
        self.readers = Readers(self.engine, Cache(), "studybot.db", threads=1)

    def _began(self, connection: object) -> None:
        self.begun += 1

    async def together(self, *works: Work) -> list[Any]:
        """Run reads that wait at the same time, while the reader is busy with another; return what becomes of them."""
        entered, gate = threading.Event(), threading.Event()

        def first(unit: SqlUnitOfWork) -> None:
            entered.set()
            assert gate.wait(PATIENCE)

        blocking = asyncio.create_task(self.readers.run(first))
        await asyncio.to_thread(entered.wait, PATIENCE)
        tasks = [asyncio.create_task(self.readers.run(work)) for work in works]
        await asyncio.sleep(0)
        gate.set()
        await blocking
        return await asyncio.gather(*tasks, return_exceptions=True)


@pytest.fixture
def desk(sqlite_url: str) -> Iterator[Desk]:
    made = Desk(sqlite_url)
    yield made
    made.readers.stop()
    made.engine.dispose()


def nobody(unit: SqlUnitOfWork) -> object:
    return unit.communities.find(Platform.DISCORD, "nowhere")


async def test_each_read_has_a_transaction_of_its_own(desk: Desk) -> None:
    assert await desk.together(*[nobody] * 5) == [None] * 5
    assert desk.begun == 6


async def test_what_one_read_raises_is_its_own(desk: Desk) -> None:
    def refuse(unit: SqlUnitOfWork) -> None:
        raise Refusal("No.")

    def stumble(unit: SqlUnitOfWork) -> None:
        raise RuntimeError("a fault of the work's own")

    found = await desk.together(nobody, refuse, stumble, nobody)
    assert found[0] is found[3] is None
    assert isinstance(found[1], Refusal)
    assert isinstance(found[2], RuntimeError)


async def test_a_result_does_not_wait_for_a_slow_one_behind_it(desk: Desk) -> None:
    known = threading.Event()

    def slow(unit: SqlUnitOfWork) -> bool:
        return known.wait(PATIENCE)

    async def quick() -> None:
        await desk.readers.run(nobody)
        known.set()

    quickly = asyncio.create_task(quick())
    assert (await desk.together(slow)) == [True]
    await quickly


async def test_a_database_that_is_gone_is_told_to_everyone(sqlite_url: str) -> None:
    desk = Desk(sqlite_url.replace("studybot.db", "nowhere/studybot.db"))
    try:
        found = await asyncio.gather(*[desk.readers.run(nobody) for _ in range(3)], return_exceptions=True)
        assert all("could not be opened" in str(each) for each in found)
    finally:
        desk.readers.stop()


async def test_after_the_end_nothing_is_taken(desk: Desk) -> None:
    assert await desk.readers.run(nobody) is None
    desk.readers.stop()
    with pytest.raises(Stopped, match="closed"):
        await desk.readers.run(nobody)


async def test_even_what_no_future_takes_keeps_nobody_waiting(desk: Desk) -> None:
    def run_out(unit: SqlUnitOfWork) -> object:
        return next(iter(()))

    found = await desk.together(nobody, run_out, nobody)
    assert found[0] is found[2] is None
    assert isinstance(found[1], RuntimeError)
    assert isinstance(found[1].__cause__, StopIteration)


async def test_what_nobody_waits_for_any_more_is_not_read(desk: Desk) -> None:
    read: list[str] = []
    gate = threading.Event()
    first = asyncio.create_task(desk.readers.run(lambda unit: gate.wait(PATIENCE)))
    gone = asyncio.create_task(desk.readers.run(lambda unit: read.append("gone")))
    stayed = asyncio.create_task(desk.readers.run(lambda unit: read.append("stayed")))
    await asyncio.sleep(0)
    gone.cancel()
    gate.set()
    await asyncio.gather(first, stayed)
    assert read == ["stayed"]


async def test_a_refused_read_leaves_nothing_for_the_collector(desk: Desk) -> None:
    class Kept:
        """An object the work holds."""

    left: list[weakref.ref[Kept]] = []

    async def ask() -> None:
        kept = Kept()
        left.append(weakref.ref(kept))

        def refuse(unit: SqlUnitOfWork, held: Kept = kept) -> None:
            raise Refusal("No.")

        with pytest.raises(Refusal):
            await desk.readers.run(refuse)

    gc.disable()
    try:
        await ask()
        await desk.readers.run(nobody)
        assert [each() for each in left] == [None]
    finally:
        gc.enable()
