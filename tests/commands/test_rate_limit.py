"""Limits on how often one member may ask."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.commands.member_memory import BURST, MEMBERS_KEPT, PER_SECOND, RateLimit

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
ANN = ("discord", "1", "ann")
BOB = ("discord", "1", "bob")


def seconds(count: float) -> timedelta:
    return timedelta(seconds=count)


def test_thirty_at_once_then_one_every_two_seconds() -> None:
    limit = RateLimit()
    assert (BURST, PER_SECOND) == (30, 0.5)
    assert [limit.admits(ANN, NOON) for _ in range(32)] == [True] * 30 + [False] * 2
    assert [limit.admits(ANN, NOON + seconds(after)) for after in (1, 2, 3, 4, 5)] == [False, True, False, True, False]


def test_asking_too_fast_does_not_put_off_the_next_turn() -> None:
    limit = RateLimit(burst=1)
    assert limit.admits(ANN, NOON)
    assert [limit.admits(ANN, NOON + seconds(0.25 * step)) for step in range(1, 9)] == [False] * 7 + [True]


def test_each_member_has_a_bucket_of_their_own_in_each_community() -> None:
    limit = RateLimit(burst=1)
    for who in (ANN, BOB, ("slack", "1", "ann"), ("discord", "2", "ann")):
        assert limit.admits(who, NOON)
        assert not limit.admits(who, NOON)


def test_a_clock_stepping_back_neither_fills_nor_empties_a_bucket() -> None:
    limit = RateLimit(burst=2)
    assert limit.admits(ANN, NOON)
    assert limit.admits(ANN, NOON - seconds(3600))
    assert not limit.admits(ANN, NOON - seconds(3600))
    assert limit.admits(ANN, NOON - seconds(3598))


def test_a_long_rest_fills_the_bucket_and_no_more() -> None:
    limit = RateLimit(burst=3)
    assert all(limit.admits(ANN, NOON) for _ in range(3))
    later = NOON + timedelta(days=9)
    assert [limit.admits(ANN, later) for _ in range(4)] == [True, True, True, False]


def test_those_heard_from_lately_are_kept() -> None:
    limit = RateLimit(burst=1)
    assert limit.admits(ANN, NOON)
    for number in range(MEMBERS_KEPT - 1):
        limit.admits(("discord", "1", str(number)), NOON)
    assert not limit.admits(ANN, NOON)
    for number in range(MEMBERS_KEPT - 1):
        limit.admits(("discord", "2", str(number)), NOON)
    assert not limit.admits(ANN, NOON)


@given(st.lists(st.floats(0, 20), max_size=60), st.integers(1, 8))
def test_never_more_than_the_burst_and_what_flowed_in_since(pauses: list[float], burst: int) -> None:
    limit = RateLimit(burst=burst)
    now = NOON
    admitted: list[datetime] = []
    for pause in pauses:
        now += seconds(pause)
        if limit.admits(ANN, now):
            admitted.append(now)
    for first, begun in enumerate(admitted):
        for last, ended in enumerate(admitted[first:], first):
            flowed = (ended - begun).total_seconds() * PER_SECOND
            assert last - first + 1 <= burst + flowed + 1e-6


@given(st.lists(st.floats(2, 20), max_size=40))
def test_whoever_asks_every_two_seconds_is_always_admitted(pauses: list[float]) -> None:
    limit = RateLimit(burst=1)
    now = NOON
    for pause in pauses:
        now += seconds(pause)
        assert limit.admits(ANN, now + seconds(1e-5))
