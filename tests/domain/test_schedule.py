"""Due once per nominal date, whatever the clocks do: every clock change of two years, and long absences."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.identifiers import ZoneName
from bot.domain.schedule import (
    EVERY_DAY,
    HORIZON,
    WEEKDAYS,
    Due,
    Schedule,
    aware,
    dates_later,
    days_in_words,
    due_after,
    due_between,
    first_due,
    instant,
    iso_week,
    local_date,
    week_of,
)
from bot.domain.weekdays import parse_weekdays

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
ZONES = [
    "Africa/Cairo",
    "Africa/Casablanca",
    "Africa/El_Aaiun",
    "Africa/Johannesburg",
    "America/Asuncion",
    "America/Chicago",
    "America/Denver",
    "America/Halifax",
    "America/Havana",
    "America/Los_Angeles",
    "America/Miquelon",
    "America/New_York",
    "America/Nuuk",
    "America/Port-au-Prince",
    "America/Santiago",
    "America/Sao_Paulo",
    "America/Scoresbysund",
    "America/St_Johns",
    "America/Tijuana",
    "Antarctica/Troll",
    "Asia/Beirut",
    "Asia/Gaza",
    "Asia/Jerusalem",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Asia/Tehran",
    "Asia/Tokyo",
    "Atlantic/Azores",
    "Australia/Adelaide",
    "Australia/Lord_Howe",
    "Australia/Sydney",
    "Europe/Berlin",
    "Europe/Chisinau",
    "Europe/Dublin",
    "Europe/London",
    "Europe/Moscow",
    "Pacific/Apia",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "Pacific/Easter",
]
QUARTERS = [time(hour, minute) for hour in range(24) for minute in (0, 15, 30, 45)]


def offset(zone: str, at: datetime) -> timedelta:
    """The zone's offset from UTC at an instant."""
    found = at.astimezone(ZoneInfo(zone)).utcoffset()
    assert found is not None
    return found


@cache
def changes(zone: str) -> tuple[datetime, ...]:
    """The first instant of each new offset in 2026 and 2027."""
    found = []
    day = datetime(2026, 1, 1, tzinfo=UTC)
    while day < datetime(2028, 1, 1, tzinfo=UTC):
        low, high = day, day + DAY
        if offset(zone, low) != offset(zone, high):
            while high - low > MINUTE:
                middle = low + (high - low) // 2
                low, high = (middle, high) if offset(zone, middle) == offset(zone, low) else (low, middle)
            found.append(high.replace(second=0, microsecond=0))
        day += DAY
    return tuple(found)


def windows(zone: str) -> Iterator[tuple[date, date]]:
    """The days around each clock change; a few ordinary days where clocks never change."""
    for change in changes(zone) or (datetime(2026, 3, 28, tzinfo=UTC),):
        yield change.date() - 4 * DAY, change.date() + 4 * DAY


def days(first: date, last: date) -> list[date]:
    return [first + i * DAY for i in range((last - first).days + 1)]


def expected(zone: str, day: date, at: time) -> datetime:
    """The rule told another way: the first instant whose clock shows the time, else the old clock runs on."""
    wall = datetime.combine(day, at)
    before = offset(zone, wall.replace(tzinfo=UTC) - DAY)
    after = offset(zone, wall.replace(tzinfo=UTC) + DAY)
    shown = [wall.replace(tzinfo=UTC) - ahead for ahead in {before, after}]
    real = [at for at in shown if at + offset(zone, at) == wall.replace(tzinfo=UTC)]
    return min(real) if real else wall.replace(tzinfo=UTC) - before


def walked(schedule: Schedule, first: date, last: date) -> list[Due]:
    """Every due date from ``first`` to ``last``, as a track walks them."""
    found = []
    due = due_after(schedule, first - DAY)
    while due is not None and due.local_date <= last:
        found.append(due)
        due = due_after(schedule, due.local_date)
    return found


def test_the_zones_have_changes_to_speak_of() -> None:
    assert len(ZONES) == 40
    assert sum(len(changes(zone)) for zone in ZONES) >= 110


@pytest.mark.parametrize("zone", ZONES)
def test_each_nominal_date_is_due_once_at_the_right_instant(zone: str) -> None:
    for first, last in windows(zone):
        for at in QUARTERS:
            schedule = Schedule(at, ZoneName(zone))
            dues = walked(schedule, first, last)
            assert [due.local_date for due in dues] == days(first, last)
            assert all(one.at < other.at for one, other in pairwise(dues))
            assert [due.at for due in dues] == [expected(zone, day, at) for day in days(first, last)]


@pytest.mark.parametrize("zone", ZONES)
def test_weekdays_and_days_off_hold_around_clock_changes(zone: str) -> None:
    for first, last in windows(zone):
        off = frozenset({first + 4 * DAY})
        wanted = [day for day in days(first, last) if day.weekday() in {0, 2, 4, 6} and day not in off]
        for at in QUARTERS[::5]:
            dues = walked(Schedule(at, ZoneName(zone), frozenset({0, 2, 4, 6}), off), first, last)
            assert [due.local_date for due in dues] == wanted


@pytest.mark.parametrize(
    ("zone", "day", "at", "shown"),
    [
        ("Europe/Berlin", date(2026, 3, 29), time(2, 30), "2026-03-29 03:30 +0200"),
        ("Europe/Berlin", date(2026, 10, 25), time(2, 30), "2026-10-25 02:30 +0200"),
        ("Europe/Berlin", date(2026, 10, 25), time(3, 0), "2026-10-25 03:00 +0100"),
        ("Europe/London", date(2026, 3, 29), time(1, 0), "2026-03-29 02:00 +0100"),
        ("America/New_York", date(2026, 3, 8), time(2, 0), "2026-03-08 03:00 -0400"),
        ("America/New_York", date(2026, 11, 1), time(1, 59), "2026-11-01 01:59 -0400"),
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 15), "2026-10-04 02:45 +1100"),
        ("Australia/Lord_Howe", date(2026, 4, 5), time(1, 45), "2026-04-05 01:45 +1100"),
        ("Africa/Cairo", date(2026, 4, 24), time(0, 0), "2026-04-24 01:00 +0300"),
        ("America/Santiago", date(2026, 9, 6), time(0, 30), "2026-09-06 01:30 -0300"),
        ("America/Nuuk", date(2026, 3, 28), time(23, 45), "2026-03-29 00:45 -0100"),
    ],
)
def test_gaps_shift_and_overlaps_take_the_first(zone: str, day: date, at: time, shown: str) -> None:
    found = instant(Schedule(at, ZoneName(zone)), day).astimezone(ZoneInfo(zone))
    assert f"{found:%Y-%m-%d %H:%M %z}" == shown


def test_the_spring_night_of_nuuk_keeps_two_nominal_dates() -> None:
    nuuk = ZoneInfo("America/Nuuk")
    schedule = Schedule(time(23, 45), ZoneName("America/Nuuk"))
    shifted, regular = walked(schedule, date(2026, 3, 28), date(2026, 3, 29))
    assert (shifted.local_date, regular.local_date) == (date(2026, 3, 28), date(2026, 3, 29))
    # By the date of their instants they would be one, and one of the two would be lost.
    assert shifted.at.astimezone(nuuk).date() == regular.at.astimezone(nuuk).date() == date(2026, 3, 29)


def test_a_date_the_calendar_left_out_is_still_one_of_its_own() -> None:
    # Samoa crossed the date line: 30 December 2011 never was, so both of these fall on the 31st at nine.
    skipped, next_one = walked(Schedule(time(9), ZoneName("Pacific/Apia")), date(2011, 12, 30), date(2011, 12, 31))
    assert (skipped.local_date, next_one.local_date) == (date(2011, 12, 30), date(2011, 12, 31))
    assert skipped.at == next_one.at


# --- Any schedule, near a clock change of its zone ---

zones = st.sampled_from(ZONES)
weekday_sets = st.frozensets(st.integers(0, 6), min_size=1)


@st.composite
def schedules(draw: st.DrawFn) -> tuple[Schedule, date]:
    """A schedule and a day near a clock change of its zone."""
    zone = draw(zones)
    first, last = draw(st.sampled_from(list(windows(zone))))
    near = draw(st.sampled_from(days(first, last)))
    off = draw(st.frozensets(st.sampled_from(days(first - 10 * DAY, last + 10 * DAY)), max_size=6))
    return Schedule(draw(st.sampled_from(QUARTERS)), ZoneName(zone), draw(weekday_sets), off), near


def every_due(schedule: Schedule, first: date, last: date) -> list[Due]:
    return [
        Due(day, expected(schedule.zone, day, schedule.at))
        for day in days(first, last)
        if day.weekday() in schedule.weekdays and day not in schedule.days_off
    ]


moments = st.integers(-2 * 24 * 60, 2 * 24 * 60).map(lambda minutes: minutes * MINUTE)


@given(schedules(), moments)
def test_a_new_track_is_due_first_when_its_time_comes_and_never_before(
    made: tuple[Schedule, date], shift: timedelta
) -> None:
    schedule, near = made
    created = datetime.combine(near, time(12), tzinfo=UTC) + shift
    around = every_due(schedule, near - 10 * DAY, near + 40 * DAY)
    assert first_due(schedule, created) == next(due for due in around if due.at >= created)


@given(schedules(), moments, moments)
def test_the_moment_of_creation_may_be_told_in_any_zone(
    made: tuple[Schedule, date], shift: timedelta, ahead: timedelta
) -> None:
    schedule, near = made
    created = datetime.combine(near, time(12), tzinfo=UTC) + shift
    elsewhere = created.astimezone(timezone(ahead / 3))
    assert first_due(schedule, elsewhere) == first_due(schedule, created)


@given(schedules(), st.lists(st.integers(0, 6 * 24 * 60), max_size=12))
def test_no_absence_makes_a_date_due_twice_or_not_at_all(made: tuple[Schedule, date], away: list[int]) -> None:
    schedule, near = made
    now = datetime.combine(near - 6 * DAY, time(0), tzinfo=UTC)
    first = first_due(schedule, now)
    told: list[Due] = []
    following = first
    for minutes in (0, *away):
        now += minutes * MINUTE
        if following is None or following.at > now:
            continue
        passed = list(due_between(schedule, following, now))
        told.extend(passed)
        following = due_after(schedule, passed[-1].local_date)
    assert first is not None
    assert told == [due for due in every_due(schedule, first.local_date, now.date() + 2 * DAY) if due.at <= now]
    assert len({due.local_date for due in told}) == len(told)


@given(schedules())
def test_nothing_is_due_before_its_instant_has_come(made: tuple[Schedule, date]) -> None:
    schedule, near = made
    first = due_after(schedule, near)
    assert first is not None
    assert list(due_between(schedule, first, first.at - timedelta(microseconds=1))) == []
    assert list(due_between(schedule, first, first.at)) == [first]


@given(schedules(), moments)
def test_the_local_date_is_the_one_on_the_wall(made: tuple[Schedule, date], shift: timedelta) -> None:
    schedule, near = made
    now = datetime.combine(near, time(12), tzinfo=UTC) + shift
    assert local_date(schedule, now) == (now + offset(schedule.zone, now)).date()


def test_a_track_made_at_the_very_moment_it_is_due_is_due_at_once() -> None:
    schedule = Schedule(time(9), ZoneName("Europe/Berlin"))
    nine = datetime(2026, 11, 20, 8, tzinfo=UTC)
    assert first_due(schedule, nine) == Due(date(2026, 11, 20), nine)
    assert first_due(schedule, nine + timedelta(microseconds=1)) == Due(date(2026, 11, 21), nine + DAY)


def test_instants_are_in_utc_whatever_zone_they_came_from() -> None:
    # An instant in another zone is equal to it, but is written down and shown otherwise.
    zone = ZoneName("Asia/Kathmandu")
    there = datetime(2026, 11, 20, 9, tzinfo=ZoneInfo(zone))
    schedule = Schedule(time(9), zone)
    for moment in (aware(there), instant(schedule, there.date()), dates_later(zone, there, 7)):
        assert moment.tzinfo is UTC
    assert aware(there) == instant(schedule, there.date()) == there


# --- Days off, weekdays, words ---


def test_days_off_are_passed_over_without_losing_the_rhythm() -> None:
    off = frozenset(days(date(2026, 12, 24), date(2027, 1, 3)))
    schedule = Schedule(time(9), ZoneName("Europe/Berlin"), WEEKDAYS, off)
    due = due_after(schedule, date(2026, 12, 23))
    assert due == Due(date(2027, 1, 4), datetime(2027, 1, 4, 8, tzinfo=UTC))


def test_a_schedule_whose_every_day_is_off_is_due_never() -> None:
    off = frozenset(days(date(2026, 1, 1), date(2026, 1, 1) + HORIZON))
    schedule = Schedule(time(9), ZoneName("UTC"), EVERY_DAY, off)
    assert due_after(schedule, date(2025, 12, 31)) is None
    assert first_due(schedule, datetime(2026, 1, 2, tzinfo=UTC)) is None


def test_a_schedule_is_due_again_within_two_years_or_not_at_all() -> None:
    today = date(2025, 12, 31)
    last = today + HORIZON
    off = days(today + DAY, last - DAY)
    schedule = Schedule(time(9), ZoneName("UTC"), EVERY_DAY, frozenset(off))
    assert due_after(schedule, today) == Due(last, datetime.combine(last, time(9), tzinfo=UTC))
    assert due_after(Schedule(time(9), ZoneName("UTC"), EVERY_DAY, frozenset([*off, last])), today) is None


def test_a_year_of_days_off_ends() -> None:
    off = frozenset(days(date(2026, 1, 1), date(2026, 12, 31)))
    due = due_after(Schedule(time(9), ZoneName("UTC"), EVERY_DAY, off), date(2025, 12, 31))
    assert due is not None
    assert due.local_date == date(2027, 1, 1)


@pytest.mark.parametrize("weekdays", [frozenset[int](), frozenset({7}), frozenset({-1, 3})])
def test_a_schedule_has_weekdays_from_monday_to_sunday(weekdays: frozenset[int]) -> None:
    with pytest.raises(ValueError, match=r"^a schedule needs at least one weekday$"):
        Schedule(time(9), ZoneName("UTC"), weekdays)


@pytest.mark.parametrize("at", [time(9, 0, 1), time(9, 0, 0, 1), time(9, tzinfo=UTC)])
def test_a_schedule_is_to_the_minute(at: time) -> None:
    with pytest.raises(ValueError, match=r"^a schedule is to the minute, without a zone in the time$"):
        Schedule(at, ZoneName("UTC"))


def test_a_moment_without_a_zone_is_refused() -> None:
    naive = datetime(2026, 1, 1)  # noqa: DTZ001
    schedule = Schedule(time(9), ZoneName("UTC"))
    with pytest.raises(ValueError, match=r"^a time without a zone$"):
        aware(naive)
    with pytest.raises(ValueError, match=r"^a time without a zone$"):
        first_due(schedule, naive)


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (date(2026, 1, 1), "2026-W01"),
        (date(2027, 1, 1), "2026-W53"),
        (date(2026, 12, 31), "2026-W53"),
        (date(2028, 1, 1), "2027-W52"),
        (date(2026, 11, 16), "2026-W47"),
    ],
)
def test_weeks_are_iso_weeks(day: date, week: str) -> None:
    assert iso_week(day) == week


@given(st.dates(date(2000, 1, 10), date(2100, 1, 1)))
def test_a_week_is_told_by_one_name_from_monday_to_sunday(day: date) -> None:
    monday, sunday = week_of(day)
    assert (monday.weekday(), sunday.weekday()) == (0, 6)
    assert monday <= day <= sunday
    assert {iso_week(one) for one in days(monday, sunday)} == {iso_week(day)}
    assert iso_week(monday - DAY) != iso_week(day) != iso_week(sunday + DAY)


@pytest.mark.parametrize(
    ("weekdays", "words"),
    [
        (EVERY_DAY, "every day"),
        (WEEKDAYS, "Mon to Fri"),
        (frozenset({5, 6}), "Sat, Sun"),
        (frozenset({0, 2, 4}), "Mon, Wed, Fri"),
        (frozenset({1, 2, 3}), "Tue to Thu"),
        (frozenset({0, 5, 6}), "Mon, Sat, Sun"),
        (frozenset({3}), "Thu"),
    ],
)
def test_weekdays_in_words(weekdays: frozenset[int], words: str) -> None:
    assert days_in_words(weekdays) == words


@settings(max_examples=127)
@given(weekday_sets)
def test_weekdays_in_words_are_read_back(weekdays: frozenset[int]) -> None:
    assert parse_weekdays(days_in_words(weekdays)) == weekdays
