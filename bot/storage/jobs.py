"""Work on its way to a thread, and its results on their way back."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any

from bot.storage.faults import Stopped
from bot.storage.unit_of_work import SqlUnitOfWork

Work = Callable[[SqlUnitOfWork], Any]


@dataclass(slots=True)
class Job:
    """One caller's work and what came of it."""

    work: Work
    future: asyncio.Future[Any]
    loop: asyncio.AbstractEventLoop
    result: Any = None
    wrote: bool = False
    error: BaseException | None = None

    @classmethod
    def here(cls, work: Work) -> Job:
        """Work whose caller waits in the running loop."""
        loop = asyncio.get_running_loop()
        return cls(work, loop.create_future(), loop)

    def deliver(self) -> None:
        """Answer the caller, who may have left; once."""
        future, error, result = self.future, self.error, self.result
        # An error holds on to the frames it went through and they to the job: else only the collector freed them.
        del self.future, self.error, self.result
        if future.done():
            return
        if error is None:
            future.set_result(result)
        elif isinstance(error, StopIteration):
            # No future takes one, and those behind it would never be answered.
            ran_out = RuntimeError("a feature ran out of an iterator")
            ran_out.__cause__ = error
            future.set_exception(ran_out)
        else:
            future.set_exception(error)


class Line:
    """Jobs in the order they came, until it is closed."""

    def __init__(self, closed: str) -> None:
        """``closed`` is the sentence for who comes too late."""
        self._closed_says = closed
        self._queue: SimpleQueue[Job | None] = SimpleQueue()
        self._gate = threading.Lock()
        self._closed = False

    def put(self, job: Job) -> None:
        """Hand over a job; raises ``Stopped`` once the line is closed."""
        with self._gate:
            if self._closed:
                raise Stopped(self._closed_says)
            self._queue.put(job)

    def close(self, threads: int = 1) -> None:
        """Take no more; each of the threads ends when what came before is done."""
        with self._gate:
            if not self._closed:
                self._closed = True
                for _ in range(threads):
                    self._queue.put(None)

    def take(self, most: int) -> tuple[list[Job], bool]:
        """The next jobs, waiting for the first only; False if none come after them."""
        jobs: list[Job] = []
        job = self._queue.get()
        try:
            while job is not None:
                jobs.append(job)
                if len(jobs) == most:
                    return jobs, True
                job = self._queue.get_nowait()
        except Empty:
            return jobs, True
        return jobs, False

    def rest(self) -> list[Job]:
        """Close, and take all that is left."""
        self.close()
        jobs: list[Job] = []
        while not self._queue.empty():
            job = self._queue.get()
            if job is not None:
                jobs.append(job)
        return jobs


def deliver(jobs: Sequence[Job]) -> None:
    """Answer the callers, with one wake-up of each loop: there is but one loop outside of tests."""
    for loop in {job.loop for job in jobs}:
        theirs = [job for job in jobs if job.loop is loop]
        try:
            loop.call_soon_threadsafe(_deliver_all, theirs)
        except RuntimeError:
            # The loop was closed: nobody waits any more.
            continue


def _deliver_all(jobs: Sequence[Job]) -> None:
    for job in jobs:
        job.deliver()
