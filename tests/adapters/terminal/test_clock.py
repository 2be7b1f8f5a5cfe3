"""Time at the terminal moves on and never back."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.terminal.clock import ShiftedClock, instant_at, next_at, next_day, system_zone
from bot.domain.identifiers import ZoneName
from tests.fakes.clock import FakeClock

BERLIN = ZoneName("Europe/Berlin")
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def test_the_clock_is_the_real_one_plus_an_offset() -> None:
    real = FakeClock(NOON)
    clock = ShiftedClock(real, timedelta(days=1))
    clock.move(timedelta(hours=2))
    real.advance(timedelta(minutes=5))
    assert clock.now() == NOON + timedelta(days=1, hours=2, minutes=5)
    assert clock.offset == timedelta(days=1, hours=2)


def test_moving_back_is_left_alone() -> None:
    clock = ShiftedClock(FakeClock(NOON))
    clock.move_to(NOON + timedelta(hours=1))
    clock.move_to(NOON)
    clock.move(timedelta(days=-3))
    assert clock.now() == NOON + timedelta(hours=1)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        ShiftedClock(FakeClock(NOON)).move_to(datetime(2026, 1, 1))  # noqa: DTZ001


def test_an_earlier_time_of_day_means_tomorrows() -> None:
    assert next_at(NOON, BERLIN, time(14, 0)) == NOON + timedelta(hours=1)
    assert next_at(NOON, BERLIN, time(13, 0)) == NOON + timedelta(days=1)
    assert next_at(NOON, BERLIN, time(9, 0)) == NOON + timedelta(hours=20)


def test_tomorrow_is_the_same_wall_time_through_every_change_of_clocks() -> None:
    before_spring = datetime(2027, 3, 27, 11, 0, tzinfo=UTC)
    assert next_day(before_spring, BERLIN) - before_spring == timedelta(hours=23)
    before_autumn = datetime(2026, 10, 24, 10, 0, tzinfo=UTC)
    assert next_day(before_autumn, BERLIN) - before_autumn == timedelta(hours=25)


def test_a_time_that_does_not_exist_is_shifted_and_one_that_is_twice_is_the_first() -> None:
    assert instant_at(BERLIN, date(2027, 3, 28), time(2, 30)) == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    assert instant_at(BERLIN, date(2026, 10, 25), time(2, 30)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@given(
    now=st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    zone=st.sampled_from(["Europe/Berlin", "America/Nuuk", "Pacific/Apia", "Australia/Lord_Howe", "UTC"]),
    at=st.times(),
)
def test_every_move_is_forward_and_within_two_days(now: datetime, zone: str, at: time) -> None:
    for moment in (next_day(now, ZoneName(zone)), next_at(now, ZoneName(zone), at)):
        assert now < moment <= now + timedelta(days=2)


def test_the_zone_of_the_machine_is_found(tmp_path: Path) -> None:
    assert system_zone({"TZ": "Asia/Tokyo"}, tmp_path) == "Asia/Tokyo"
    assert system_zone({"TZ": ":/usr/share/zoneinfo/Asia/Tokyo"}, tmp_path) == "Asia/Tokyo"
    assert system_zone({"TZ": "Mars/Olympus"}, tmp_path) == "UTC"
    assert system_zone({}, tmp_path) == "UTC"
    (tmp_path / "timezone").write_text("America/Nuuk\n")
    assert system_zone({}, tmp_path) == "America/Nuuk"
    (tmp_path / "localtime").symlink_to("/usr/share/zoneinfo/Europe/Berlin")
    assert system_zone({}, tmp_path) == "Europe/Berlin"
    (tmp_path / "localtime").unlink()
    (tmp_path / "timezone").write_text("Etc/UTC")
    assert system_zone({}, tmp_path) == "UTC"
