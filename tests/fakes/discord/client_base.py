"""Turning the unmodified discord.py towards the fake, and holding its time; all of it is set back afterwards."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from tests.fakes.discord.server import FakeDiscord


@contextmanager
def discord_py_talks_to(fake: FakeDiscord) -> Iterator[None]:
    """Every client made in here connects to the fake."""
    before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = fake.api_url, yarl.URL(fake.gateway_url)
    try:
        yield
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before


class KeepAliveTime:
    """The time by which the thread that keeps a line alive finds it silent; it goes on by itself, and may leap."""

    def __init__(self) -> None:
        self._ahead = 0.0

    def now(self) -> float:
        return time.perf_counter() + self._ahead

    async def passes(self, seconds: float) -> None:
        """Let time pass once everything that has already come down the line is heard."""
        for _ in range(200):
            await asyncio.sleep(0)
        self._ahead += seconds


@contextmanager
def keep_alive_time() -> Iterator[KeepAliveTime]:
    """Lines made in here are silent for as long as a test says, however slowly the machine hears them."""
    mine = KeepAliveTime()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("discord.gateway.time", SimpleNamespace(perf_counter=mine.now, time=time.time))
        yield mine
