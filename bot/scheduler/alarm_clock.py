"""The alarm clock: APScheduler rings, rows in the database say what is due.

It holds a handful of interval jobs in memory and no data. A cron trigger a track would skip and double dates
around clock changes, and one job a channel drops thousands at once; see docs/decisions.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.scheduler.face_loops import FaceLoops

log = logging.getLogger(__name__)

POST_SECONDS = 20
REVEAL_SECONDS = 20
RECONCILE_SECONDS = 60
BEAT_SECONDS = 60


class AlarmClock:
    """Rings the loops of every face until it is stopped."""

    def __init__(self) -> None:
        # A missed ring is rung late rather than dropped, and never twice.
        self._rung: set[str] = set()
        self._scheduler = AsyncIOScheduler(
            timezone="UTC", job_defaults={"max_instances": 1, "coalesce": True, "misfire_grace_time": None}
        )

    def ring(self, name: str, seconds: float, what: Callable[[], Awaitable[None]]) -> None:
        """Call ``what`` every so many seconds; a failure is logged and does not end the ringing."""

        async def safely() -> None:
            try:
                await what()
            except Exception:
                log.exception("the %s loop failed", name, extra={"loop": name})

        self._scheduler.add_job(safely, "interval", seconds=seconds, id=name, replace_existing=True)

    async def ring_face(self, name: str, loops: FaceLoops) -> None:
        """Put right what the time away left behind, then ring one face's loops."""
        try:
            # The beat comes first: how long the face was down decides whom the next round to close excuses.
            await loops.beat()
            await loops.start()
        except Exception:
            # No other connection may come for weeks; what was not put right now is, as the loops ring.
            log.exception("beginning to ring for %s failed", name, extra={"loop": name})
        self.ring(f"{name} post", POST_SECONDS, loops.post)
        self.ring(f"{name} reveal", REVEAL_SECONDS, loops.reveal)
        self.ring(f"{name} reconcile", RECONCILE_SECONDS, loops.reconcile)
        self.ring(f"{name} beat", BEAT_SECONDS, loops.beat)

    async def ring_once(self, name: str, loops: FaceLoops) -> None:
        """Begin to ring a face's loops at its first connection; later ones only put right what was missed."""
        if name in self._rung:
            await loops.reconcile()
            return
        self._rung.add(name)
        await self.ring_face(name, loops)

    def start(self) -> None:
        """Begin to ring; needs a running event loop."""
        self._scheduler.start()

    def stop(self) -> None:
        """Ring no more."""
        self._scheduler.shutdown(wait=False)
