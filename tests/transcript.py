"""The conversation shown in the README, held for real each time it is checked."""

from __future__ import annotations

import asyncio
import contextlib
import io
import tempfile

from tests.dialogues.telling import MONDAY, FixedClock

SCRIPT = ("C", "quit")


def transcript() -> str:
    """Play a newcomer's first minute; return all that is typed and read."""
    from bot.adapters.terminal.screen import PlainScreen
    from bot.app.terminal import chat
    from bot.config import CHAT_DATABASE, Settings

    typed = io.StringIO("\n".join(SCRIPT) + "\n")
    printed = io.StringIO()
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        screen = PlainScreen(typed, printed)
        clock = FixedClock(MONDAY)
        asyncio.run(chat(Settings(), CHAT_DATABASE, plain=True, clock=clock, seed=5, screen=screen))
    return "\n".join(line.rstrip() for line in printed.getvalue().splitlines()) + "\n"
