"""The steps at which a process ends itself, reached through seams that are there anyway."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Callable, Coroutine, Generator
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Any, TypeVar, cast

from bot.storage.storage import Storage
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.publishing.steps import WatchedUnit

T = TypeVar("T")


class Step(StrEnum):
    """Where the process ends."""

    AWAIT = "await"
    """Each time something that publishes begins to wait, and each time it goes on."""
    AWAIT_PUTTING_RIGHT = "await-putting-right"
    """The same, while a round that was cut off is settled."""
    BEFORE_DUE = "before-due"
    """Before the commit that writes what is due; the next ones likewise."""
    AFTER_DUE = "after-due"
    BEFORE_CLAIM = "before-claim"
    AFTER_CLAIM = "after-claim"
    BEFORE_RECORD = "before-record"
    AFTER_RECORD = "after-record"
    BEFORE_REVEALS = "before-reveals"
    AFTER_REVEALS = "after-reveals"
    BEFORE_REVEALED = "before-revealed"
    AFTER_REVEALED = "after-revealed"


AROUND_COMMITS = {
    "add_due": (Step.BEFORE_DUE, Step.AFTER_DUE),
    "claim": (Step.BEFORE_CLAIM, Step.AFTER_CLAIM),
    "open": (Step.BEFORE_RECORD, Step.AFTER_RECORD),
    "to_reveal": (Step.BEFORE_REVEALS, Step.AFTER_REVEALS),
    "revealed": (Step.BEFORE_REVEALED, Step.AFTER_REVEALED),
}
"""What a transaction has done with its rounds, and the steps around its commit; the first that fits."""
AT_AWAITS = {
    Step.AWAIT: ("PublishLoop.", "RevealLoop.", "FaceLoops.tick", "Pacer.", "DiscordPublisher."),
    Step.AWAIT_PUTTING_RIGHT: ("PublishLoop.", "ReconcileLoop._settle", "DiscordPublisher."),
}
"""Tasks of these names are stopped at their awaits, whatever they call."""


@dataclass(frozen=True, slots=True)
class Kill:
    """Where to end: when a step is reached for the nth time."""

    step: Step
    nth: int


class Stopper:
    """Ends the process when a step is reached for the nth time, and says before where that was."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._kill: Kill | None = None
        self._left = 0
        self._counting = threading.Lock()

    def arm(self, kill: Kill | None) -> None:
        """From now on, end there; or nowhere."""
        self._kill = kill
        self._left = kill.nth if kill else 0

    def reach(self, step: Step, where: Callable[[], str] = lambda: "") -> None:
        """A step is reached, on whatever thread."""
        with self._counting:
            if self._kill is None or step is not self._kill.step:
                return
            self._left -= 1
            if self._left == 0:
                self._say(where() or step)
                os.kill(os.getpid(), signal.SIGKILL)
                threading.Event().wait()  # until the signal is there

    def task_factory(
        self, loop: asyncio.AbstractEventLoop, coroutine: Coroutine[Any, Any, T] | Generator[Any, Any, T], **known: Any
    ) -> asyncio.Task[T]:
        """Make tasks; those that publish are watched."""
        made = cast("Coroutine[Any, Any, T]", coroutine)
        name = getattr(made, "__qualname__", "")
        steps = [step for step, names in AT_AWAITS.items() if name.startswith(names)]

        def reach(where: Callable[[], str]) -> None:
            for step in steps:
                self.reach(step, where)

        return asyncio.Task(_driven(made, reach) if steps else made, loop=loop, **known)


class StoppingStorage(Storage):
    """Stops before and after the commits of publishing."""

    stopper: Stopper

    async def write(self, work: Callable[[SqlUnitOfWork], T]) -> T:
        """Run in the writer, stopping around the commit."""
        done: set[str] = set()

        def around() -> tuple[Step, Step] | None:
            return next((steps for name, steps in AROUND_COMMITS.items() if name in done), None)

        def watched(unit: SqlUnitOfWork) -> T:
            result = work(cast("SqlUnitOfWork", WatchedUnit(unit, done)))
            if steps := around():
                self.stopper.reach(steps[0])
            return result

        result = await super().write(watched)
        if steps := around():
            self.stopper.reach(steps[1])
        return result


async def _driven(inner: Coroutine[Any, Any, T], reach: Callable[[Callable[[], str]], None]) -> T:
    result: T = await _Driven(inner, reach)
    return result


class _Driven:
    """Runs a coroutine as ``await`` does, and tells each time it begins to wait and each time it goes on."""

    def __init__(self, inner: Coroutine[Any, Any, Any], reach: Callable[[Callable[[], str]], None]) -> None:
        self._inner = inner
        self._reach = reach

    def __await__(self) -> Generator[Any, Any, Any]:
        step: Callable[[], Any] = partial(self._inner.send, None)
        while True:
            try:
                awaited = step()
            except StopIteration as done:
                return done.value
            self._reach(partial(self._where, "waits"))
            try:
                came = yield awaited
            except BaseException as error:
                step = partial(self._inner.throw, error)
            else:
                step = partial(self._inner.send, came)
            self._reach(partial(self._where, "goes on"))

    def _where(self, what: str) -> str:
        """The task and what it waits in, innermost."""
        inside: Any = self._inner
        outer = innermost = inside.__qualname__
        while inside is not None:
            innermost = getattr(inside, "__qualname__", innermost)
            inside = getattr(inside, "cr_await", None) or getattr(inside, "gi_yieldfrom", None)
        return f"{outer} {what} in {innermost}"
