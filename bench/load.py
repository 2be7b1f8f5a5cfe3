"""Callers in one event loop, what they waited, and how long the loop itself was held up."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

T = TypeVar("T")

EVERY = 0.005
"""Seconds between two rings of the timer that measures how late the loop is."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One run: how many in how many seconds, what each waited, and how late each ring of the timer was."""

    count: int
    seconds: float
    waits: Sequence[float] = ()
    lags: Sequence[float] = field(default=())

    @property
    def rate(self) -> float:
        return self.count / self.seconds


async def all_at_once(one: Callable[[T], Awaitable[object]], work: Sequence[T], callers: int) -> Sample:
    """Do all the work by a number of callers, each taking the next piece as soon as it is done with one."""
    waits: list[float] = []
    waiting = iter(work)

    async def caller() -> None:
        for each in waiting:
            begun = time.perf_counter()
            await one(each)
            waits.append(time.perf_counter() - begun)

    async with lateness() as lags:
        begun = time.perf_counter()
        await asyncio.gather(*(caller() for _ in range(callers)))
        seconds = time.perf_counter() - begun
    return Sample(len(work), seconds, waits, lags)


@contextmanager
def not_collecting() -> Iterator[None]:
    """The measuring process keeps all it was sent, and its collector would walk through that again and again."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@asynccontextmanager
async def lateness() -> AsyncIterator[list[float]]:
    """Collect how late a timer rings, each time, while the block runs."""
    lags: list[float] = []

    async def ring() -> None:
        while True:
            due = time.perf_counter() + EVERY
            try:
                await asyncio.sleep(EVERY)
            finally:
                # Also the last ring, cut off by the end: the loop may have been held up until then.
                lags.append(max(0.0, time.perf_counter() - due))

    timer = asyncio.create_task(ring())
    await asyncio.sleep(0)
    try:
        yield lags
    finally:
        timer.cancel()
        await asyncio.gather(timer, return_exceptions=True)
