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
        """Answer the caller, who may have left."""
        if self.future.done():
            return
        if self.error is None:
            self.future.set_result(self.result)
        else:
            self.future.set_exception(self.error)


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
