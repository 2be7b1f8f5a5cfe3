"""Luck and habit: the counts that chance explains, to either side."""

from __future__ import annotations

import pytest

from bot.authoring.lint.balance import chi_square
from bot.authoring.lint.chance import oddity, odds_of, tally


def test_the_most_that_chance_explains_is_that_of_the_bar() -> None:
    # 36 of 100, 83 of 260 and 112 of 366 are the first counts chance does not explain.
    assert [tally([(True, 0.25)] * size).most + 1 for size in (100, 260, 366)] == [36, 83, 112]
    assert tally([(True, 1 / 3)] * 100).most > tally([(True, 0.25)] * 100).most


def test_too_few_is_as_odd_as_too_many() -> None:
    def hits(found: int) -> list[tuple[bool, float]]:
        return [(i < found, 0.5) for i in range(100)]

    assert [found for found in range(101) if tally(hits(found)).is_chance] == [*range(38, 63)]
    assert [found for found in range(101) if tally(hits(found)).too_few] == [*range(38)]


def test_a_tally_is_of_its_tries() -> None:
    found = tally([(True, 0.25), (False, 0.25), (True, 0.5)])
    assert (found.found, found.of, found.expected) == (2, 3, 1.0)
    assert found.share == pytest.approx(2 / 3)
    assert (tally([]).share, tally([]).is_chance) == (0, True)


def test_odds_are_those_of_independent_tries() -> None:
    assert odds_of([]) == [1]
    assert odds_of([0.5, 0.5]) == [0.25, 0.5, 0.25]
    assert odds_of([0.25, 0.5]) == pytest.approx([0.375, 0.5, 0.125])
    assert sum(odds_of([0.3] * 400)) == pytest.approx(1)


def test_oddity_is_that_of_the_nearer_end() -> None:
    assert oddity(0, [0.25] * 12) == pytest.approx(0.75**12)
    assert oddity(12, [0.25] * 12) == pytest.approx(0.25**12)
    assert oddity(1, [0.5, 0.5]) == pytest.approx(0.75)
    assert oddity(1, [1.0]) == 1, "what is certain is not odd"


def test_the_distance_from_equal() -> None:
    assert chi_square([25, 25, 25, 25]) == 0
    assert chi_square([40, 20, 20, 20]) == pytest.approx(12)
