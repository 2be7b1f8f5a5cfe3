"""The reconcile loop: settles what a crash, an outage or a refusal left behind."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

from bot.domain.identifiers import RoundId
from bot.kit import Troubles
from bot.ports.catalogs import Catalogs
from bot.ports.publisher import Priority, Publisher, Seen
from bot.ports.storage import StorageFault, Transact
from bot.posting import claiming, due, opening, places, sending_outcomes
from bot.posting.claiming import Sending
from bot.posting.recount import recount_asked
from bot.posting.sending_outcomes import LEASE
from bot.scheduler.notify import NotifyLoop
from bot.scheduler.pacer import CALL_TIMEOUT, Pacer
from bot.scheduler.publish import PublishLoop

AT_ONCE = 50
PIECES_AT_ONCE = 20
LOOK_BACK_MARGIN = timedelta(minutes=2)


class ReconcileLoop:
    """Settles rounds cut off while being sent, closes expired ones, and tells managers what they must know."""

    def __init__(
        self,
        transact: Transact,
        catalogs: Catalogs,
        publisher: Publisher,
        publish: PublishLoop,
        pacer: Pacer,
        notify: NotifyLoop,
    ) -> None:
        self._transact = transact
        self._catalogs = catalogs
        self._publisher = publisher
        self._publish = publish
        self._pacer = pacer
        self._notify = notify
        self._troubles = Troubles()

    async def start(self, now: datetime) -> None:
        """At start: due instants are made again, in case zone rules changed.

        What was being sent when the last process ended is settled at once where waiting tells nothing: no lease of
        a dead process has to run out, and the manager is told now.
        """
        await self._transact.write(lambda uow: due.recompute_next(uow, self._publisher.platform, now))
        if not self._publisher.can_look_back:
            await self._settle(now, leased_until=now + LEASE)

    async def run_once(self, now: datetime) -> None:
        """Settle everything open at ``now``."""
        for doing, step in (
            ("settling what was cut off", self._settle),
            ("closing what is over", self._expire),
            ("telling managers", self._notify.run_once),
            ("counting again", self._recount),
            ("erasing what was left", self._erase),
        ):
            try:
                await step(now)
            except StorageFault:
                raise
            except Exception as error:
                self._troubles.noted(doing, error)

    async def _settle(self, now: datetime, leased_until: datetime | None = None) -> None:
        looked_at: set[RoundId] = set()
        while True:
            stale = await self._transact.write(
                lambda uow: claiming.stale(uow, self._catalogs, self._publisher.platform, now, leased_until or now)
            )
            cut_off = [
                sending
                for sending in stale
                if sending.round not in looked_at and not self._publish.is_sending(sending.round)
            ]
            looked_at.update(sending.round for sending in cut_off)
            settled = await asyncio.gather(*(self._settle_safely(sending, now) for sending in cut_off))
            # Where nothing can be settled just now, the rest waits for the next ring.
            if not any(settled) or len(stale) < claiming.SENT_AT_ONCE:
                return

    async def _settle_safely(self, sending: Sending, now: datetime) -> bool:
        try:
            return await self._settle_one(sending, now)
        except StorageFault:
            return False
        except Exception as error:
            self._troubles.noted(f"settling round {sending.round}", error)
            if now > sending.deadline:
                await self._give_up(sending, now)
            return False

    async def _give_up(self, sending: Sending, now: datetime) -> None:
        try:
            await self._transact.write(lambda uow: sending_outcomes.record_uncertain(uow, sending.round, now))
        except StorageFault:
            return
        except Exception as error:
            self._troubles.noted(f"giving up round {sending.round}", error)

    async def _settle_one(self, sending: Sending, now: datetime) -> bool:
        """A round that was cut off: sent again if that is safe, else looked for. False: not yet."""
        if sending.postable(now) and self._publish.is_safe(sending, now):
            await self._publish.send_again(sending)
            return True
        await self._pacer.turn(Priority.REVEAL)
        async with asyncio.timeout(CALL_TIMEOUT):
            found = await self._publisher.look_back(
                sending.address, sending.post.round, sending.first_attempt_at - LOOK_BACK_MARGIN
            )
        if found is Seen.LATER and now <= sending.deadline:
            await self._transact.write(lambda uow: sending_outcomes.record_cut_off(uow, sending.round, now, LEASE))
            return False
        if isinstance(found, Seen):
            await self._not_found(sending, found, now)
        else:
            await self._transact.write(lambda uow: sending_outcomes.record_posted(uow, sending.round, found, now))
        return True

    async def _not_found(self, sending: Sending, seen: Seen, now: datetime) -> None:
        first = sending.first_attempt_at
        by_the_wall = first <= now and self._publisher.resend_is_safe(sending.address, first, now)
        if seen is Seen.CANNOT_TELL and sending.postable(now) and by_the_wall:
            # Sent by a process that is gone; nobody can look, and nothing says that the clock was set since.
            await self._publish.send_again(sending)
        elif seen in (Seen.CANNOT_TELL, Seen.LATER):
            await self._transact.write(lambda uow: sending_outcomes.record_uncertain(uow, sending.round, now))
        elif sending.postable(now):
            await self._publish.send_again(sending)
        else:
            await self._transact.write(lambda uow: sending_outcomes.record_not_there(uow, sending.round, now))

    async def _expire(self, now: datetime) -> None:
        platform = self._publisher.platform
        after: RoundId | None = RoundId(0)
        while after is not None:
            after = await self._transact.write(
                lambda uow, after=after: opening.expire(uow, platform, now, after)  # type: ignore[misc]
            )

    async def _recount(self, _: datetime) -> None:
        await recount_asked(self._transact, self._publisher.platform)

    async def _erase(self, now: datetime) -> None:
        """Erase communities left long ago, a piece at a time so that others are written for in between."""
        for _ in range(PIECES_AT_ONCE):
            if await self._transact.write(lambda uow: places.erase_left(uow, now)):
                return
