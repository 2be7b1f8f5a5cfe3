"""Waiting until something holds, looked at whenever anything happens in the fake."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from tests.fakes.patience import PATIENCE


class Changes:
    """Wakes those who wait for something whenever the fake's world changed."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._waiting: set[asyncio.Future[None]] = set()

    def notify(self) -> None:
        """Something changed."""
        for waiting in self._waiting:
            if not waiting.done():
                waiting.set_result(None)
        self._waiting.clear()

    async def next(self) -> None:
        """Wait for the next change, however long it takes."""
        change: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.add(change)
        await change

    async def until(self, holds: Callable[[], bool], what: str = "what the test waits for") -> None:
        """Wait until something holds; an AssertionError says what never came."""
        try:
            async with asyncio.timeout(self._patience):
                while not holds():
                    await self.next()
        except TimeoutError:
            raise AssertionError(f"waited {self._patience:g} s, but it never came: {what}") from None
