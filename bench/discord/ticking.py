"""Studybot on Discord as it runs, but told to tick at once, so that nobody waits for the alarm clock's first ring."""

from __future__ import annotations

import asyncio
import signal

from bot.app.run import bot
from bot.config import Settings

SAYS = "ticking"


async def main() -> None:
    ended = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set)
    async with bot(Settings(), print) as at_work:
        (part,) = at_work.faces
        await part.loops.begun.wait()
        print(SAYS, flush=True)
        await part.loops.tick()
        await ended.wait()


if __name__ == "__main__":
    asyncio.run(main())
