"""The alarm clock: APScheduler rings, rows in the database say what is due.

It holds a handful of interval jobs in memory and no data. A cron trigger a track would skip and double dates
around clock changes, and one job a channel drops thousands at once; see docs/decisions.

APScheduler keeps the next ring of a job as a time of day. Where the clock is put back, that is as far away as the
step; so a watch on monotonic time looks for steps and rings everything when it finds one.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger

from bot.ports.clock import Clock
from bot.scheduler.face_loops import FaceLoops

log = logging.getLogger(__name__)

POST_SECONDS = 20
REVEAL_SECONDS = 20
RECONCILE_SECONDS = 60
BEAT_SECONDS = 60
WATCH_SECONDS = 1.0
"""Between two looks at the clock. A sleep of the machine is noticed as late as this."""
STEP = timedelta(seconds=1)
"""Smaller differences are a clock running fast or slow."""


class Every(BaseTrigger):  # type: ignore[misc]  # APScheduler has no types
    """Rings this long after the last ring, whatever the clock showed then.

    APScheduler's own interval counts every ring there would have been up to now: a clock set right at start, from
    1970, would keep it busy for minutes.
    """

    def __init__(self, seconds: float) -> None:
        self._interval = timedelta(seconds=seconds)

    # pyrefly: ignore[bad-override] - the class it extends has no types
    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        """The moment of the next ring."""
        return now + self._interval


class AlarmClock:
    """Rings the loops of every face until it is stopped."""

    def __init__(self, clock: Clock) -> None:
        """``clock`` is the machine's, which APScheduler uses too."""
        self._clock = clock
        # A missed ring is rung late rather than dropped, and never twice.
        self._rung: set[str] = set()
        self._scheduler = AsyncIOScheduler(
            timezone="UTC", job_defaults={"max_instances": 1, "coalesce": True, "misfire_grace_time": None}
        )
        self._watch: asyncio.Task[None] | None = None

    def ring(self, name: str, seconds: float, what: Callable[[], Awaitable[None]]) -> None:
        """Call ``what`` at an interval; a failure is logged and does not end the ringing."""

        async def safely() -> None:
            try:
                await what()
            except Exception:
                log.exception("the %s loop failed", name, extra={"loop": name})

        self._scheduler.add_job(safely, Every(seconds), id=name, replace_existing=True)

    async def ring_face(self, name: str, loops: FaceLoops) -> None:
        """Settle what the time away left behind, then ring a face's loops; once they ring, settle what was missed."""
        if name in self._rung:
            await loops.reconcile()
            return
        self._rung.add(name)
        try:
            # The beat comes first: how long the face was down decides whom the next round to close excuses.
            await loops.beat()
            await loops.reconcile()
        except Exception:
            # No other connection may come for weeks; what could not be settled now is, as the loops ring.
            log.exception("beginning to ring for %s failed", name, extra={"loop": name})
        self.ring(f"{name} post", POST_SECONDS, loops.post)
        self.ring(f"{name} reveal", REVEAL_SECONDS, loops.reveal)
        self.ring(f"{name} reconcile", RECONCILE_SECONDS, loops.reconcile)
        self.ring(f"{name} beat", BEAT_SECONDS, loops.beat)

    def start(self) -> None:
        """Begin to ring; needs a running event loop."""
        self._scheduler.start()
        self._watch = asyncio.create_task(self._look_for_steps(), name="watch for clock steps")

    def stop(self) -> None:
        """Ring no more."""
        if self._watch is not None:
            self._watch.cancel()
        self._scheduler.shutdown(wait=False)

    async def _look_for_steps(self) -> None:
        began = self._began()
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            moved = self._began() - began
            if abs(moved) < STEP:
                continue
            began += moved
            log.warning("the clock was set %s by %s", "ahead" if moved > timedelta() else "back", abs(moved))
            now = self._clock.now()
            for job in self._scheduler.get_jobs():
                job.modify(next_run_time=now)

    def _began(self) -> datetime:
        """Return what the wall clock would have shown when monotonic time began."""
        return self._clock.now() - timedelta(seconds=self._clock.monotonic())
