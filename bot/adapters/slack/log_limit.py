"""A filter for log lines that a stranger can cause: at most one a minute."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

EVERY = 60.0


class OnceAMinute(logging.Filter):
    """Lets one record a minute through, in one line, with how many there were since the last."""

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._seconds = seconds
        self._last: float | None = None
        self._held = 0

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record is let through."""
        now = self._seconds()
        if self._last is not None and now - self._last < EVERY:
            self._held += 1
            return False
        more = f" ({self._held} more since the last such line)" if self._held else ""
        record.msg, record.args = record.getMessage() + more, ()
        record.exc_info = record.exc_text = None
        if record.levelno > logging.WARNING:
            record.levelno, record.levelname = logging.WARNING, "WARNING"
        self._last, self._held = now, 0
        return True
