"""The clock of the terminal, which can be moved on so that a week is lived in a minute, and its time zone."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.domain.identifiers import UTC_ZONE, ZoneName
from bot.domain.schedule import aware
from bot.domain.zones import is_zone
from bot.ports.clock import Clock

_ALSO_UTC = frozenset(["Etc/UTC", "Etc/UCT", "Etc/Universal", "Etc/Zulu", "Etc/GMT", "GMT", "UCT", "Universal", "Zulu"])


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


def system_zone(environ: Mapping[str, str] | None = None, etc: Path = Path("/etc")) -> ZoneName:
    """The zone this machine is set to, by its IANA name; UTC where it cannot be told."""
    set_by_hand = (os.environ if environ is None else environ).get("TZ")
    if set_by_hand is not None:
        return _known(set_by_hand.removeprefix(":")) or UTC_ZONE
    return _linked(etc / "localtime") or _written(etc / "timezone") or UTC_ZONE


def _known(name: str) -> ZoneName | None:
    _, found, inside = name.rpartition("zoneinfo/")
    name = (inside if found else name).removeprefix("posix/").removeprefix("right/")
    if name in _ALSO_UTC:
        return UTC_ZONE
    return ZoneName(name) if is_zone(name) else None


def _linked(localtime: Path) -> ZoneName | None:
    """The zone a link into the zone database names, as on macOS and most Linux systems."""
    try:
        return _known(str(localtime.readlink()))
    except OSError:
        return None


def _written(timezone: Path) -> ZoneName | None:
    """The zone written into a file, as on Debian."""
    try:
        return _known(timezone.read_text(encoding="utf-8").strip())
    except (OSError, UnicodeDecodeError):
        return None
