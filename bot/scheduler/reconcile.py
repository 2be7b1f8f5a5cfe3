"""The reconcile loop: what a crash, an outage or a refusal left behind is put right."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.domain.round import OPEN_AT_MOST
from bot.ports.catalog import Catalog
from bot.ports.publisher import Address, Publisher, Seen
from bot.ports.storage import Transact
from bot.replies.said import said
from bot.scheduler.publish import PublishLoop
from bot.services import opening, publishing
from bot.services.publishing import Sending

log = logging.getLogger(__name__)

AT_ONCE = 50
LOOK_BACK_MARGIN = timedelta(minutes=2)


class ReconcileLoop:
    """Settles rounds cut off while being sent, closes expired ones, and tells managers what they must know."""

    def __init__(
        self,
        transact: Transact,
        catalog: Catalog,
        publisher: Publisher,
        publish: PublishLoop,
        now: Callable[[], datetime],
    ) -> None:
        self._transact = transact
        self._catalog = catalog
        self._publisher = publisher
        self._publish = publish
        self._now = now

    async def start(self) -> None:
        """At start: due instants are made again, in case zone rules changed."""
        await self._transact.write(lambda uow: publishing.recompute_next(uow, self._publisher.platform))

    async def run_once(self, now: datetime) -> None:
        """Put right what is wrong at ``now``."""
        await self._settle(now)
        await self._expire(now)
        await self._tell(now)

    async def _settle(self, now: datetime) -> None:
        stale = await self._transact.write(
            lambda uow: publishing.stale(uow, self._catalog, self._publisher.platform, now)
        )
        for sending in stale:
            try:
                await self._settle_one(sending, now)
            except Exception:
                log.exception("settling round %s failed", sending.round, extra={"round": sending.round})

    async def _settle_one(self, sending: Sending, now: datetime) -> None:
        """A round that was being sent when we stopped: sent again if that is safe, else looked for."""
        if self._publisher.resend_is_safe(sending.first_attempt_at, now):
            await self._publish.send_again(sending)
            return
        found = await self._publisher.look_back(
            sending.address, sending.round, sending.first_attempt_at - LOOK_BACK_MARGIN
        )
        if isinstance(found, Seen):
            await self._not_found(sending, found, now)
            return
        await self._transact.write(lambda uow: publishing.record_posted(uow, sending.round, found, now))

    async def _not_found(self, sending: Sending, seen: Seen, now: datetime) -> None:
        if seen is Seen.CANNOT_TELL:
            await self._transact.write(lambda uow: publishing.record_uncertain(uow, sending.round, now))
        elif now <= sending.deadline:
            await self._publish.send_again(sending)
        else:
            await self._transact.write(lambda uow: publishing.record_too_late(uow, sending.round, now))

    async def _expire(self, now: datetime) -> None:
        platform = self._publisher.platform
        while True:
            closed = await self._transact.write(
                lambda uow: opening.expire_rounds(uow, uow.rounds.expired(platform, now - OPEN_AT_MOST, AT_ONCE), now)
            )
            if closed < AT_ONCE:
                return

    async def _tell(self, now: datetime) -> None:
        untried = await self._transact.read(lambda uow: uow.health.untried(self._publisher.platform, AT_ONCE))
        for notice, community in untried:
            reached = await self._publisher.tell(
                Address(community.external_id, publishing.NO_PLACE), notice.user, said(notice.text)
            )
            await self._transact.write(lambda uow, id=notice.id, told=reached: uow.health.tried(id, told))  # type: ignore[misc]
