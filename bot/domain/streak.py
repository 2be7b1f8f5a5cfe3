"""The streak: how many daily questions in a row a member answered, right or wrong.

Everything counts in rounds of one track, never in days. Rounds that count against nobody (void, excused, or
inside the member's away time) are left out by the caller, who hands in only the number of *skipped* rounds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

FREEZES_AT_START = 1
FREEZES_AT_MOST = 2
ANSWERS_PER_FREEZE = 7

SENTENCE = (
    "Your streak is how many daily questions in a row you answered, right or wrong, before the next one was "
    f"posted. Skip one and a freeze covers it: you start with one, earn one every {ANSWERS_PER_FREEZE} answers, "
    "keep at most two."
)


@dataclass(frozen=True, slots=True)
class Standing:
    """A member's standing on a track, as of the last round they answered."""

    streak: int = 0
    best: int = 0
    last_seq: int = 0
    freezes: int = FREEZES_AT_START
    answered: int = 0


@dataclass(frozen=True, slots=True)
class Streak:
    """A streak as a member sees it now."""

    length: int
    freezes: int
    skipped: int
    """Rounds missed since the last answer that a freeze covers or that ended the streak."""
    ended: int = 0
    """The length the streak had when it ended, 0 while it runs."""


def streak_now(standing: Standing, skipped: int) -> Streak:
    """The streak as it is now, with ``skipped`` counting rounds closed since the last answer."""
    if skipped <= standing.freezes:
        return Streak(standing.streak, standing.freezes - skipped, skipped)
    return Streak(0, standing.freezes, skipped, ended=standing.streak)


def answered(standing: Standing, seq: int, skipped: int) -> Standing:
    """The standing after answering round ``seq``, with ``skipped`` counting rounds missed in between.

    A gap no larger than the freezes held spends that many; a larger gap ends the streak and spends none.
    """
    before = streak_now(standing, skipped)
    length = before.length + 1
    count = standing.answered + 1
    earned = 1 if count % ANSWERS_PER_FREEZE == 0 else 0
    return Standing(
        streak=length,
        best=max(standing.best, length),
        last_seq=seq,
        freezes=min(FREEZES_AT_MOST, before.freezes + earned),
        answered=count,
    )


@dataclass(frozen=True, slots=True)
class PastRound:
    """A round as the streak sees it afterwards."""

    seq: int
    answered: bool
    neutral: bool
    """Counts against nobody, or not against this member."""


def _walked(rounds: Iterable[PastRound]) -> Iterator[tuple[PastRound, Standing | None, int]]:
    """Each round in order of ``seq``, with the standing after it and how many were skipped since the last answer."""
    standing: Standing | None = None
    skipped = 0
    for past in rounds:
        if past.answered:
            standing = answered(standing or Standing(), past.seq, skipped)
            skipped = 0
        elif standing and not past.neutral:
            skipped += 1
        yield past, standing, skipped


def replay(rounds: Iterable[PastRound]) -> Standing | None:
    """The standing that follows from the raw history; None if nothing was ever answered."""
    standings = [standing for _, standing, _ in _walked(rounds)]
    return standings[-1] if standings else None


def endings(rounds: Iterable[PastRound]) -> tuple[int, ...]:
    """The rounds whose skipping ended a streak, by ``seq``: the first of each gap that no freeze was left for."""
    return tuple(
        past.seq
        for past, standing, skipped in _walked(rounds)
        if standing and not past.answered and not past.neutral and skipped == standing.freezes + 1
    )


class Fate(StrEnum):
    """The fate of a round for one member."""

    ANSWERED = "answered"
    FROZEN = "frozen"
    SKIPPED = "skipped"
    NEUTRAL = "neutral"
    BEFORE = "before"
    """The member had not begun yet."""


def fates(rounds: Iterable[PastRound]) -> dict[int, Fate]:
    """Return the fate of each round for a member, by ``seq``: a gap is frozen as a whole or skipped as a whole."""
    told: dict[int, Fate] = {}
    standing: Standing | None = None
    gap: list[int] = []

    def settle() -> None:
        frozen = standing is not None and len(gap) <= standing.freezes
        told.update(dict.fromkeys(gap, Fate.FROZEN if frozen else Fate.SKIPPED))

    for past in rounds:
        if past.answered:
            told[past.seq] = Fate.ANSWERED
            settle()
            standing = answered(standing or Standing(), past.seq, len(gap))
            gap = []
        elif past.neutral:
            told[past.seq] = Fate.NEUTRAL
        elif standing is None:
            told[past.seq] = Fate.BEFORE
        else:
            gap.append(past.seq)
    settle()
    return told
