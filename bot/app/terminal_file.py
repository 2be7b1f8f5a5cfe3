"""The terminal's own file at work: what its face and the faces beside it stand on."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.adapters.terminal.clock import ShiftedClock, system_zone
from bot.adapters.terminal.publisher import TerminalPublisher
from bot.adapters.terminal.session import COMMUNITY_ID, Session
from bot.app.core import Core, FixedDice, SystemClock, SystemDice, open_core
from bot.commands.dispatch import Dispatch
from bot.commands.member_memory import WhoIsAway
from bot.commands.registry import Registry
from bot.config import Settings
from bot.domain.community import Platform
from bot.domain.identifiers import ZoneName
from bot.features.config.saving import ensure_track
from bot.ports.call import Call
from bot.ports.clock import Clock, Dice
from bot.posting.effects import Perform
from bot.scheduler.face_loops import FaceLoops

_OFFSET = "clock-offset"


@dataclass(frozen=True, slots=True)
class TerminalFile:
    """The open file, with a daily question and its loops."""

    core: Core
    clock: ShiftedClock
    dice: Dice
    zone: ZoneName
    publisher: TerminalPublisher
    loops: FaceLoops

    def call(self) -> Call:
        """A call of whoever sits down there, now."""
        who = Session()
        return Call(Platform.TERMINAL, COMMUNITY_ID, who.place, who.name, self.clock.now(), self.dice.seed(), self.zone)

    def dispatch(self, registry: Registry, may_manage: Callable[[Call, bool], Awaitable[bool]]) -> Dispatch:
        """The hallway of a face on this file."""
        storage = self.core.storage
        return Dispatch(
            registry,
            self.core.catalogs,
            storage,
            Perform(self.publisher, storage, self.loops.wake),
            may_manage,
            self.core.support_url,
            to_operator=True,
            away=WhoIsAway(Platform.TERMINAL, storage),
        )

    async def tick(self, now: datetime) -> None:
        """Let happen what is due."""
        await self.loops.settled()
        await self.loops.tick(now)
        await self.loops.reconcile(now)

    async def keep_offset(self, offset: timedelta) -> None:
        """Remember how far the clock was moved on."""
        await self.core.storage.remember(_OFFSET, str(offset.total_seconds()))


@asynccontextmanager
async def terminal_file(
    settings: Settings, database_url: str, clock: Clock | None = None, seed: int | None = None
) -> AsyncIterator[TerminalFile]:
    """Open the file, at the time its clock was moved on to; the first time, a daily question is set up."""
    shifted = ShiftedClock(clock or SystemClock())
    async with open_core(settings, database_url, shifted) as core:
        shifted.offset = timedelta(seconds=float(await core.storage.remembered(_OFFSET) or 0))
        publisher = TerminalPublisher()
        loops = FaceLoops(core.storage, core.catalogs, publisher, shifted)
        dice = SystemDice() if seed is None else FixedDice(seed)
        file = TerminalFile(core, shifted, dice, system_zone(), publisher, loops)
        first = file.call()
        await core.storage.write(lambda uow: ensure_track(first, uow))
        await loops.reconcile()
        yield file
