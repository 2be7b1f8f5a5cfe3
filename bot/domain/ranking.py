"""The rules of boards: which rounds they count, what they tell of right answers, and who shares which rank.

Names stand beside rounds only once they are past: neither the open round nor the one closed last is counted, so that
nobody learns from a board, or from two boards compared, who answered them and how.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.round import VOTES_TO_SHOW, Round, RoundState
from bot.domain.schedule import iso_week, week_of
from bot.domain.streak import FREEZES_AT_MOST

PLACES = 10
"""Nothing below this rank is shown."""
NAMES_AT_MOST = 30
"""More do not fit a message: who shares the last rank is then left out together and only counted."""
NOT_COUNTED_YET = 2
"""The open round and the one before it."""


@dataclass(frozen=True, slots=True)
class BoardRounds:
    """The last rounds of a track, as its boards see them."""

    until: int
    """The last round counted, by its number."""
    counted: tuple[Round, ...]
    """The latest first."""
    too_fresh: tuple[Round, ...]
    """Later ones."""

    @classmethod
    def of(cls, latest: Iterable[Round], next_seq: int) -> BoardRounds:
        """The rounds, the latest first, parted into those that count and those that do not yet."""
        numbered = [round for round in latest if round.seq is not None]
        newest = numbered[0] if numbered else None
        # A question withdrawn while it was open stands for the open one: withdrawing it names nobody any sooner.
        last = newest is not None and newest.state in (RoundState.OPEN, RoundState.VOID)
        until = (newest.seq if newest and newest.seq and last else next_seq) - NOT_COUNTED_YET
        return cls(
            until,
            tuple(round for round in numbered if (round.seq or 0) <= until),
            tuple(round for round in numbered if (round.seq or 0) > until),
        )

    @property
    def running_since(self) -> int:
        """The round since which everybody answered whose streak still runs: freezes bridge two rounds that count."""
        asked = [round for round in self.counted if _asked_of_everybody(round)]
        return asked[FREEZES_AT_MOST].seq or 0 if len(asked) > FREEZES_AT_MOST else 0

    @property
    def monday(self) -> date | None:
        """When the week of the last round counted began."""
        return week_of(self.counted[0].local_date)[0] if self.counted else None

    def asked_in_week_of(self, day: date) -> tuple[Round, ...]:
        """The rounds counted in the ISO week of a date that were asked of everybody."""
        return tuple(round for round in self._in_week_of(day) if _asked_of_everybody(round))

    def monday_by_right(self, this_week: str, since: datetime) -> date | None:
        """When the week began whose right answers are told: the latest that is over and counted whole.

        None of a week of which votes were shown, or a question withdrawn: with them, or with the board as it was
        before, sums would tell single answers. Votes are hidden from the moment that right answers are told.
        """
        running = self._running(this_week)
        day = next((round.local_date for round in self.counted if iso_week(round.local_date) not in running), None)
        if day is None:
            return None
        week = self._in_week_of(day)
        if any(round.state is RoundState.VOID or round.closed_at is None or round.closed_at < since for round in week):
            return None
        return week_of(day)[0]

    def may_have_told(self, round: Round, this_week: str) -> bool:
        """Return whether a board by right answers may have told of a round, now or before it was switched off."""
        return (round.seq or 0) <= self.until and iso_week(round.local_date) not in self._running(this_week)

    def _running(self, this_week: str) -> set[str]:
        return {this_week, *(iso_week(round.local_date) for round in self.too_fresh)}

    def _in_week_of(self, day: date) -> tuple[Round, ...]:
        return tuple(round for round in self.counted if iso_week(round.local_date) == iso_week(day))


def _asked_of_everybody(round: Round) -> bool:
    return round.state is not RoundState.VOID and not round.excused


def right_to_tell(right: int, answered: int) -> int:
    """The number a board tells of somebody's right answers in a week; nothing if they answered few, or had none.

    All and all but one are told alike, as are none and one: else each answer were told.
    """
    least = min(right, answered - 1)
    return least if answered >= VOTES_TO_SHOW and least > 1 else 0


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


def ranked(values: Iterable[tuple[str, int]]) -> Ranking:
    """The best first, ranked 1, 2, 2, 4; the last place is cut between ties and never through them."""
    in_order = sorted(values, key=lambda entry: (-entry[1], entry[0]))
    lines: list[Ranked] = []
    for place, (user, value) in enumerate(in_order, 1):
        rank = lines[-1].rank if lines and lines[-1].value == value else place
        if rank > PLACES:
            break
        lines.append(Ranked(rank, user, value))
    if len(lines) <= NAMES_AT_MOST:
        return Ranking(tuple(lines))
    cut = lines[NAMES_AT_MOST].rank
    kept = tuple(line for line in lines if line.rank < cut)
    return Ranking(kept, sum(line.rank == cut for line in lines))
