"""Dates and stretches as people type them: understood from today on, asked about where they can be two, or refused."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar_dates import PastDate, parse_date, parse_dates
from bot.domain.explained import NotUnderstood

TODAY = date(2026, 11, 30)  # a Monday
CHRISTMAS = date(2026, 12, 24)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        *((text, CHRISTMAS) for text in ("2026-12-24", " 2026-12-24 ", "2026/12/24", "2026.12.24", "20261224")),
        *((text, CHRISTMAS) for text in ("24.12.2026", "24.12.26", "24.12.", "24.12", "24. 12. 2026", "24-12-2026")),
        *((text, CHRISTMAS) for text in ("24/12/2026", "12/24/2026", "24/12", "12/24", "24/12/26")),
        *(
            (text, CHRISTMAS)
            for text in ("24 dec", "24 Dec 2026", "24 december", "24th of December", "24dec", "24-Dec-2026")
        ),
        *((text, CHRISTMAS) for text in ("dec 24", "Dec. 24", "December 24, 2026", "December 24th", "dec 24 2026")),
        *((text, CHRISTMAS) for text in ("thu 24 dec", "Thursday, December 24, 2026", "Thursday the 24th of December")),
        ("2026-2-3", date(2026, 2, 3)),
        ("4/4/2027", date(2027, 4, 4)),
        ("2 jan", date(2027, 1, 2)),
        ("30 nov", TODAY),
        ("29 nov", date(2027, 11, 29)),
        ("29 feb", date(2028, 2, 29)),
        ("2028-02-29", date(2028, 2, 29)),
        ("9999-12-31", date(9999, 12, 31)),
        ("today", TODAY),
        ("Tomorrow", date(2026, 12, 1)),
        ("the day after tomorrow", date(2026, 12, 2)),
        ("in 3 days", date(2026, 12, 3)),
        ("in a week", date(2026, 12, 7)),
        ("in two weeks", date(2026, 12, 14)),
        ("monday", date(2026, 12, 7)),
        ("next monday", date(2026, 12, 7)),
        ("fri", date(2026, 12, 4)),
        ("this friday", date(2026, 12, 4)),
        ("on Friday", date(2026, 12, 4)),
    ],
)
def test_dates(text: str, wanted: date) -> None:
    assert parse_date(text).on(TODAY) == wanted


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("03/04/2027", ("2027-04-03", "2027-03-04")),
        ("3-4-27", ("2027-04-03", "2027-03-04")),
        ("3/4", ("3 apr", "4 mar")),
        ("next friday", ("2026-12-04", "2026-12-11")),
    ],
)
def test_dates_that_can_be_two_are_asked_about(text: str, meant: tuple[str, ...]) -> None:
    with pytest.raises(NotUnderstood) as asked:
        parse_date(text).on(TODAY)
    assert asked.value.question
    assert asked.value.meant == meant
    assert len({parse_date(offered).on(TODAY) for offered in meant}) == len(meant)


@pytest.mark.parametrize("text", ["31.2.2027", "2026-02-29", "30 feb", "31/4/2027", "feb 30"])
def test_dates_that_do_not_exist_are_told_as_that(text: str) -> None:
    with pytest.raises(NotUnderstood, match=r"a date that exists: (February|April)( 20..)? has (28|29|30) days"):
        parse_date(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", "2026-13-01", "31/31/2027", "24", "dec", "2026", "13.13.2026", "0000-01-01", "someday", "next year"),
        *("2026-12-24T09:00", "2026-12-24 09:00", "24 dec 31 dec", "32 dec", "1234567", "in 1000 days"),
        "\U0001f384",
    ],
)
def test_dates_that_mean_nothing(text: str) -> None:
    with pytest.raises(NotUnderstood, match="YYYY-MM-DD"):
        parse_date(text)


def stretch(first: str, last: str) -> list[str]:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return [(start + timedelta(days=i)).isoformat() for i in range((end - start).days + 1)]


OVER_NEW_YEAR = stretch("2026-12-24", "2027-01-02")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2026-12-24", ["2026-12-24"]),
        ("2026-12-24, 2026-12-31", ["2026-12-24", "2026-12-31"]),
        ("2026-12-24 2026-12-24", ["2026-12-24"]),
        ("24 dec, 31 dec and 1 jan", ["2026-12-24", "2026-12-31", "2027-01-01"]),
        ("dec 24, 2026, dec 31, 2026", ["2026-12-24", "2026-12-31"]),
        ("24 dec 31 dec", ["2026-12-24", "2026-12-31"]),
        *((f"2026-12-24{between}2027-01-02", OVER_NEW_YEAR) for between in ("..", " .. ", " - ", "\u2013", " to ")),
        *(
            (f"24 dec{between}2 jan", OVER_NEW_YEAR)
            for between in (" - ", "-", "\u2013", " \u2014 ", " to ", " until ")
        ),
        ("24.12.2026 - 02.01.2027", OVER_NEW_YEAR),
        ("24.12.-2.1.", OVER_NEW_YEAR),
        ("24 dec - 2 jan 2027", OVER_NEW_YEAR),
        ("24 dec 2026 to 2 jan", OVER_NEW_YEAR),
        ("from dec 24 through jan 2", OVER_NEW_YEAR),
        ("24-26 dec", stretch("2026-12-24", "2026-12-26")),
        ("24\u201326 December 2027", stretch("2027-12-24", "2027-12-26")),
        ("Dec 24-26", stretch("2026-12-24", "2026-12-26")),
        ("24/12-26/12", stretch("2026-12-24", "2026-12-26")),
        ("december", stretch("2026-12-01", "2026-12-31")),
        ("feb 2028", stretch("2028-02-01", "2028-02-29")),
        ("tomorrow", ["2026-12-01"]),
        ("2027-05-01; 2026-12-24..2026-12-25", ["2026-12-24", "2026-12-25", "2027-05-01"]),
        ("2026-11-28..2026-12-01", stretch("2026-11-30", "2026-12-01")),
        ("9999-12-30..9999-12-31", ["9999-12-30", "9999-12-31"]),
        ("none", []),
        ("none, 24 dec", ["2026-12-24"]),
    ],
)
def test_stretches_of_dates(text: str, wanted: list[str]) -> None:
    typed = parse_dates(text)
    assert typed.on(TODAY) == frozenset(date.fromisoformat(day) for day in wanted)
    assert typed.clears == text.startswith("none")


def test_a_stretch_without_a_year_that_is_on_began_before_today() -> None:
    typed = parse_dates("24 dec - 2 jan")
    assert min(typed.on(date(2026, 12, 23))) == CHRISTMAS
    assert parse_dates("24 dec - 2 jan 2027").on(date(2026, 12, 31)) == {
        date.fromisoformat(day) for day in stretch("2026-12-31", "2027-01-02")
    }


@pytest.mark.parametrize("text", ["2025-12-24", "24.12.2025", "24 dec 2025 - 2 jan", "2026-12-24, 2026-11-29"])
def test_a_date_that_is_over_is_refused(text: str) -> None:
    with pytest.raises(PastDate):
        parse_dates(text).on(TODAY)


def test_a_stretch_is_a_year_at_most() -> None:
    assert len(parse_dates("2027-01-01..2028-01-02").on(TODAY)) == 367
    with pytest.raises(NotUnderstood, match="a year"):
        parse_dates("2027-01-01..2028-01-03").on(TODAY)


@pytest.mark.parametrize("text", ["2026-12-24..2026-12-23", "0001-01-01..9999-12-31", "26-24 dec 2026"])
def test_stretches_the_wrong_way_round_are_refused(text: str) -> None:
    with pytest.raises(NotUnderstood, match="a range of at most a year"):
        parse_dates(text).on(TODAY)


@pytest.mark.parametrize("text", ["", ", ;", "5", "2026-12-24..", "..2026-12-24", "..", "24 dec - someday", "nonesuch"])
def test_stretches_that_mean_nothing(text: str) -> None:
    with pytest.raises(NotUnderstood, match="dates such as"):
        parse_dates(text)


@given(st.dates())
def test_every_date_is_read_back(day: date) -> None:
    assert parse_date(day.isoformat()).on(TODAY) == day
    assert parse_date(f"{day:%d.%m.}{day.year:04d}").on(TODAY) == day
    assert parse_date(f"{day.day} {day:%B} {day.year:04d}").on(TODAY) == day


@given(st.dates(min_value=date(1, 1, 1), max_value=date(9999, 12, 31)), st.text() | st.sampled_from(["31 dec - 1 jan"]))
def test_whatever_is_typed_is_understood_or_refused_on_any_day(today: date, text: str) -> None:
    with suppress(NotUnderstood, PastDate):
        parse_dates(text).on(today)
