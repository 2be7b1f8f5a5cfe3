"""Work on its way to a thread, and its results on their way back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any

from bot.storage.unit_of_work import SqlUnitOfWork

Work = Callable[[SqlUnitOfWork], Any]


@dataclass(slots=True)
class Job:
    """One caller's work and what came of it."""

    work: Work
    future: asyncio.Future[Any]
    loop: asyncio.AbstractEventLoop
    result: Any = None
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
            ran_out = RuntimeError("a service ran out of an iterator")
            ran_out.__cause__ = error
            future.set_exception(ran_out)
        else:
            future.set_exception(error)


Queue = SimpleQueue[Job | None]
"""Jobs in the order they came; None is the last that a thread takes from it."""


def waiting(queue: Queue, most: int) -> tuple[list[Job], bool]:
    """The next jobs, waiting for the first only; False if none come after them."""
    jobs: list[Job] = []
    job = queue.get()
    try:
        while job is not None:
            jobs.append(job)
            if len(jobs) == most:
                return jobs, True
            job = queue.get_nowait()
    except Empty:
        return jobs, True
    return jobs, False


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
