"""What is done once a transaction is committed: introduce, share, wake the scheduler, recount."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import assert_never

from bot.commands.recounting import recount
from bot.ports.call import Call, Effect, Introduce, Recount, Share, Wake
from bot.ports.publisher import Address, Publisher, Refused
from bot.ports.storage import Transact
from bot.services.recording import introduction_refused

log = logging.getLogger(__name__)


class Perform:
    """Carries out effects on one face. A failed effect is logged and never takes back what was committed."""

    def __init__(self, publisher: Publisher, transact: Transact, wake: Callable[[], None]) -> None:
        self._publisher = publisher
        self._transact = transact
        self._wake = wake

    async def __call__(self, call: Call, effects: tuple[Effect, ...]) -> None:
        """Carry out the effects in order."""
        for effect in effects:
            try:
                await self._one(call, effect)
            except Exception:
                log.exception("an effect failed", extra={"effect": type(effect).__name__})

    async def _one(self, call: Call, effect: Effect) -> None:
        match effect:
            case Introduce(track, place, reply):
                result = await self._publisher.post(Address(call.community, place), reply)
                if isinstance(result, Refused):
                    reason = result.reason
                    await self._transact.write(lambda uow: introduction_refused(uow, track, reason, call.now))
            case Share(place, reply):
                await self._publisher.post(Address(call.community, place), reply)
            case Wake():
                self._wake()
            case Recount(track):
                await recount(self._transact, track)
            case _:
                assert_never(effect)
