"""Times of day as people type them: understood, asked about where they can be two, or refused."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.explained import NotUnderstood
from bot.domain.time_of_day import parse_time


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
        ("21,30", time(21, 30)),
        ("  7:05 ", time(7, 5)),
        ("9:00:00", time(9)),
        ("9:0", time(9)),
        ("0:0", time(0)),
        ("21:\u0660", time(21)),
        ("09\uff1a00", time(9)),
        ("\u0660\u0669:\u0663\u0660", time(9, 30)),  # Arabic digits
        ("\uff10\uff19:\uff10\uff10", time(9)),  # full-width digits
        ("9am", time(9)),
        ("9 AM", time(9)),
        ("9 a.m.", time(9)),
        ("9 a. m.", time(9)),
        ("9a", time(9)),
        ("9 pm", time(21)),
        ("9:30pm", time(21, 30)),
        ("9:30 PM", time(21, 30)),
        ("9.30 pm", time(21, 30)),
        ("9.30 p.m.", time(21, 30)),
        ("930pm", time(21, 30)),
        ("9 30 pm", time(21, 30)),
        ("9 o'clock pm", time(21)),
        ("at 9 pm", time(21)),
        ("nine pm", time(21)),
        ("nine thirty am", time(9, 30)),
        ("12am", time(0)),
        ("12pm", time(12)),
        ("12:05 am", time(0, 5)),
        ("0900", time(9)),
        ("930", time(9, 30)),
        ("1830", time(18, 30)),
        ("1830h", time(18, 30)),
        ("0900 hrs", time(9)),
        ("\u0660\u0669\u0660\u0660", time(9)),
        ("09", time(9)),
        ("0", time(0)),
        ("12", time(12)),
        ("18", time(18)),
        ("21", time(21)),
        ("9h", time(9)),
        ("21h30", time(21, 30)),
        ("21 h 30", time(21, 30)),
        ("9 Uhr", time(9)),
        ("9 Uhr 30", time(9, 30)),
        ("18:30 Uhr", time(18, 30)),
        ("21 o'clock", time(21)),
        ("noon", time(12)),
        ("Midday", time(12)),
        ("12 noon", time(12)),
        ("midnight", time(0)),
        ("9 in the morning", time(9)),
        ("9:30 in the evening", time(21, 30)),
        ("3 in the afternoon", time(15)),
        ("9 at night", time(21)),
        ("2 at night", time(2)),
        ("half past 9 pm", time(21, 30)),
        ("quarter to nine am", time(8, 45)),
        ("quarter past 9 a.m.", time(9, 15)),
        ("half past 12 am", time(0, 30)),
    ],
)
def test_times(text: str, wanted: time) -> None:
    assert parse_time(text) == wanted


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("9", ["09:00", "21:00"]),
        ("nine", ["09:00", "21:00"]),
        ("9 o'clock", ["09:00", "21:00"]),
        ("half past 9", ["09:30", "21:30"]),
        ("quarter to 1", ["00:45", "12:45"]),
        ("half 9", ["08:30", "09:30", "20:30", "21:30"]),
        ("halb 9", ["08:30", "20:30"]),
        ("9:5", ["09:05", "09:50"]),
    ],
)
def test_times_that_can_be_two_are_asked_about(text: str, times: list[str]) -> None:
    with pytest.raises(NotUnderstood) as asked:
        parse_time(text)
    assert asked.value.question
    assert sorted(asked.value.meant) == times
    assert [f"{parse_time(offered):%H:%M}" for offered in asked.value.meant] == list(asked.value.meant)


@pytest.mark.parametrize(
    ("text", "meant"), [("24:00", ("00:00",)), ("2400", ("00:00",)), ("13pm", ("13:00",)), ("0:30 am", ("00:30",))]
)
def test_times_on_no_clock_are_offered_as_they_were_meant(text: str, meant: tuple[str, ...]) -> None:
    with pytest.raises(NotUnderstood, match="HH:MM") as refused:
        parse_time(text)
    assert refused.value.meant == meant


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "25:00",
        "25",
        "24:01",
        "09:60",
        "99",
        "2500",
        "25pm",
        "-9:00",
        "9:00:30",
        "1:2:3",
        "09:00+01:00",
        "9 am pm",
        "ninety",
        "half past 13",
        "half",
        "\U0001f557",
        "\u00b2:00",
        "12345",
        "\u0300",
    ],
)
def test_times_that_mean_nothing(text: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        parse_time(text)
    assert refused.value.meant == ()


@given(st.times())
def test_every_time_is_read_back(at: time) -> None:
    assert parse_time(f"{at:%H:%M}") == at.replace(second=0, microsecond=0)
    assert parse_time(f"{at:%I:%M %p}") == at.replace(second=0, microsecond=0)
