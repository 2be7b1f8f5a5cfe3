"""Times, weekdays, dates and spans as people type them: understood, or refused with what was meant."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.local_time import NotUnderstood, parse_date, parse_dates, parse_span, parse_time, parse_weekdays

MON, TUE, WED, THU, FRI, SAT, SUN = range(7)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("09:00", time(9)),
        ("9:00", time(9)),
        ("18:30", time(18, 30)),
        ("0:00", time(0)),
        ("00:00", time(0)),
        ("23:59", time(23, 59)),
        ("9.30", time(9, 30)),
        ("  7:05 ", time(7, 5)),
        ("\u0660\u0669:\u0663\u0660", time(9, 30)),  # Arabic digits
        ("\uff10\uff19:\uff10\uff10", time(9)),  # full-width digits
    ],
)
def test_times(text: str, wanted: time) -> None:
    assert parse_time(text) == wanted


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("24:00", "00:00"),
        ("9am", "09:00"),
        ("9 AM", "09:00"),
        ("9 a.m.", "09:00"),
        ("9:30pm", "21:30"),
        ("9.30 p.m.", "21:30"),
        ("12am", "00:00"),
        ("12pm", "12:00"),
        ("12:05 am", "00:05"),
        ("0900", "09:00"),
        ("930", "09:30"),
        ("1830", "18:30"),
        ("9", "09:00"),
        ("18", "18:00"),
        ("9h", "09:00"),
        ("9 Uhr", "09:00"),
        ("9 o'clock", "09:00"),
        ("\u0660\u0669\u0660\u0660", "09:00"),
    ],
)
def test_times_that_are_offered_as_they_were_meant(text: str, offered: str) -> None:
    with pytest.raises(NotUnderstood, match="HH:MM") as refused:
        parse_time(text)
    assert refused.value.meant == offered
    assert f"{parse_time(offered):%H:%M}" == offered


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "25:00",
        "24:01",
        "09:60",
        "9:5",
        "99",
        "2500",
        "0am",
        "13pm",
        "-9:00",
        "9:00:00",
        "1:2:3",
        "09:00+01:00",
        "nine",
        "noon",
        "\U0001f557",
        "\u00b2:00",
        "09\uff1a00",
        "12345",
        "\u0300",
    ],
)
def test_times_that_mean_nothing(text: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        parse_time(text)
    assert refused.value.meant is None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("every day", range(7)),
        ("daily", range(7)),
        ("Mon-Sun", range(7)),
        ("mon to sun", range(7)),
        ("weekdays", range(5)),
        ("working days", range(5)),
        ("mon-fri", range(5)),
        ("Mon - Fri", range(5)),
        ("Monday to Friday", range(5)),
        ("mon\u2013fri", range(5)),
        ("weekend", [SAT, SUN]),
        ("Fri-Mon", [FRI, SAT, SUN, MON]),
        ("sun-sat", range(7)),
        ("sat-sun", [SAT, SUN]),
        ("mon", [MON]),
        ("mo", [MON]),
        ("mon-mon", [MON]),
        ("mon wed fri", [MON, WED, FRI]),
        ("Mon, Wed, Fri", [MON, WED, FRI]),
        ("mo/we", [MON, WED]),
        ("tues & thurs", [TUE, THU]),
        ("tues and thurs", [TUE, THU]),
        ("mondays and wednesdays", [MON, WED]),
        ("sat+sun", [SAT, SUN]),
        ("mon-wed, sat", [MON, TUE, WED, SAT]),
        ("mon;tue;;wed", [MON, TUE, WED]),
        ("weds", [WED]),
        ("TUESDAYS", [TUE]),
        ("fri fri fri", [FRI]),
    ],
)
def test_weekdays(text: str, wanted: range | list[int]) -> None:
    assert parse_weekdays(text) == frozenset(wanted)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " , ",
        "&",
        "-",
        "m",
        "s",
        "t",
        "mon-",
        "-fri",
        "mon-wed-fri",
        "monkey",
        "mon funday",
        "mond\u00e4y",
        "1-5",
        "9:00",
        "ssss",
        "tsss",
        "mssssss",
        "mon ssss",
        "\U0001f600",
        "\u0627\u0644\u0627\u062b\u0646\u064a\u0646",
    ],
)
def test_weekdays_that_mean_nothing(text: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        parse_weekdays(text)
    assert refused.value.meant == "mon-fri"
    assert parse_weekdays("mon-fri") == frozenset(range(5))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2026-12-24", date(2026, 12, 24)),
        (" 2026-12-24 ", date(2026, 12, 24)),
        ("2028-02-29", date(2028, 2, 29)),
        ("9999-12-31", date(9999, 12, 31)),
    ],
)
def test_dates(text: str, wanted: date) -> None:
    assert parse_date(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-02-29",
        "2026-13-01",
        "2026-2-3",
        "24.12.2026",
        "12/24/2026",
        "tomorrow",
        "2026-12-24T09:00",
        "0000-01-01",
        "\u0662\u0660\u0662\u0666-\u0661\u0662-\u0662\u0664",
        "\U0001f384",
    ],
)
def test_dates_that_mean_nothing(text: str) -> None:
    with pytest.raises(NotUnderstood, match="YYYY-MM-DD"):
        parse_date(text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", []),
        (" , ; ", []),
        ("2026-12-24", ["2026-12-24"]),
        ("2026-12-24, 2026-12-31", ["2026-12-24", "2026-12-31"]),
        ("2026-12-24 2026-12-24", ["2026-12-24"]),
        ("2026-12-30..2027-01-02", ["2026-12-30", "2026-12-31", "2027-01-01", "2027-01-02"]),
        ("2026-05-01; 2026-12-24..2026-12-25", ["2026-05-01", "2026-12-24", "2026-12-25"]),
        ("2026-12-24..2026-12-24", ["2026-12-24"]),
        ("9999-12-30..9999-12-31", ["9999-12-30", "9999-12-31"]),
    ],
)
def test_stretches_of_dates(text: str, wanted: list[str]) -> None:
    assert parse_dates(text) == frozenset(date.fromisoformat(day) for day in wanted)


def test_a_stretch_is_a_year_at_most() -> None:
    assert len(parse_dates("2027-01-01..2028-01-02")) == 367
    with pytest.raises(NotUnderstood, match="a year"):
        parse_dates("2027-01-01..2028-01-03")


@pytest.mark.parametrize(
    "text",
    [
        "2026-12-24..2026-12-23",
        "2026-12-24..",
        "..2026-12-24",
        "..",
        "2026-12-24 .. 2026-12-28",
        "0001-01-01..9999-12-31",
    ],
)
def test_stretches_that_mean_nothing(text: str) -> None:
    with pytest.raises(NotUnderstood):
        parse_dates(text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("7d", timedelta(days=7)),
        ("1 day", timedelta(days=1)),
        ("3 hours", timedelta(hours=3)),
        ("3 hrs", timedelta(hours=3)),
        ("30m", timedelta(minutes=30)),
        ("30 min", timedelta(minutes=30)),
        ("90 MINUTES", timedelta(minutes=90)),
        ("2w", timedelta(weeks=2)),
        ("2 weeks", timedelta(weeks=2)),
        ("0d", timedelta(0)),
        ("3660d", timedelta(days=3660)),
    ],
)
def test_spans(text: str, wanted: timedelta) -> None:
    assert parse_span(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "",
        "d",
        "7",
        "-7d",
        "1.5h",
        "3 months",
        "1mo",
        "2 moons",
        "10 decades",
        "1 year",
        "1d2h",
        "3661d",
        "9999w",
        "\u2466d",
    ],
)
def test_spans_that_mean_nothing(text: str) -> None:
    with pytest.raises(NotUnderstood):
        parse_span(text)


PARSERS: list[Callable[[str], object]] = [parse_time, parse_weekdays, parse_date, parse_dates, parse_span]
# Anything at all, and texts made of what these parsers look for.
PIECES = "mon sun s to - and & , : . .. 0 9 24 60 am p.m. h 2026 2026-12-24 d w months o'clock every"
alike = st.lists(st.sampled_from([*PIECES.split(), " ", "\u0669", "\u00b2", "\u0131", "\u1e9e"]), max_size=8).map(
    "".join
)


@pytest.mark.parametrize("parse", PARSERS, ids=lambda parse: parse.__name__)
@given(text=st.one_of(st.text(), alike))
def test_whatever_is_typed_is_understood_or_refused(parse: Callable[[str], object], text: str) -> None:
    try:
        parse(text)
    except NotUnderstood as error:
        refused = error
    else:
        return
    assert refused.wanted
    if refused.meant is not None:
        # What is offered is understood.
        parse(refused.meant)


@given(st.times())
def test_every_time_is_read_back(at: time) -> None:
    assert parse_time(f"{at:%H:%M}") == at.replace(second=0, microsecond=0)


@given(st.dates())
def test_every_date_is_read_back(day: date) -> None:
    assert parse_date(day.isoformat()) == day
