"""Effects, carried out once a transaction is committed: introduce, share, wake the scheduler, recount."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import assert_never

from bot.ports.call import BankChanged, Call, Effect, Introduce, NoteAway, Recount, Share, Wake
from bot.ports.publisher import Address, Later, Posted, Publisher, Refused, Uncertain
from bot.ports.storage import Transact
from bot.posting.recount import recount
from bot.posting.sending_outcomes import introduction_refused
from bot.replies.card import Reply
from bot.replies.said import said

log = logging.getLogger(__name__)


NOT_SHARED = "It could not be posted here: {reason} Nothing was shared."
NOT_NOW = "It could not be posted just now, so nothing was shared. Please try again."
MAYBE_SHARED = (
    "The connection broke while it was being posted, so it may or may not be here. Look before you share it again."
)
LATER = "That is saved, but a step after it failed. Studybot tries that step again within minutes."


class Perform:
    """Carries out effects on one face. One that fails is logged and replaces the reply; nothing committed is undone."""

    def __init__(self, publisher: Publisher, transact: Transact, wake: Callable[[], None]) -> None:
        self._publisher = publisher
        self._transact = transact
        self._wake = wake

    async def __call__(self, call: Call, effects: tuple[Effect, ...]) -> Reply | None:
        """Carry out the effects in order; a reply if one went so that what was to be said is no longer true."""
        instead: Reply | None = None
        for effect in effects:
            instead = await self._one(call, effect) or instead
        return instead

    async def _one(self, call: Call, effect: Effect) -> Reply | None:
        try:
            match effect:
                case Introduce():
                    return await self._introduce(call, effect)
                case Share():
                    return await self._share(call, effect)
                case Wake():
                    self._wake()
                case Recount(track):
                    await recount(self._transact, track)
                case NoteAway() | BankChanged():
                    pass  # dispatch keeps it
                case _:
                    assert_never(effect)
        except Exception:
            log.exception("an effect failed", extra={"effect": type(effect).__name__})
            return _failed(effect)
        return None

    async def _introduce(self, call: Call, effect: Introduce) -> Reply | None:
        result = await self._publisher.post(Address(call.community, effect.place), effect.reply)
        if isinstance(result, Refused):
            reason = result.reason
            return await self._transact.write(
                lambda uow: introduction_refused(uow, effect.track, effect.place, reason, new=effect.new)
            )
        return None if isinstance(result, Posted) else effect.unsaid

    async def _share(self, call: Call, effect: Share) -> Reply | None:
        match await self._publisher.post(Address(call.community, effect.place), effect.reply):
            case Posted():
                return None
            case Refused(reason):
                return said(NOT_SHARED.format(reason=reason))
            case Later():
                return said(NOT_NOW)
            case Uncertain():
                return said(MAYBE_SHARED)


def _failed(effect: Effect) -> Reply:
    match effect:
        case Introduce():
            return effect.unsaid
        case Share():
            return said(MAYBE_SHARED)
        case _:
            return said(LATER)
