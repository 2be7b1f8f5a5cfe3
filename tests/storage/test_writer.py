"""Group commit: one transaction for waiting calls, and nobody pays for another's mistake."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from bot.replies.said import Refusal
from bot.storage import engine
from bot.storage.cache import Cache
from bot.storage.faults import Locked, Stopped
from bot.storage.unit_of_work import SqlUnitOfWork
from bot.storage.writer import Writer
from tests.fakes.patience import PATIENCE

Work = Callable[[SqlUnitOfWork], Any]


class Killed(BaseException):
    """An end that no work may catch."""


class Desk:
    """A writer on a database of its own, with what its connection did."""

    def __init__(self, url: str) -> None:
        self.path = engine.sqlite_file(url)
        self.engine = engine.writing(url)
        self.begun = self.committed = self.rolled_back = 0
        self.deaths: list[BaseException] = []
        self.writer = Writer(self.engine, Cache(), "studybot.db", self.deaths.append)
        event.listen(self.engine, "begin", lambda _: self._note("begun"))
        event.listen(self.engine, "commit", lambda _: self._note("committed"))
        event.listen(self.engine, "rollback", lambda _: self._note("rolled_back"))
        self.writer.start()

    async def run(self, work: Work) -> Any:
        """Run one work; return what becomes of it."""
        result, _ = await self.writer.run(work)
        return result

    def together(self, *works: Work) -> list[Any]:
        """Run works that wait for the writer at the same time, in one group after a first."""
        return asyncio.run(self._together(works))

    async def _together(self, works: tuple[Work, ...]) -> list[Any]:
        entered, gate = threading.Event(), threading.Event()
        # The first is not counted.
        self.begun, self.committed, self.rolled_back = -1, -1, 0

        def first(unit: SqlUnitOfWork) -> None:
            entered.set()
            assert gate.wait(PATIENCE)

        blocking = asyncio.create_task(self.run(first))
        await asyncio.sleep(0)
        assert entered.wait(PATIENCE)
        tasks = [asyncio.create_task(self.run(work)) for work in works]
        await asyncio.sleep(0)
        gate.set()
        await blocking
        return await asyncio.gather(*tasks, return_exceptions=True)

    def names(self) -> list[str]:
        """The names in the database for good, seen from outside."""
        assert self.path is not None
        connection = sqlite3.connect(self.path)
        try:
            return [row[0] for row in connection.execute("SELECT name FROM chat_state ORDER BY name")]
        finally:
            connection.close()

    def close(self) -> None:
        """Stop."""
        self.writer.stop()
        self.engine.dispose()

    def _note(self, what: str) -> None:
        setattr(self, what, getattr(self, what) + 1)


@pytest.fixture
def desk(sqlite_url: str) -> Iterator[Desk]:
    made = Desk(sqlite_url)
    yield made
    made.close()


def keep(name: str) -> Work:
    """Work that writes and returns its name."""

    def work(unit: SqlUnitOfWork) -> str:
        unit.chat_state.set(name, "")
        return name

    return work


def raising(error: BaseException, before: Work | None = None, runs: list[int] | None = None) -> Work:
    """Work that fails, after writing something or at once."""

    def work(unit: SqlUnitOfWork) -> None:
        if runs is not None:
            runs.append(1)
        if before is not None:
            before(unit)
        raise error

    return work


def pragma(text: str) -> Work:
    """Work that changes how the connection behaves."""

    def work(unit: SqlUnitOfWork) -> None:
        unit.transaction._connection.exec_driver_sql(text)

    return work


def test_waiting_calls_share_one_transaction(desk: Desk) -> None:
    names = [f"n{number:02}" for number in range(10)]
    assert desk.together(*map(keep, names)) == names
    assert (desk.begun, desk.committed, desk.rolled_back) == (1, 1, 0)
    assert desk.names() == names


def test_a_group_has_at_most_64(desk: Desk) -> None:
    desk.together(*(keep(f"n{number}") for number in range(129)))
    assert desk.committed == 3
    assert len(desk.names()) == 129


def test_a_refusal_before_the_first_write_keeps_the_group(desk: Desk) -> None:
    refusal = Refusal("Not now.")
    assert desk.together(keep("a"), raising(refusal), keep("b")) == ["a", refusal, "b"]
    assert (desk.begun, desk.committed, desk.rolled_back) == (1, 1, 0)
    assert desk.names() == ["a", "b"]


def test_a_refusal_after_a_write_takes_that_write_back(desk: Desk) -> None:
    refusal = Refusal("Too late.")
    assert desk.together(keep("a"), raising(refusal, before=keep("x")), keep("b")) == ["a", refusal, "b"]
    assert desk.names() == ["a", "b"]


def test_an_unexpected_error_strikes_only_its_caller(desk: Desk) -> None:
    error = ArithmeticError("oops")
    runs: list[int] = []
    assert desk.together(keep("a"), raising(error, keep("x"), runs), keep("b")) == ["a", error, "b"]
    assert desk.names() == ["a", "b"]
    # Once in the group, then each alone: two that succeed, and the one that fails again.
    assert (desk.begun, desk.committed, desk.rolled_back, len(runs)) == (4, 2, 2, 2)


def test_an_error_of_someone_alone_is_not_repeated(desk: Desk) -> None:
    error = ArithmeticError("oops")
    runs: list[int] = []
    assert desk.together(raising(error, keep("x"), runs)) == [error]
    assert (desk.names(), len(runs)) == ([], 1)


def test_a_failed_commit_is_everyones_and_nothing_runs_again(desk: Desk) -> None:
    runs: list[int] = []

    def orphan(unit: SqlUnitOfWork) -> None:
        runs.append(1)
        connection = unit.transaction._connection
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        connection.exec_driver_sql("INSERT INTO answers VALUES (99, 1, 'a', 0, 1)")

    outcomes = desk.together(keep("a"), orphan, raising(Refusal("No.")), keep("b"))
    assert [type(outcome) for outcome in outcomes] == [sa.exc.IntegrityError] * 4
    assert (runs, desk.names(), desk.begun) == ([1], [], 1)
    assert desk.together(keep("c")) == ["c"]
    assert desk.names() == ["c"]


def test_results_come_only_after_the_commit(desk: Desk) -> None:
    seen: list[Any] = []

    async def call() -> None:
        task = asyncio.create_task(desk.run(keep("a")))
        event.listen(desk.engine, "commit", lambda _: seen.append((task.done(), desk.names())))
        assert await task == "a"
        seen.append(desk.names())

    asyncio.run(call())
    assert seen == [(False, []), ["a"]]


def test_a_group_wakes_its_loop_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async def call() -> int:
        loop = asyncio.get_running_loop()
        wake, wakes = loop.call_soon_threadsafe, Counter[str]()

        def counted(*given: Any) -> Any:
            wakes["up"] += 1
            return wake(*given)

        monkeypatch.setattr(loop, "call_soon_threadsafe", counted)
        await desk._together(tuple(keep(f"n{number}") for number in range(20)))
        return wakes["up"]

    assert asyncio.run(call()) == 2


def test_a_dead_writer_fails_everyone_and_says_so(desk: Desk) -> None:
    death = Killed()
    outcomes = desk.together(keep("a"), raising(death), keep("b"))
    assert [type(outcome) for outcome in outcomes] == [Stopped] * 3
    desk.writer._thread.join(PATIENCE)
    assert desk.deaths == [death]
    assert desk.names() == []
    with pytest.raises(Stopped):
        asyncio.run(desk.run(keep("c")))


def test_calls_that_came_after_the_deadly_one_fail_too(desk: Desk) -> None:
    works = [keep(f"n{number}") for number in range(100)]
    outcomes = desk.together(raising(Killed()), *works)
    assert {type(outcome) for outcome in outcomes} == {Stopped}


def test_stopping_does_what_is_waiting(desk: Desk) -> None:
    async def call() -> list[Any]:
        tasks = [asyncio.create_task(desk.run(keep(f"n{number}"))) for number in range(70)]
        await asyncio.sleep(0)
        desk.writer.stop()
        desk.writer.stop()
        with pytest.raises(Stopped):
            await desk.run(keep("late"))
        return await asyncio.gather(*tasks)

    assert len(asyncio.run(call())) == 70
    assert len(desk.names()) == 70
    assert desk.deaths == []


def test_work_is_done_even_if_its_caller_leaves(desk: Desk) -> None:
    async def call() -> None:
        task = asyncio.create_task(desk.run(keep("a")))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await desk.run(keep("b")) == "b"

    asyncio.run(call())
    assert desk.names() == ["a", "b"]


def test_a_loop_that_is_gone_does_not_hurt_the_writer(desk: Desk) -> None:
    entered, gate = threading.Event(), threading.Event()

    def slow(unit: SqlUnitOfWork) -> None:
        entered.set()
        assert gate.wait(PATIENCE)

    async def leave() -> None:
        asyncio.ensure_future(desk.run(slow))  # noqa: RUF006
        await asyncio.sleep(0)
        assert entered.wait(PATIENCE)

    asyncio.run(leave())
    gate.set()
    assert asyncio.run(desk.run(keep("a"))) == "a"


def test_a_database_held_by_someone_else_is_a_fault_of_the_whole_group(desk: Desk) -> None:
    desk.together(pragma("PRAGMA busy_timeout = 0"))
    other = sqlite3.connect(str(desk.path), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert {type(outcome) for outcome in asyncio.run(_outcomes(desk, keep("a"), keep("b")))} == {Locked}
    other.execute("ROLLBACK")
    other.close()
    assert desk.together(keep("c")) == ["c"]


async def _outcomes(desk: Desk, *works: Work) -> list[Any]:
    return await asyncio.gather(*map(desk.run, works), return_exceptions=True)
