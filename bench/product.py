"""Studybot as it runs, on a database of a benchmark, with a platform that takes everything at once."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bench.world import NOW, Press
from bot.app.core import settle_in
from bot.app.features import all_commands
from bot.catalog.catalog import LoadedCatalog
from bot.catalog.communities import OneCatalog
from bot.commands.dispatch import Dispatch
from bot.config import packaged
from bot.domain.community import Platform
from bot.domain.identifiers import MessageRef, OptionId, PlaceRef, RoundId, RoundRef
from bot.features.answer import answer
from bot.ports.call import Call, Outcome
from bot.ports.publisher import Address, Posted, PostResult, Seen
from bot.posting.effects import Perform
from bot.replies.card import Reply
from bot.replies.judged import DailyVerdict
from bot.replies.routes import route
from bot.storage.storage import Storage


class NullPublisher:
    """A platform without a line to it."""

    platform = Platform.DISCORD
    can_look_back = False

    def resend_is_safe(self, address: Address, first_attempt: datetime, now: datetime) -> bool:
        return False

    async def look_back(self, address: Address, round: RoundRef, since: datetime) -> MessageRef | Seen:
        return Seen.CANNOT_TELL

    async def post(self, address: Address, reply: Reply, round: RoundRef | None = None) -> PostResult:
        return Posted(MessageRef(f"m{round}"))

    async def edit(self, address: Address, message: MessageRef, reply: Reply) -> PostResult:
        return Posted(message)

    async def tell(self, address: Address, user: str, reply: Reply) -> PostResult:
        return Posted(MessageRef(user))


@dataclass(frozen=True, slots=True)
class Product:
    """The part of the bot that takes presses."""

    storage: Storage
    catalog: LoadedCatalog
    dispatch: Dispatch

    async def serve(self, press: Press) -> None:
        """The service in its transaction, as dispatch runs it."""
        call, round, option = _call(press), RoundRef(RoundId(press.round)), OptionId(press.option)
        outcome: Outcome = await self.storage.write(lambda uow: answer(call, uow, self.catalog, round, option))
        assert isinstance(outcome.reply, DailyVerdict)

    async def press(self, press: Press) -> None:
        """The whole way: from what the button carries to the reply."""
        answered = await self.dispatch.press(_call(press), route("ans", press.round, press.option).text)
        assert isinstance(answered.reply, DailyVerdict)


@contextmanager
def opened(path: Path, catalog: LoadedCatalog) -> Iterator[Product]:
    """Studybot on that database."""
    storage = Storage(f"sqlite:///{path}", packaged("migrations"))
    storage.open(NOW)
    usual = sys.getswitchinterval()
    settle_in()
    try:
        perform = Perform(NullPublisher(), storage, lambda: None)
        yield Product(
            storage, catalog, Dispatch(all_commands(), OneCatalog(catalog), storage, perform, _nobody_manages)
        )
    finally:
        storage.close()
        # The floors run as they come, and no run's leavings stay for the next.
        sys.setswitchinterval(usual)
        gc.unfreeze()


async def _nobody_manages(call: Call, _changes: bool) -> bool:
    return False


def _call(press: Press) -> Call:
    return Call(Platform.DISCORD, press.community, PlaceRef("channel"), press.user, NOW, press.round)
