"""Whatever is typed where a time, a date, weekdays or a span is wanted is understood or refused, never an error."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.calendar_dates import PastDate, parse_date, parse_dates
from bot.domain.explained import NotUnderstood
from bot.domain.time_of_day import parse_span, parse_time
from bot.domain.weekdays import parse_weekdays

PARSERS: list[Callable[[str], object]] = [parse_time, parse_weekdays, parse_date, parse_dates, parse_span]
# Anything at all, and texts made of what these parsers look for.
PIECES = """mon sun s to - and & , : . .. / 0 9 24 60 3 12 2026 am p.m. h d w months o'clock every except dec jan half
past next tomorrow in week none th of from until 31 29 feb"""
alike = st.lists(st.sampled_from([*PIECES.split(), " ", " ", "\u0669", "\u00b2", "\u0131", "\u1e9e"]), max_size=9).map(
    "".join
)


@pytest.mark.parametrize("parse", PARSERS, ids=lambda parse: parse.__name__)
@settings(max_examples=300)
@given(text=st.one_of(st.text(), alike), today=st.dates())
def test_whatever_is_typed_is_understood_or_refused(parse: Callable[[str], object], text: str, today: date) -> None:
    refused: NotUnderstood | None = None
    with suppress(PastDate):
        try:
            meant = parse(text)
            if parse in (parse_date, parse_dates):
                meant.on(today)  # type: ignore[attr-defined]
        except NotUnderstood as error:
            refused = error
    if refused is not None:
        assert refused.wanted
        for offered in refused.meant:
            parse(offered)  # what is offered is understood
