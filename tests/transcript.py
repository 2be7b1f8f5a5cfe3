"""The conversation shown in the README, held for real each time it is checked."""

from __future__ import annotations

import asyncio
import io
import tempfile
from pathlib import Path

from tests.dialogues.telling import MONDAY, FixedClock

SCRIPT = ("C", "quit")


def transcript() -> str:
    """What a newcomer types and reads in the first minute."""
    from bot.adapters.terminal.screen import PlainScreen
    from bot.app import chat
    from bot.config import Settings

    typed = io.StringIO("\n".join(SCRIPT) + "\n")
    printed = io.StringIO()
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'studybot-chat.db'}"
        screen = PlainScreen(typed, printed)
        asyncio.run(chat(Settings(), url, plain=True, clock=FixedClock(MONDAY), seed=5, screen=screen))
        said = printed.getvalue().replace(f"{folder}/", "")
    return "\n".join(line.rstrip() for line in said.splitlines()) + "\n"
