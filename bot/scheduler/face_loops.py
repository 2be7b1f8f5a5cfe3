"""Everything one face does by the clock, behind one ``tick``."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.domain.community import Platform
from bot.kit import Background
from bot.ports.catalogs import Catalogs
from bot.ports.clock import Clock
from bot.ports.publisher import Publisher
from bot.ports.storage import Transact, UnitOfWork
from bot.scheduler.clock_watch import ClockWatch
from bot.scheduler.notify import NotifyLoop
from bot.scheduler.pacer import Pacer
from bot.scheduler.publish import PublishLoop
from bot.scheduler.reconcile import ReconcileLoop
from bot.scheduler.reveal import RevealLoop

log = logging.getLogger(__name__)

UNLIMITED = 1000.0
SILENCE_IS_OUTAGE = timedelta(minutes=5)
"""Beats come every minute; a longer silence than this was an outage."""
YET_TO_COME = timedelta(minutes=10)
"""An outage that ends later than so long from now was written by a clock that was ahead: two clocks that are both
believed are no further apart."""


class FaceLoops:
    """The loops of one face; each ticks only its own platform's tracks."""

    def __init__(
        self,
        transact: Transact,
        catalogs: Catalogs,
        publisher: Publisher,
        clock: Clock,
        per_second: float = UNLIMITED,
        alive: Callable[[], bool] = lambda: True,
        watch: ClockWatch | None = None,
    ) -> None:
        """``alive`` says whether people can reach the face; while they cannot, it has no heartbeat.

        While ``watch`` doubts the clock, nothing is posted, closed or written down.
        """
        self._watch = watch or ClockWatch(clock)
        self._clock: Clock = self._watch
        pacer = Pacer(per_second)
        self._transact = transact
        self._publisher = publisher
        self.alive = alive
        """Tells whether people can reach the face."""
        self._notify = NotifyLoop(transact, publisher, pacer)
        self._publish = PublishLoop(transact, catalogs, publisher, pacer, self._watch, self._tell_now)
        self._reveal = RevealLoop(transact, catalogs, publisher, pacer, self._clock.now)
        self._reconcile = ReconcileLoop(transact, catalogs, publisher, self._publish, pacer, self._notify)
        self._revealing = asyncio.Lock()
        self._reconciling = asyncio.Lock()
        self._woken = Background(_failed)
        self.begun = asyncio.Event()
        """Set once everything left behind by the time away is settled."""

    async def tick(self, now: datetime | None = None) -> None:
        """Post what is due and wait for it, then reveal what has closed."""
        if not await self._watch.believed():
            return
        await self._publish.run_once(now or self._clock.now())
        # A round that was posted just now closed the one before it, after the moment at which this began.
        await self.reveal(now)

    async def post(self) -> None:
        """Begin to post what is due; a place that is slow to answer is not waited for."""
        if await self._watch.believed():
            await self._publish.begin(self._clock.now())

    async def reveal(self, now: datetime | None = None) -> None:
        """Reveal what has closed; posts do not wait for it."""
        if not await self._watch.believed():
            return
        async with self._revealing:
            await self._reveal.run_once(now or self._clock.now())

    async def reconcile(self, now: datetime | None = None) -> None:
        """Settle what was cut off, close what expired, tell managers."""
        if not await self._watch.believed():
            return
        async with self._reconciling:
            if not self.begun.is_set():
                await self._reconcile.start(now or self._clock.now())
            await self._reconcile.run_once(now or self._clock.now())
            self.begun.set()

    async def beat(self) -> None:
        """Note that this face is alive, if it is."""
        if not self.alive() or not await self._watch.believed():
            return
        await self._transact.write(lambda uow: _beat(uow, self._publisher.platform, self._clock.now()))

    async def next_due(self, until: datetime, after: datetime | None = None) -> datetime | None:
        """The next moment at which a track of this face is due, if not after ``until``; or the next one ``after``."""
        tracks = await self._transact.read(lambda uow: uow.tracks.running(self._publisher.platform))
        dues = (track.next_due_at for track in tracks if track.next_due_at)
        return min((due for due in dues if due <= until and (after is None or due > after)), default=None)

    def wake(self) -> None:
        """Tick soon, without waiting for the alarm clock."""
        self._woken.start(self.tick())

    def _tell_now(self) -> None:
        self._woken.start(self._notify.run_once(self._clock.now()))

    async def finish(self, within: float) -> None:
        """Wait for posts on their way, at most ``within`` seconds."""
        pending = {*self._publish.in_flight, *self._woken}
        if pending:
            await asyncio.wait(pending, timeout=within)

    async def settled(self) -> None:
        """Wait until every woken tick is through."""
        await self._woken.settled()


def _failed(error: BaseException) -> None:
    log.error("work started between rings failed", exc_info=error)


def _beat(uow: UnitOfWork, platform: Platform, now: datetime) -> None:
    """Note that the face is alive; a long silence before is kept as an outage."""
    uow.health.drop_outages(platform, now + YET_TO_COME)
    before = uow.health.beat(platform, now)
    if before is not None and now - before >= SILENCE_IS_OUTAGE:
        uow.health.add_outage(platform, before, now)
