"""The memory of a question: what FSRS makes of it, and what days, double presses and changed keys do to it."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.identifiers import OptionId
from bot.domain.memory import Graded, Memory, after, chance, rebuilt

A, B = OptionId("a"), OptionId("b")
DAY = date(2026, 11, 23)


def graded(day: int, *, good: bool, key: OptionId = A) -> Graded:
    return Graded(DAY + timedelta(days=day), good, key)


def in_turn(*goods: bool) -> list[int]:
    """The days between a review on the day a question is due and the next, by how each went."""
    memory: Memory | None = None
    gaps = []
    for good in goods:
        memory = after(memory, Graded(memory.due if memory else DAY, good, A))
        gaps.append((memory.due - memory.last).days)
    return gaps


def test_what_is_missed_comes_the_next_day_and_then_ever_later() -> None:
    gaps = in_turn(False, True, True, True, True)
    assert gaps[0] == 1
    assert gaps == sorted(gaps)
    assert gaps[-1] > 14


def test_it_never_waits_longer_than_half_a_year() -> None:
    assert max(in_turn(*[True] * 12)) == 180


def test_a_lapse_brings_it_back_soon() -> None:
    *_, before, lapsed = in_turn(True, True, True, False)
    assert lapsed < before / 2


def test_a_day_counts_once_and_a_clock_that_steps_back_changes_nothing() -> None:
    memory = after(None, graded(3, good=True))
    for day in (3, 2, -400):
        for good in (True, False):
            assert after(memory, graded(day, good=good)) is memory


def test_with_another_key_it_starts_over() -> None:
    known = rebuilt([graded(0, good=True), graded(3, good=True), graded(20, good=True)])
    assert known is not None
    assert chance(known, DAY + timedelta(days=21), A) > 0.9
    assert chance(known, DAY + timedelta(days=21), B) == 0
    on = graded(30, good=True, key=B)
    assert after(known, on) == after(None, on)


@given(st.lists(st.tuples(st.integers(0, 400), st.booleans(), st.sampled_from((A, B))), max_size=30))
def test_whatever_the_days_it_is_rebuilt_from_what_counted(reviews: list[tuple[int, bool, OptionId]]) -> None:
    memory, log = None, []
    for day, good, key in reviews:
        one = graded(day, good=good, key=key)
        then = after(memory, one)
        if then is not memory:
            log.append(one)
        memory = then
    assert rebuilt(log) == memory
    assert memory is None or memory.last < memory.due <= memory.last + timedelta(days=180)
