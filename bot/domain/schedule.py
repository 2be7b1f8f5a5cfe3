"""When a track is due: at most once per nominal local date, whatever the clocks do.

Rule for clock changes, after RFC 5545 section 3.3.5: a local time that does not exist is shifted by the gap
(02:30 becomes 03:30), one that exists twice means the first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.identifiers import ZoneName

DAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
EVERY_DAY = frozenset(range(7))
WEEKDAYS = frozenset(range(5))
# A track whose every day is off for two years is as good as paused.
HORIZON = timedelta(days=731)


@dataclass(frozen=True, slots=True)
class Schedule:
    """A local time on some weekdays in a zone, with days off. Weekdays count from 0, Monday."""

    at: time
    zone: ZoneName
    weekdays: frozenset[int] = EVERY_DAY
    days_off: frozenset[date] = field(default=frozenset())

    def __post_init__(self) -> None:
        if not self.weekdays or not self.weekdays <= EVERY_DAY:
            raise ValueError("a schedule needs at least one weekday")
        if self.at.second or self.at.microsecond or self.at.tzinfo:
            raise ValueError("a schedule is to the minute, without a zone in the time")


@dataclass(frozen=True, slots=True)
class Due:
    """A nominal local date and the instant its question is due."""

    local_date: date
    at: datetime


def instant(schedule: Schedule, day: date) -> datetime:
    """The instant, in UTC, at which the nominal local date ``day`` is due."""
    local = datetime.combine(day, schedule.at, tzinfo=ZoneInfo(schedule.zone))
    return local.astimezone(UTC)


def local_date(schedule: Schedule, now: datetime) -> date:
    """The calendar date in the schedule's zone."""
    return aware(now).astimezone(ZoneInfo(schedule.zone)).date()


def dates_later(zone: ZoneName, moment: datetime, dates: int) -> datetime:
    """Return the moment, in UTC, at which clocks in the zone show the same time that number of local dates later."""
    local = aware(moment).astimezone(ZoneInfo(zone))
    day, at = local.date() + timedelta(days=dates), local.time().replace(fold=0)
    return datetime.combine(day, at, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def due_after(schedule: Schedule, day: date) -> Due | None:
    """The first due date strictly after the nominal date ``day``; None if there is none within two years."""
    end = day + HORIZON
    while day < end:
        day += timedelta(days=1)
        if day.weekday() in schedule.weekdays and day not in schedule.days_off:
            return Due(day, instant(schedule, day))
    return None


def first_due(schedule: Schedule, created: datetime) -> Due | None:
    """The first due date of a new or changed track: never before ``created``."""
    # Two days back covers every shift between the nominal date and the date of the instant.
    due = due_after(schedule, local_date(schedule, created) - timedelta(days=2))
    while due is not None and due.at < created:
        due = due_after(schedule, due.local_date)
    return due


def due_between(schedule: Schedule, first: Due, now: datetime) -> Iterator[Due]:
    """Every due date from ``first`` on whose instant has come."""
    due: Due | None = first
    while due is not None and due.at <= now:
        yield due
        due = due_after(schedule, due.local_date)


def iso_week(day: date) -> str:
    """The ISO week a nominal date falls in, such as ``2026-W47``; points are counted by it."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def week_of(day: date) -> tuple[date, date]:
    """Monday and Sunday of the ISO week ``day`` falls in."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def days_in_words(weekdays: frozenset[int]) -> str:
    """The weekdays as people say them: "every day", "Mon to Fri", "Mon, Wed, Fri"."""
    if weekdays == EVERY_DAY:
        return "every day"
    days = sorted(weekdays)
    run = len(days) > 2 and days == list(range(days[0], days[-1] + 1))
    if run:
        return f"{DAY_NAMES[days[0]]} to {DAY_NAMES[days[-1]]}"
    return ", ".join(DAY_NAMES[day] for day in days)


def aware(moment: datetime) -> datetime:
    """The moment in UTC; ``ValueError`` if it carries no zone."""
    if moment.tzinfo is None:
        raise ValueError("a time without a zone")
    return moment.astimezone(UTC)
