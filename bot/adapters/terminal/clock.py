"""A clock that can be moved on, so that a week is lived in a minute."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.identifiers import ZoneName
from bot.domain.schedule import aware
from bot.ports.clock import Clock


class ShiftedClock:
    """Another clock's time plus an offset; it is moved on, never back."""

    def __init__(self, clock: Clock, offset: timedelta = timedelta()) -> None:
        self._clock = clock
        self.offset = offset

    def now(self) -> datetime:
        """The present moment here, in UTC."""
        return self._clock.now() + self.offset

    def monotonic(self) -> float:
        """Seconds since some moment; moving the clock on lets none go by."""
        return self._clock.monotonic()

    def move(self, by: timedelta) -> None:
        """Move on by a span; a negative one is left alone."""
        self.offset += max(by, timedelta())

    def move_to(self, moment: datetime) -> None:
        """Move on to a moment; one that has passed is left alone."""
        self.move(aware(moment) - self.now())


def instant_at(zone: ZoneName, day: date, at: time) -> datetime:
    """The instant of a wall clock's time: shifted by the gap where it does not exist, the first where it is twice."""
    return datetime.combine(day, at, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def next_day(now: datetime, zone: ZoneName) -> datetime:
    """The same wall clock's time on the next local date."""
    local = now.astimezone(ZoneInfo(zone))
    return instant_at(zone, local.date() + timedelta(days=1), local.time())


def next_at(now: datetime, zone: ZoneName, at: time) -> datetime:
    """The next moment the wall clock shows that time: today if it is still to come, else tomorrow."""
    today = now.astimezone(ZoneInfo(zone)).date()
    moment = instant_at(zone, today, at)
    return moment if moment > now else instant_at(zone, today + timedelta(days=1), at)
