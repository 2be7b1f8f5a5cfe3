"""Who is away, in memory: every reply to them says so, also those that ask no database."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime

from bot.domain.community import Platform
from bot.ports.call import Call
from bot.ports.storage import Transact

log = logging.getLogger(__name__)


class WhoIsAway:
    """The members of one face who are away, and until when; read once, then kept up to date by what they do."""

    def __init__(self, platform: Platform, transact: Transact) -> None:
        self._platform = platform
        self._transact = transact
        self._until: dict[tuple[str, str], datetime] | None = None
        self._reading = asyncio.Lock()

    async def until(self, call: Call) -> datetime | None:
        """Until when the caller is away; None if they are not."""
        if self._until is None:
            await self._read(call.now)
        until = (self._until or {}).get((call.community, call.user))
        return until if until is not None and until > call.now else None

    def note(self, call: Call, until: datetime | None) -> None:
        """The caller is away until a moment from now on, or not any more."""
        if self._until is None:
            return  # not read yet, and then it will be there
        if until is None:
            self._until.pop((call.community, call.user), None)
        else:
            self._until[call.community, call.user] = until

    async def _read(self, now: datetime) -> None:
        async with self._reading:
            if self._until is not None:
                return
            try:
                found = await self._transact.read(lambda uow: uow.members.away(self._platform, now))
            except Exception:
                # The reply itself goes out; the next one tries again.
                log.exception("reading who is away failed")
                return
            self._until = {(community, user): until for community, user, until in found}
