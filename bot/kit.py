"""What every room that waits on others needs: a bounded memory, tasks in the background, waits that grow."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Hashable, Iterator
from typing import Any, TypeVar

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Latest(dict[K, V]):
    """A memory with a limit: the entry set longest ago is forgotten first."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most

    def __setitem__(self, key: K, value: V) -> None:
        self.pop(key, None)
        super().__setitem__(key, value)
        if len(self) > self.most:
            self.pop(next(iter(self)), None)


def _left_to_whoever_waits(_: BaseException) -> None:
    pass


class Background:
    """Tasks that go on by themselves, kept until they are through."""

    def __init__(self, failed: Callable[[BaseException], object] = _left_to_whoever_waits) -> None:
        """``failed`` is called with what a task ended with."""
        self._failed = failed
        self._tasks: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Begin something."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def __iter__(self) -> Iterator[asyncio.Task[Any]]:
        return iter(tuple(self._tasks))

    def cancel(self) -> None:
        """Stop whatever goes on."""
        for task in self:
            task.cancel()

    async def settled(self) -> None:
        """Wait until everything that was begun is through."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self._failed(error)


class Backoff:
    """Seconds to wait after a failure: twice as many each time, up to the longest."""

    def __init__(self, first: float, longest: float) -> None:
        self._first, self._longest = first, longest
        self._next = first

    def next(self) -> float:
        """How long to wait now."""
        wait, self._next = self._next, min(self._next * 2, self._longest)
        return wait

    def reset(self) -> None:
        """Begin with the first wait again."""
        self._next = self._first
