"""The terminal face, put together."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.app.core import FixedDice, SystemClock, SystemDice, left_out, open_core
from bot.commands.dispatch import Dispatch
from bot.commands.member_memory import WhoIsAway
from bot.config import Settings
from bot.domain.community import Platform
from bot.domain.identifiers import PlaceRef
from bot.ports.call import Call
from bot.ports.clock import Clock
from bot.posting.effects import Perform

if TYPE_CHECKING:
    from bot.adapters.terminal.screen import Screen


async def chat(
    settings: Settings,
    database_url: str,
    *,
    plain: bool,
    clock: Clock | None = None,
    seed: int | None = None,
    screen: Screen | None = None,
) -> int:
    """Run the terminal face until its person leaves; returns the exit code."""
    from bot.adapters.terminal.clock import ShiftedClock, system_zone
    from bot.adapters.terminal.face import TerminalFace
    from bot.adapters.terminal.publisher import TerminalPublisher
    from bot.adapters.terminal.screen import open_screen
    from bot.adapters.terminal.session import Session
    from bot.features.config.saving import ensure_track
    from bot.scheduler.face_loops import FaceLoops

    shifted = ShiftedClock(clock or SystemClock())
    zone = system_zone()
    dice = SystemDice() if seed is None else FixedDice(seed)
    async with open_core(settings, database_url, shifted) as core:
        kept = await core.storage.remembered("clock-offset")
        shifted.offset = timedelta(seconds=float(kept or 0))
        publisher = TerminalPublisher()
        loops = FaceLoops(core.storage, core.catalog, publisher, shifted)
        session = Session()
        perform = Perform(publisher, core.storage, loops.wake)
        dispatch = Dispatch(
            core.registry,
            core.catalog,
            core.storage,
            perform,
            session.may_manage,
            core.support_url,
            to_operator=True,
            away=WhoIsAway(Platform.TERMINAL, core.storage),
        )

        first = Call(Platform.TERMINAL, "terminal", PlaceRef("#general"), "you", shifted.now(), dice.seed(), zone)
        await core.storage.write(lambda uow: ensure_track(first, uow))
        await loops.reconcile()

        async def tick(now: datetime) -> None:
            await loops.settled()
            await loops.tick(now)
            await loops.reconcile(now)

        async def keep_offset(offset: timedelta) -> None:
            await core.storage.remember("clock-offset", str(offset.total_seconds()))

        face = TerminalFace(
            dispatch=dispatch,
            clock=shifted,
            dice=dice,
            publisher=publisher,
            screen=screen or open_screen(core.registry, core.catalog, plain=plain),
            zone=zone,
            tick=tick,
            next_due=loops.next_due,
            keep_offset=keep_offset,
            session=session,
            opening="\n".join(
                filter(
                    None,
                    (
                        f"Everything here is kept in its own file, {core.storage.name}; no real bot is touched.",
                        left_out(core.catalog),
                    ),
                )
            ),
        )
        return await face.run()
