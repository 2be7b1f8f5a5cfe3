"""Spans of time as people type them: understood or refused."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.explained import NotUnderstood
from bot.domain.time_of_day import parse_span


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
        ("a week", timedelta(weeks=1)),
        ("an hour", timedelta(hours=1)),
        ("one day", timedelta(days=1)),
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
