"""Parts for every room that waits on others: a memory with a limit, tasks, waits that grow, trouble in the log."""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Callable, Coroutine, Hashable, Iterator
from typing import Any, TypeVar

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

log = logging.getLogger(__name__)

SAID_AGAIN_AFTER = 3600.0
TROUBLES_KEPT = 1024


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
        """The wait from now on."""
        wait, self._next = self._next, min(self._next * 2, self._longest)
        return wait

    def reset(self) -> None:
        """Begin with the first wait again."""
        self._next = self._first


def reference_code(seed: int | None = None) -> str:
    """Six letters and digits that are easy to read out, for finding an error in the log; drawn if no seed is given."""
    dice = random.SystemRandom() if seed is None else random.Random(f"reference:{seed}")
    return "".join(dice.choices("23456789ABCDEFGHJKLMNPQRSTUVWXYZ", k=6))


class Troubles:
    """Logs what nobody foresaw once an hour for each thing it happens with, since loops come by every minute."""

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._said = Latest[str, tuple[float, str]](TROUBLES_KEPT)

    def noted(self, doing: str, error: BaseException | None) -> str:
        """Log it, unless that was done lately; the reference it is logged under."""
        now = self._seconds()
        said = self._said.get(doing)
        if said is not None and now < said[0] + SAID_AGAIN_AFTER:
            return said[1]
        reference = reference_code()
        self._said[doing] = (now, reference)
        log.error(
            "unexpected error %s in %s; everything else goes on",
            reference,
            doing,
            exc_info=error,
            extra={"reference": reference},
        )
        return reference
