"""The MCP face, put together."""

from __future__ import annotations

import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from bot.app.core import Broken
from bot.app.terminal_file import terminal_file
from bot.config import Settings
from bot.ports.call import Call
from bot.ports.clock import Clock
from bot.replies.card import Reply

if TYPE_CHECKING:
    from mcp.server.lowlevel import Server

NOT_INSTALLED = (
    "`studybot mcp` needs a library that is not installed. Install it beside Studybot with "
    '`pip install "studybot[mcp]"`, and start again.'
)


@asynccontextmanager
async def server(
    settings: Settings, database_url: str, clock: Clock | None = None, seed: int | None = None
) -> AsyncIterator[Server[Any]]:
    """Make the server that works on the terminal's file, for whoever sits down there."""
    from bot.adapters.mcp.face import McpFace, for_programs

    async with terminal_file(settings, database_url, clock, seed) as file:

        async def called() -> Call:
            await file.tick(file.clock.now())
            return file.call()

        def news() -> list[Reply]:
            return [one.reply for one in file.publisher.take(file.call().user)]

        registry = file.core.registry
        dispatch = file.dispatch(registry.only(for_programs), _nobody_manages)
        yield McpFace(dispatch, registry, called, news).server()


async def _nobody_manages(_call: Call, _changes: bool) -> bool:
    return False


async def serve(settings: Settings, database_url: str) -> int:
    """Serve a program over standard input and output until it leaves; the exit code."""
    try:
        from mcp.server.stdio import stdio_server
    except ModuleNotFoundError:
        raise Broken(NOT_INSTALLED) from None

    # A line is read in a thread that nothing interrupts. What was answered is kept by then.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    async with server(settings, database_url) as made, stdio_server() as (from_program, to_program):
        sys.stderr.write("Studybot serves a program over MCP here. Ctrl+C ends it.\n")
        await made.run(from_program, to_program, made.create_initialization_options())
    return 0
