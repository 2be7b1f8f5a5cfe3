"""Places on a board."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ranking import ranked


def told(values: list[int]) -> list[int]:
    return [line.rank for line in ranked((f"{n:03}", value) for n, value in enumerate(values)).lines]


@pytest.mark.parametrize(
    ("values", "ranks"),
    [
        ([], []),
        ([3], [1]),
        ([5, 7, 7, 9], [1, 2, 2, 4]),
        ([1, 1, 1], [1, 1, 1]),
        ([*range(20, 9, -1)], [*range(1, 11)]),
        ([*range(20, 11, -1), 5, 5, 5, 4], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10, 10]),
        ([*range(20, 12, -1), 5, 5, 5, 4], [1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9]),
        ([7] * 30, [1] * 30),
        ([7] * 31, []),
        ([9, *[7] * 30], [1]),
    ],
)
def test_ties_share_a_rank_and_nothing_is_shown_below_the_tenth(values: list[int], ranks: list[int]) -> None:
    assert told(values) == ranks


@given(st.dictionaries(st.text("abcdefgh", min_size=1, max_size=3), st.integers(0, 8)))
def test_the_cut_is_fair(values: dict[str, int]) -> None:
    ranking = ranked(values.items())
    assert ranking == ranked(reversed(values.items())), "whatever the order they come in"
    for line in ranking.lines:
        assert line.rank == 1 + sum(value > line.value for value in values.values())
        assert line.rank <= 10
        together = {user for user, value in values.items() if value == line.value}
        assert together <= {other.user for other in ranking.lines}, "who shares a value is shown together or not at all"
    assert len(ranking.lines) <= 30
    named = {line.user for line in ranking.lines}
    beaten = [value for user, value in values.items() if user not in named]
    assert all(line.value > value for line in ranking.lines for value in beaten)
