"""A semester of a dozen members: who answers, skips, guesses, goes away; told without any platform."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from random import Random
from typing import Protocol

FIRST_DAY = datetime(2026, 8, 31, tzinfo=UTC)
"""A Monday."""
BEGINNING, DUE, MORNING, EVENING = (FIRST_DAY + timedelta(hours=hour) for hour in (7, 8, 9, 22))
"""On the first day; on the others it is the same."""


class Deed(StrEnum):
    """An act about today's question, or about being here."""

    RIGHT = "right"
    WRONG = "wrong"
    UNSURE = "unsure"
    """Presses "Don't know"."""
    GUESSED = "guessed"
    """Right, and says that it was a guess."""
    TWICE = "twice"
    """Right on two devices at once, and then wrong."""
    TOO_LATE = "too late"
    """Presses yesterday's question, today."""
    AWAY = "away"
    AWAY_THREE_DAYS = "away three days"
    """Away since three days ago."""
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Day:
    """A day with a question; what is done in the morning and late in the evening, in order."""

    number: int
    """Days since the first."""
    morning: tuple[tuple[str, Deed], ...]
    evening: tuple[tuple[str, Deed], ...]

    def at(self, on_first_day: datetime) -> datetime:
        """A time of that day."""
        return on_first_day + timedelta(days=self.number)


class Member(Protocol):
    """A habit: what somebody does on the nth question of all."""

    def __call__(self, dice: Random, nth: int, of: int) -> list[Deed]: ...


def _daily(dice: Random, nth: int, of: int) -> list[Deed]:
    return [Deed.RIGHT if dice.random() < 0.8 else Deed.WRONG]


def _skipping(dice: Random, nth: int, of: int) -> list[Deed]:
    return _daily(dice, nth, of) if dice.random() < 0.6 else []


def _mostly(dice: Random, nth: int, of: int) -> list[Deed]:
    return _daily(dice, nth, of) if dice.random() < 0.9 else []


def _guessing(dice: Random, nth: int, of: int) -> list[Deed]:
    return [dice.choice([Deed.GUESSED, Deed.GUESSED, Deed.WRONG])] if dice.random() < 0.85 else []


def _unsure(dice: Random, nth: int, of: int) -> list[Deed]:
    return [dice.choice([Deed.UNSURE, Deed.RIGHT])] if dice.random() < 0.85 else []


def _two_devices(dice: Random, nth: int, of: int) -> list[Deed]:
    return [Deed.TWICE] if dice.random() < 0.8 else []


def _too_late(dice: Random, nth: int, of: int) -> list[Deed]:
    return [Deed.TOO_LATE] if dice.random() < 0.3 and nth else [Deed.RIGHT]


def _for_a_while(dice: Random, nth: int, of: int) -> list[Deed]:
    return _daily(dice, nth, of) if of // 4 <= nth < of // 2 else []


def _now_and_then(dice: Random, nth: int, of: int) -> list[Deed]:
    return _daily(dice, nth, of) if nth % 5 in (0, 4) else []


def _takes_breaks(dice: Random, nth: int, of: int) -> list[Deed]:
    """Seven questions answered, four away, and said so."""
    match nth % 11:
        case 7:
            return [Deed.AWAY]
        case 8 | 9 | 10:
            return []
        case 0 if nth:
            return [Deed.BACK, Deed.RIGHT]
        case _:
            return _mostly(dice, nth, of)


def _says_so_afterwards(dice: Random, nth: int, of: int) -> list[Deed]:
    """Misses two, says afterwards to have been away; the answer that follows ends the pause."""
    match nth % 9:
        case 3 | 4:
            return []
        case 5:
            return [Deed.AWAY_THREE_DAYS, Deed.RIGHT]
        case _:
            return _daily(dice, nth, of)


HABITS: dict[str, Member] = {
    "ana": _daily,
    "ben": _skipping,
    "cem": _takes_breaks,
    "dee": _says_so_afterwards,
    "eli": _mostly,
    "fay": _guessing,
    "gus": _unsure,
    "hal": _two_devices,
    "ivy": _too_late,
    "jon": _for_a_while,
    "kim": _skipping,
    "lou": _now_and_then,
}
IN_THE_EVENING = frozenset({"eli", "kim"})


def semester(weeks: int, seed: int) -> Iterator[Day]:
    """The weekdays of a number of weeks; the same for the same seed."""
    dice = {name: Random(f"{seed}:{name}") for name in HABITS}
    order = Random(f"{seed}:order")
    for nth in range(5 * weeks):
        done: dict[bool, list[tuple[str, Deed]]] = {False: [], True: []}
        for name in order.sample(list(HABITS), len(HABITS)):
            deeds = HABITS[name](dice[name], nth, 5 * weeks)
            done[name in IN_THE_EVENING].extend((name, deed) for deed in deeds)
        week, weekday = divmod(nth, 5)
        yield Day(7 * week + weekday, tuple(done[False]), tuple(done[True]))


@dataclass(frozen=True, slots=True)
class Ending:
    """The state at the end: as it is kept, and as members are told."""

    rounds: list[tuple[object, ...]]
    standings: dict[str, tuple[int, ...]]
    """Streak, best, last round answered, freezes, answers."""
    weeks: dict[tuple[str, str], tuple[int, int]]
    """By member and week: points and answers."""
    told: dict[str, str] = field(default_factory=dict)


class Face(Protocol):
    """A platform on which a semester is lived."""

    async def begin(self) -> None:
        """A manager sets up the daily question for weekdays at 08:00 UTC."""
        ...

    async def due(self, day: Day) -> None:
        """The day's question comes, and it is morning."""
        ...

    async def do(self, who: str, deed: Deed) -> None:
        """Somebody does something."""
        ...

    async def evening(self, day: Day) -> None:
        """It is evening."""
        ...

    async def progress(self, who: str) -> str:
        """Somebody's progress, as they read it."""
        ...

    def ending(self) -> Ending:
        """The state of things now."""
        ...


async def live(face: Face, days: Iterator[Day]) -> Ending:
    """Live through the days; how it ends."""
    await face.begin()
    for day in days:
        await face.due(day)
        for who, deed in day.morning:
            await face.do(who, deed)
        await face.evening(day)
        for who, deed in day.evening:
            await face.do(who, deed)
    told = {name: await face.progress(name) for name in HABITS}
    ending = face.ending()
    ending.told.update({name: _line(text) for name, text in told.items()})
    return ending


def _line(progress: str) -> str:
    """The streak and what stands beside it."""
    found = re.search(r"\d+ in a row, .*best \d+", progress)
    assert found, progress
    return found[0]
