"""Tasks behind an acknowledgement, and the wait for them until that has to go."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from bot.kit import Background, reference_code
from bot.ports.clock import Dice

log = logging.getLogger(__name__)

PUT_OFF_AFTER = 1.5
"""Seconds until a command or a form is acknowledged without its answer; half of what Slack allows."""


class Running(Background):
    """Tasks in the background; what one of them fails with is logged."""

    def __init__(self, dice: Dice) -> None:
        super().__init__(self._log)
        self._dice = dice

    async def in_time(
        self, task: asyncio.Task[Any], otherwise: Callable[[], Coroutine[Any, Any, None]] | None = None
    ) -> bool:
        """Return whether it is through before the acknowledgement has to go; if not, begin ``otherwise``."""
        done: set[asyncio.Task[Any]] = set()
        try:
            done, _ = await asyncio.wait({task}, timeout=PUT_OFF_AFTER)
        finally:  # the line may be given up meanwhile, as at the end of the process
            if not done and otherwise is not None:
                self.start(otherwise())
        return bool(done)

    def _log(self, error: BaseException) -> None:
        reference = reference_code(self._dice.seed())
        log.error("answering on Slack failed %s", reference, exc_info=error)
