"""Counts beside what chance would give: how often a sign leads to the right option, and how often luck would."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

TAIL = 0.01
"""A count so high, or so low, that chance gives it in fewer than one bank of a hundred is not chance."""


@dataclass(frozen=True, slots=True)
class Tally:
    """The hits of a sign beside those of chance."""

    found: int
    of: int
    expected: float
    """The hits that chance gives."""
    least: int
    """The fewest that chance explains."""
    most: int
    """The most that chance explains."""

    @property
    def share(self) -> float:
        """The share of tries that were hits."""
        return self.found / self.of if self.of else 0.0

    @property
    def is_chance(self) -> bool:
        """Return whether chance explains the count."""
        return self.least <= self.found <= self.most

    @property
    def too_few(self) -> bool:
        """Return whether there are fewer hits than chance explains."""
        return self.found < self.least


def tally(tries: Iterable[tuple[bool, float]]) -> Tally:
    """Count tries, each given as whether it was a hit and its chance to be one."""
    told = list(tries)
    chances = [chance for _, chance in told]
    odds = odds_of(chances)
    found = sum(hit for hit, _ in told)
    return Tally(found, len(told), sum(chances), _fewest(odds), len(odds) - 1 - _fewest(odds[::-1]))


def odds_of(chances: Sequence[float]) -> list[float]:
    """The odds of no hit, of one, of two ... in independent tries with these chances."""
    odds = [1.0]
    for chance in chances:
        odds = [
            (odds[hits] * (1 - chance) if hits < len(odds) else 0) + (odds[hits - 1] * chance if hits else 0)
            for hits in range(len(odds) + 1)
        ]
    return odds


def oddity(found: int, chances: Sequence[float]) -> float:
    """The odds that chance gives so low a count, or so high a one, whichever is less."""
    odds = odds_of(chances)
    return min(sum(odds[: found + 1]), sum(odds[found:]))


def _fewest(odds: Sequence[float]) -> int:
    """The lowest count that, together with those below it, has odds of at least 1 %."""
    below = 0.0
    for hits, one in enumerate(odds):
        below += one
        if below >= TAIL:
            return hits
    return 0
