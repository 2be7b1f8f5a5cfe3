"""Waiting for something to become true, without asking again and again."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Pulse:
    """Beats when something has changed; those who wait look again then."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def beat(self) -> None:
        waiting, self._waiting = self._waiting, set()
        for future in waiting:
            if not future.done():
                future.set_result(None)

    async def until(
        self,
        ask: Callable[[], T],
        *,
        timeout: float,  # noqa: ASYNC109
        what: str = "",
        look_every: float = math.inf,
    ) -> T:
        """The first true answer to the question; TimeoutError when none comes in time.

        `look_every` is for what changes without a beat: the state of the bot itself.
        """
        loop = asyncio.get_running_loop()
        deadline = loop.time() + timeout
        while not (answer := ask()):
            left = deadline - loop.time()
            if left <= 0:
                raise TimeoutError(what or "It did not come to be in time.")
            future: asyncio.Future[None] = loop.create_future()
            self._waiting.add(future)
            try:
                await asyncio.wait({future}, timeout=min(left, look_every))
            finally:
                self._waiting.discard(future)
        return answer
