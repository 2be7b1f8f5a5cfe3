"""The reveal loop: closed rounds' posts are edited, after every post that waits."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from bot.kit import Troubles
from bot.ports.catalogs import Catalogs
from bot.ports.publisher import Priority, Publisher
from bot.ports.storage import StorageFault, Transact
from bot.posting import revealing
from bot.posting.revealing import REVEALS_AT_ONCE, Reveal
from bot.scheduler.pacer import Pacer


class RevealLoop:
    """Edits the posts of closed rounds on one platform."""

    def __init__(
        self,
        transact: Transact,
        catalogs: Catalogs,
        publisher: Publisher,
        pacer: Pacer,
        now: Callable[[], datetime],
    ) -> None:
        self._transact = transact
        self._catalogs = catalogs
        self._publisher = publisher
        self._pacer = pacer
        self._now = now
        self._troubles = Troubles()

    async def run_once(self, now: datetime) -> int:
        """Edit everything there is to reveal; how many posts were tried."""
        tried = 0
        more = True
        pending: set[asyncio.Task[None]] = set()
        try:
            while more or pending:
                if more and len(pending) < REVEALS_AT_ONCE // 2:
                    # Before the last are through, or their turns would go by unused.
                    due = await self._transact.write(
                        lambda uow: revealing.reveals_due(uow, self._catalogs, self._publisher.platform, now)
                    )
                    pending |= {asyncio.create_task(self._edit(reveal)) for reveal in due}
                    tried += len(due)
                    more = len(due) == REVEALS_AT_ONCE
                else:
                    _, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in pending:
                task.cancel()
        return tried

    async def _edit(self, reveal: Reveal) -> None:
        try:
            result = await self._pacer.in_turn(
                Priority.REVEAL, lambda: self._publisher.edit(reveal.address, reveal.message, reveal.reply)
            )
            await self._transact.write(lambda uow: revealing.record_reveal(uow, reveal, result, self._now()))
        except StorageFault:
            return  # said by storage; the edit is held back for a while and then tried again
        except Exception as error:
            self._troubles.noted(f"editing the post of round {reveal.round}", error)
            with suppress(StorageFault):
                await self._transact.write(lambda uow: revealing.put_off(uow, reveal.round, self._now()))
