"""A check of this machine's clock against the date that a platform sends with its answers."""

from __future__ import annotations

from datetime import datetime, timedelta

BELIEVED_WITHIN = timedelta(minutes=5)
"""A clock further off than this is not believed."""


class ClockCheck:
    """Remembers the latest date that a platform sent, and how long ago that was by a clock that never jumps."""

    def __init__(self) -> None:
        self._date: datetime | None = None
        self._heard_at = 0.0

    @property
    def has_date(self) -> bool:
        """Return whether the platform has sent any date yet."""
        return self._date is not None

    def heard(self, date: datetime, monotonic: float) -> None:
        """The platform sent this date at this many monotonic seconds."""
        self._date, self._heard_at = date, monotonic

    def off(self, now: datetime, monotonic: float) -> timedelta:
        """Return how far the clock is ahead of the platform's (below zero: behind); zero before the first date."""
        if self._date is None:
            return timedelta()
        return now - (self._date + timedelta(seconds=monotonic - self._heard_at))

    def believed(self, now: datetime, monotonic: float) -> bool:
        """Return whether times by this clock may be stored."""
        return abs(self.off(now, monotonic)) <= BELIEVED_WITHIN


def distance(off: timedelta) -> str:
    """Say how far a clock is off: ``60 days ahead of``."""
    minutes = round(abs(off).total_seconds() / 60)
    if minutes >= 2 * 24 * 60:
        size = f"{minutes // (24 * 60)} days"
    elif minutes >= 2 * 60:
        size = f"{minutes // 60} hours"
    else:
        size = f"{minutes} minutes"
    return f"{size} {'ahead of' if off > timedelta() else 'behind'}"
