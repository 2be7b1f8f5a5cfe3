"""Open for seven local dates, whatever the clocks of the zone do meanwhile."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.identifiers import ZoneName
from bot.domain.round import open_until
from bot.domain.schedule import Schedule, due_after, instant
from tests.domain.test_schedule import ZONES

SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
CATCH_UP = timedelta(hours=6)
zones = st.sampled_from([ZoneName(zone) for zone in ZONES])
moments = st.integers(0, 4 * 365 * 86400).map(lambda since: datetime(2026, 1, 1, tzinfo=UTC) + since * SECOND)


@pytest.mark.parametrize(
    ("zone", "posted", "until"),
    [
        ("Europe/Berlin", "2026-10-19 07:00", "2026-10-26 08:00"),  # 169 hours
        ("Europe/Berlin", "2026-03-23 08:00", "2026-03-30 07:00"),  # 167 hours
        ("America/New_York", "2026-10-26 13:00", "2026-11-02 14:00"),
        ("Australia/Lord_Howe", "2026-04-03 22:00", "2026-04-10 22:30"),  # summer is half an hour there
        ("UTC", "2026-10-19 09:00", "2026-10-26 09:00"),
        ("Pacific/Apia", "2011-12-26 20:00", "2012-01-01 20:00"),  # a date was left out
        # Half past two is there twice a week later, and the first is meant; or not at all, and an hour later is meant.
        ("Europe/Berlin", "2026-10-18 00:30", "2026-10-25 00:30"),
        ("Europe/Berlin", "2026-03-22 01:30", "2026-03-29 01:30"),
    ],
)
def test_seven_local_dates(zone: str, posted: str, until: str) -> None:
    assert open_until(utc(posted), ZoneName(zone)) == utc(until)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@given(zones, moments)
def test_it_ends_seven_dates_later_at_the_same_local_time(zone: ZoneName, posted: datetime) -> None:
    until = open_until(posted, zone)
    before, after = posted.astimezone(ZoneInfo(zone)), until.astimezone(ZoneInfo(zone))
    if instant_exists(after, before.time()):
        assert after.replace(tzinfo=None, fold=0) == before.replace(tzinfo=None, fold=0) + timedelta(days=7)
    assert 7 * DAY - 2 * HOUR <= until - posted <= 7 * DAY + 2 * HOUR


def instant_exists(day: datetime, at: time) -> bool:
    """Return whether clocks of the zone show the time on that date."""
    zone = day.tzinfo
    there = datetime.combine(day.date(), at, tzinfo=zone)
    return there.astimezone(UTC).astimezone(zone).time() == at


@given(
    zones,
    st.dates(date(2026, 1, 1), date(2030, 1, 1)),
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    st.integers(0, int(CATCH_UP.total_seconds())),
)
def test_a_weekly_question_stays_open_until_the_next(zone: ZoneName, day: date, at: time, late: int) -> None:
    """However late within the window it was posted."""
    schedule = Schedule(at, zone, frozenset({day.weekday()}))
    following = due_after(schedule, day)
    assert following is not None
    assert following.local_date == day + 7 * DAY
    posted = instant(schedule, day) + late * SECOND
    if posted.astimezone(ZoneInfo(zone)).date() == day:
        assert open_until(posted, zone) >= following.at
