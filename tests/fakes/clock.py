"""A clock that stands still until a test moves it."""

from __future__ import annotations

from datetime import datetime, timedelta


class FakeClock:
    """Tells the time a test sets. ``elapsed`` is how much time truly went by, whatever the hands were set to."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self.elapsed = timedelta()

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        """Seconds that truly went by."""
        return self.elapsed.total_seconds()

    def advance(self, by: timedelta) -> None:
        """Time goes by."""
        self._now += by
        self.elapsed += by

    def go_to(self, moment: datetime) -> None:
        """Time goes by until a moment."""
        assert moment >= self._now, "time does not run backwards; a clock can be set wrong, see set_by"
        self.advance(moment - self._now)

    def set_by(self, by: timedelta) -> None:
        """The hands are moved; no time goes by."""
        self._now += by
