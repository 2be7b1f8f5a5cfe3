"""Weekdays as people type them: understood, or refused with an offer."""

from __future__ import annotations

import pytest

from bot.domain.explained import NotUnderstood
from bot.domain.weekdays import parse_weekdays

MON, TUE, WED, THU, FRI, SAT, SUN = range(7)


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
        ("mon, wed and fri", [MON, WED, FRI]),
        ("mon, wed, and fri,", [MON, WED, FRI]),
        (", mon ,, tue", [MON, TUE]),
        ("mo-fr", range(5)),
        ("mon thru fri", range(5)),
        ("mon\u2014fri", range(5)),
        ("mon..fri", range(5)),
        ("every weekday", range(5)),
        ("weekdays and sat", range(6)),
        ("every monday", [MON]),
        ("on mondays and fridays", [MON, FRI]),
        ("every day except sunday", range(6)),
        ("daily except sat, sun", range(5)),
        ("weekdays but not wed", [MON, TUE, THU, FRI]),
        ("Mon., Wed.", [MON, WED]),
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
        "daily except daily",
        "every day except",
        "except sun",
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
    assert refused.value.meant == ("mon-fri",)
    assert parse_weekdays("mon-fri") == frozenset(range(5))
