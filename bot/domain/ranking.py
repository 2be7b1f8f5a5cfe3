"""Places on a board: ties share a rank, and the last place shown is cut between ties and never through them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

PLACES = 10
"""Nothing below this rank is shown."""
NAMES_AT_MOST = 30
"""More do not fit a message: who shares the last rank is then left out together and only counted."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A line of a board."""

    rank: int
    user: str
    value: int


@dataclass(frozen=True, slots=True)
class Ranking:
    """The lines of a board, best first, and how many that share the next rank did not fit."""

    lines: tuple[Ranked, ...] = ()
    not_named: int = 0


def ranked(values: Iterable[tuple[str, int]], places: int = PLACES, names: int = NAMES_AT_MOST) -> Ranking:
    """The best first, ranked 1, 2, 2, 4."""
    in_order = sorted(values, key=lambda entry: (-entry[1], entry[0]))
    lines: list[Ranked] = []
    for place, (user, value) in enumerate(in_order, 1):
        rank = lines[-1].rank if lines and lines[-1].value == value else place
        if rank > places:
            break
        lines.append(Ranked(rank, user, value))
    if len(lines) <= names:
        return Ranking(tuple(lines))
    cut = lines[names].rank
    kept = tuple(line for line in lines if line.rank < cut)
    return Ranking(kept, sum(line.rank == cut for line in lines))
