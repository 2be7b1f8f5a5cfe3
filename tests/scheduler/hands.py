"""A wall clock and monotonic time that a test moves apart, and a loop that never waits for either."""

from __future__ import annotations

import asyncio
import selectors
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any

import pytest
from apscheduler.schedulers import base


class _Skips(selectors.DefaultSelector):
    """Where a loop would wait, time passes at once."""

    def __init__(self) -> None:
        super().__init__()
        self.at = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        assert timeout is not None, "nothing will ever happen in this loop again"
        found = super().select(0)
        if not found and timeout > 0:
            self.at += timeout
        return found


class SkippingLoop(asyncio.SelectorEventLoop):
    """Lives through an hour in an instant; for what waits for timers alone, never for threads or sockets."""

    def __init__(self) -> None:
        self._skips = _Skips()
        super().__init__(self._skips)

    def time(self) -> float:
        return self._skips.at


class Hands:
    """A wall clock with hands that can be moved while no time goes by. The running loop tells how much does."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        return self._at + timedelta(seconds=self.monotonic())

    def monotonic(self) -> float:
        return asyncio.get_running_loop().time()

    def set_by(self, by: timedelta) -> None:
        """Someone sets the clock; or, where it goes ahead, the machine slept."""
        self._at += by

    def rule_apscheduler(self, patch: pytest.MonkeyPatch) -> None:
        """APScheduler reads the machine's clock by itself; from here on that is this one."""
        hands = self

        class Told(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> Any:
                return hands.now().astimezone(tz or UTC)

        patch.setattr(base, "datetime", Told)
