"""Send managers their notices in private, as soon as there are any."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timedelta

from bot.commands.notices import to_know
from bot.domain.community import Community
from bot.kit import Troubles
from bot.ports.health import Notice
from bot.ports.publisher import Address, Later, Posted, PostResult, Priority, Publisher, Refused, Uncertain
from bot.ports.storage import StorageFault, Transact
from bot.posting import claiming
from bot.replies.notices import ManagerTold, ToKnow
from bot.scheduler.pacer import Pacer

log = logging.getLogger(__name__)

AT_ONCE = 50
TRIED_FOR = timedelta(hours=1)
"""Time for which we try a platform that cannot be reached; then the notice waits for the manager's next visit."""


class NotifyLoop:
    """Sends untold notices; each manager's trouble is their own."""

    def __init__(self, transact: Transact, publisher: Publisher, pacer: Pacer) -> None:
        self._transact = transact
        self._publisher = publisher
        self._pacer = pacer
        self._running = asyncio.Lock()
        self._troubles = Troubles()
        self._unkept: dict[int, PostResult] = {}
        """Results the database could not record, so that nobody hears again every minute while it is down."""

    async def run_once(self, now: datetime) -> None:
        """Send every notice that was not tried yet, or failed for a passing fault."""
        async with self._running:
            untried = await self._transact.read(lambda uow: uow.health.untried(self._publisher.platform, AT_ONCE))
            await asyncio.gather(*(self._tell_safely(notice, community, now) for notice, community in untried))

    async def _tell_safely(self, notice: Notice, community: Community, now: datetime) -> None:
        try:
            await self._tell(notice, community, now)
        except StorageFault:
            return  # said by storage; told with the next ring
        except Exception as error:
            self._troubles.noted(f"telling notice {notice.id}", error)

    async def _tell(self, notice: Notice, community: Community, now: datetime) -> None:
        known = await self._transact.read(lambda uow: to_know(uow, notice))
        became = self._unkept.get(notice.id) or await self._try(notice, community, known)
        if isinstance(became, Later | Uncertain) and timedelta() <= now - notice.noted_at < TRIED_FOR:
            # Told twice is better than not told: it is private, and one manager reads it.
            return
        told = isinstance(became, Posted)
        self._unkept[notice.id] = became
        await self._transact.write(lambda uow: uow.health.tried(notice.id, told))
        del self._unkept[notice.id]

    async def _try(self, notice: Notice, community: Community, known: ToKnow) -> PostResult:
        if not notice.user:  # the one who saved the track deleted their data
            return Refused("Nobody is left to tell.")
        address = Address(community.external_id, claiming.NO_PLACE)
        try:
            return await self._pacer.in_turn(
                Priority.REVEAL, lambda: self._publisher.tell(address, notice.user, ManagerTold(known))
            )
        except Exception:
            # It waits for the manager's next visit, as what cannot be told privately does.
            log.exception("telling a manager failed")
            return Refused("Telling failed.")
