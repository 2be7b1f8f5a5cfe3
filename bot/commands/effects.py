"""What is done once a transaction is committed: introduce, share, wake the scheduler, recount."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import assert_never

from bot.commands.recounting import recount
from bot.ports.call import Call, Effect, Introduce, Recount, Share, Wake
from bot.ports.publisher import Address, Posted, Publisher, Refused
from bot.ports.storage import Transact
from bot.replies.card import Reply
from bot.replies.said import said
from bot.services.recording import introduction_refused

log = logging.getLogger(__name__)


class Perform:
    """Carries out effects on one face. A failed effect is logged and never takes back what was committed."""

    def __init__(self, publisher: Publisher, transact: Transact, wake: Callable[[], None]) -> None:
        self._publisher = publisher
        self._transact = transact
        self._wake = wake

    async def __call__(self, call: Call, effects: tuple[Effect, ...]) -> Reply | None:
        """Carry out the effects in order; a reply if one went so that what was to be said is no longer true."""
        instead: Reply | None = None
        for effect in effects:
            try:
                instead = await self._one(call, effect) or instead
            except Exception:
                log.exception("an effect failed", extra={"effect": type(effect).__name__})
        return instead

    async def _one(self, call: Call, effect: Effect) -> Reply | None:
        match effect:
            case Introduce():
                return await self._introduce(call, effect)
            case Share(place, reply):
                result = await self._publisher.post(Address(call.community, place), reply)
                if isinstance(result, Refused):
                    return said(f"It could not be posted here: {result.reason} Nothing was shared.")
                if not isinstance(result, Posted):
                    return said("The platform did not take it just now; it may not be there. Please try again.")
            case Wake():
                self._wake()
            case Recount(track):
                await recount(self._transact, track)
            case _:
                assert_never(effect)
        return None

    async def _introduce(self, call: Call, effect: Introduce) -> Reply | None:
        result = await self._publisher.post(Address(call.community, effect.place), effect.reply)
        if isinstance(result, Refused):
            reason = result.reason
            return await self._transact.write(
                lambda uow: introduction_refused(uow, effect.track, effect.place, reason, new=effect.new)
            )
        return None if isinstance(result, Posted) else effect.unsaid
