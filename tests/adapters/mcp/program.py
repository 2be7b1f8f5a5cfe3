"""A program that uses Studybot through the SDK's own client."""

from __future__ import annotations

import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from mcp import Client
from mcp.types import TextContent, Tool

from bot.app.mcp import server
from bot.config import Settings
from tests.dialogues.telling import MONDAY, FixedClock, migrated

_BUTTON = re.compile(r"^- (.+): (sb1:\S.*)$", re.MULTILINE)
STREAMS = ("legacy", "auto")
"""The client's two ways to speak: over memory streams after a handshake, and by single requests."""


def buttons(reply: str) -> dict[str, str]:
    """The routes that can be pressed, by their labels."""
    return dict(_BUTTON.findall(reply))


class Program:
    """Calls tools and reads what comes back."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def tools(self) -> list[Tool]:
        tools: list[Tool] = (await self._client.list_tools()).tools
        return tools

    async def call(self, tool: str, **given: object) -> str:
        result = await self._client.call_tool(tool, given)
        assert not result.is_error
        (content,) = result.content
        assert isinstance(content, TextContent)
        text: str = content.text
        return text

    async def press(self, button: str) -> str:
        return await self.call("press", button=button)


@asynccontextmanager
async def program(database: Path, mode: str = "legacy") -> AsyncIterator[Program]:
    """A program on the terminal's file; today's question was posted before its first call."""
    if not database.exists():  # noqa: ASYNC240 - a test may wait for its own disk
        shutil.copy(migrated(), database)
    url = f"sqlite:///{database}"
    async with (
        server(Settings(database_url=url), url, FixedClock(MONDAY), seed=7) as made,
        Client(made, mode=mode, raise_exceptions=True) as client,
    ):
        yield Program(client)
