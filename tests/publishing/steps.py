"""The steps of publishing at which a process can end, and stopping there from outside of what is tested."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, TypeVar, cast

from bot.ports.storage import Transact, UnitOfWork
from tests.fakes.publisher import DurablePublisher, Post

T = TypeVar("T")

DUE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PLACES = tuple(f"place-{number}" for number in range(6))
"""Each has a track due at the same moment."""
SENT_AT_ONCE = 2
"""Fewer than the product sends at once, so that there is more than one claim to be killed in."""


class Step(StrEnum):
    """Where the process is killed."""

    BEFORE_CLAIM_COMMIT = "before-claim-commit"
    AFTER_CLAIM_COMMIT = "after-claim-commit"
    BEFORE_ACCEPTED = "before-accepted"
    AFTER_ACCEPTED = "after-accepted"
    BEFORE_RECORD_COMMIT = "before-record-commit"
    AFTER_RECORD_COMMIT = "after-record-commit"


class Platforms(StrEnum):
    """A platform's means against posting twice."""

    KEY = "key"
    """It recognises a round posted again, for a while."""
    OUTLIVED_KEY = "outlived-key"
    """It did, but the process is away for longer; our messages can be looked up."""
    LOOK_BACK = "look-back"
    """Our messages can be looked up."""
    NOTHING = "nothing"

    @property
    def remembers(self) -> timedelta | None:
        """The time for which a round posted again is recognised."""
        return timedelta(minutes=2) if self in (Platforms.KEY, Platforms.OUTLIVED_KEY) else None

    @property
    def sees(self) -> bool:
        """Return whether our messages can be looked up."""
        return self in (Platforms.LOOK_BACK, Platforms.OUTLIVED_KEY)

    @property
    def away(self) -> timedelta:
        """The time the process is away after it was killed: past the lease, within what a key is remembered."""
        return timedelta(seconds=70) if self is Platforms.KEY else timedelta(minutes=10)


class Stopper:
    """Says so and stands still when a step is reached for the nth time, and waits to be killed."""

    def __init__(self, step: Step, nth: int) -> None:
        self._step = step
        self._nth = nth
        self._counting = threading.Lock()

    def reach(self, step: Step) -> None:
        """A step is reached, on whatever thread."""
        with self._counting:
            if step is not self._step:
                return
            self._nth -= 1
            if self._nth == 0:
                print("stopped", flush=True)  # noqa: T201
                threading.Event().wait()


class _Watched:
    """Rounds that note what is done with them."""

    def __init__(self, rounds: Any, done: set[str]) -> None:
        self._rounds = rounds
        self._done = done

    def __getattr__(self, name: str) -> Any:
        self._done.add(name)
        return getattr(self._rounds, name)


class WatchedUnit:
    """A unit of work whose rounds are watched."""

    def __init__(self, unit: UnitOfWork, done: set[str]) -> None:
        self._unit = unit
        self.rounds = _Watched(unit.rounds, done)
        self.outbox = _Watched(unit.outbox, done)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._unit, name)


class StoppingTransact:
    """Stops before and after the commits that claim a round or record what became of it."""

    def __init__(self, inner: Transact, stopper: Stopper) -> None:
        self._inner = inner
        self._stopper = stopper

    async def write(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run in the writer, stopping around the commit."""
        done: set[str] = set()

        def watched(unit: UnitOfWork) -> T:
            result = work(cast("UnitOfWork", WatchedUnit(unit, done)))
            if "claim" in done:
                self._stopper.reach(Step.BEFORE_CLAIM_COMMIT)
            if "open" in done:
                self._stopper.reach(Step.BEFORE_RECORD_COMMIT)
            return result

        result = await self._inner.write(watched)
        if "claim" in done:
            self._stopper.reach(Step.AFTER_CLAIM_COMMIT)
        if "open" in done:
            self._stopper.reach(Step.AFTER_RECORD_COMMIT)
        return result

    async def read(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run on a read-only connection."""
        return await self._inner.read(work)


class StoppingPublisher(DurablePublisher):
    """Stops before the platform has taken a message and after, when nobody was told yet."""

    stopper: Stopper | None = None

    def _accept(self, post: Post) -> None:
        if self.stopper:
            self.stopper.reach(Step.BEFORE_ACCEPTED)
        super()._accept(post)
        if self.stopper:
            self.stopper.reach(Step.AFTER_ACCEPTED)
