"""The terminal face, put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.config import Settings
from bot.ports.clock import Clock

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
    from bot.adapters.terminal.face import TerminalFace
    from bot.adapters.terminal.screen import open_screen
    from bot.adapters.terminal.session import Session
    from bot.app.terminal_file import terminal_file

    async with terminal_file(settings, database_url, clock, seed) as file:
        core, session = file.core, Session()
        kept = f"Everything here is kept in its own file, {core.storage.name}; no real bot is touched."
        face = TerminalFace(
            dispatch=file.dispatch(core.registry, session.may_manage),
            clock=file.clock,
            dice=file.dice,
            publisher=file.publisher,
            screen=screen or open_screen(core.registry, core.catalogs, plain=plain),
            zone=file.zone,
            tick=file.tick,
            next_due=file.loops.next_due,
            keep_offset=file.keep_offset,
            session=session,
            opening="\n".join(filter(None, (kept, core.told))),
        )
        return await face.run()
