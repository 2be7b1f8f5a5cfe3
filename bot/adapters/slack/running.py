"""What goes on behind an acknowledgement, and whether it is through before that has to go."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from bot.domain.reference import reference_code
from bot.ports.clock import Dice

log = logging.getLogger(__name__)
T = TypeVar("T")

PUT_OFF_AFTER = 1.5
"""Seconds until a command or a form is acknowledged without its answer; half of what Slack allows."""


class Running:
    """Tasks in the background; what one of them fails with is logged."""

    def __init__(self, dice: Dice) -> None:
        self._dice = dice
        self._tasks: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Begin something."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    async def in_time(
        self, task: asyncio.Task[Any], otherwise: Callable[[], Coroutine[Any, Any, None]] | None = None
    ) -> bool:
        """Whether it is through before the acknowledgement has to go; if not, ``otherwise`` is begun."""
        done: set[asyncio.Task[Any]] = set()
        try:
            done, _ = await asyncio.wait({task}, timeout=PUT_OFF_AFTER)
        finally:  # the line may be given up meanwhile, as at the end of the process
            if not done and otherwise is not None:
                self.start(otherwise())
        return bool(done)

    async def settled(self) -> None:
        """Wait until everything that was begun is through."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            reference = reference_code(self._dice.seed())
            log.error("answering on Slack failed %s", reference, exc_info=task.exception())
