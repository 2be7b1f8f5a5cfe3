"""The publish loop: what is due is written, claimed, sent and recorded; one bad place never delays the others."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from bot.ports.catalog import Catalog
from bot.ports.publisher import Later, Posted, PostResult, Priority, Publisher, Refused, Uncertain
from bot.ports.storage import Transact, UnitOfWork
from bot.scheduler.pacer import Pacer
from bot.services import publishing
from bot.services.publishing import SENT_AT_ONCE, TRACKS_AT_ONCE, Sending

log = logging.getLogger(__name__)

POST_TIMEOUT = 30.0
"""Seconds after which a post's outcome counts as unknown; well under the lease."""


class PublishLoop:
    """Brings due rounds to their places on one platform."""

    def __init__(
        self,
        transact: Transact,
        catalog: Catalog,
        publisher: Publisher,
        pacer: Pacer,
        now: Callable[[], datetime],
    ) -> None:
        self._transact = transact
        self._catalog = catalog
        self._publisher = publisher
        self._pacer = pacer
        self._now = now

    async def run_once(self, now: datetime) -> int:
        """Write and send everything due at ``now``; how many rounds were sent or tried."""
        await self.write_due(now)
        tried = 0
        in_flight: set[asyncio.Task[None]] = set()
        more = True
        while more or in_flight:
            if more and len(in_flight) < SENT_AT_ONCE:
                room = SENT_AT_ONCE - len(in_flight)
                taken, seen = await self._transact.write(
                    lambda uow, room=room: publishing.claim(uow, self._catalog, self._publisher.platform, now, room)  # type: ignore[misc]
                )
                more = seen == room
                tried += len(taken)
                in_flight |= {asyncio.create_task(self._send(sending)) for sending in taken}
            if in_flight:
                _, in_flight = await asyncio.wait(in_flight, return_when=asyncio.FIRST_COMPLETED)
        return tried

    async def write_due(self, now: datetime) -> None:
        """Write the rounds that have come due."""
        while True:
            found = await self._transact.write(lambda uow: publishing.write_due(uow, self._publisher.platform, now))
            if found < TRACKS_AT_ONCE:
                return

    async def send_again(self, sending: Sending) -> None:
        """Send a round whose sending was cut off once more."""
        await self._transact.write(lambda uow: publishing.resend(uow, sending.round, self._now()))
        await self._send(sending)

    async def _send(self, sending: Sending) -> None:
        try:
            await self._pacer.turn(Priority.POST)
            result = await self._post(sending)
            await self._transact.write(lambda uow: self._record(uow, sending, result))
        except Exception:
            # The lease runs out and reconcile takes it from there.
            log.exception("sending round %s failed", sending.round, extra={"round": sending.round})

    async def _post(self, sending: Sending) -> PostResult:
        try:
            async with asyncio.timeout(POST_TIMEOUT):
                return await self._publisher.post(sending.address, sending.post, sending.round)
        except TimeoutError:
            return Uncertain()

    def _record(self, uow: UnitOfWork, sending: Sending, result: PostResult) -> None:
        now = self._now()
        match result:
            case Posted(message):
                publishing.record_posted(uow, sending.round, message, now)
            case Refused(reason):
                publishing.record_refused(uow, sending.round, reason, now)
            case Later(seconds):
                publishing.record_later(uow, sending.round, seconds, now)
            case Uncertain():
                if self._publisher.resend_is_safe(sending.first_attempt_at, now):
                    publishing.record_later(uow, sending.round, 1.0, now)
                else:
                    publishing.record_uncertain(uow, sending.round, now)
