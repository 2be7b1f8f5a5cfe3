"""Reckon what a member should be told, from what was done at the door and from the rules as members read them.

It knows no row of the database and no function of the bot: a round is a number, a date and how it ended, a member is a
list of what they pressed and when. The rules are those of the glossary, of */help* and of *How this works*.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum


class Ended(StrEnum):
    """The fate of a round."""

    OPEN = "open"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


@dataclass
class Asked:
    """A round, as it stood in the channel."""

    number: int
    at: datetime
    ended: Ended = Ended.OPEN

    @property
    def day(self) -> date:
        return self.at.date()

    @property
    def week(self) -> tuple[int, int]:
        year, week, _ = self.day.isocalendar()
        return year, week


@dataclass
class Pause:
    """Being away: from the first moment to the one after the last."""

    since: datetime
    until: datetime


@dataclass
class Diary:
    """The record of what one member did."""

    name: str
    pressed: dict[int, str] = field(default_factory=dict)
    """By the number of the round: right, wrong or unsure."""
    pauses: list[Pause] = field(default_factory=list)
    hidden: bool = False

    def away_at(self, moment: datetime) -> bool:
        return any(pause.since <= moment < pause.until for pause in self.pauses)


@dataclass(frozen=True)
class Line:
    """Streak, freezes held, answers, best, and the rounds skipped since the last answer."""

    streak: int
    freezes: int
    answers: int
    best: int
    gap: int = 0


@dataclass
class Reckoning:
    """One track and its members."""

    rounds: list[Asked] = field(default_factory=list)
    members: dict[str, Diary] = field(default_factory=dict)

    # --- what happens -------------------------------------------------------------------------------------------

    def posted(self, number: int, at: datetime) -> None:
        """A round opens, and the one before closes."""
        for before in self.rounds:
            if before.ended is Ended.OPEN:
                before.ended = Ended.CLOSED
        assert number == len(self.rounds) + 1, "every number once and in order"
        self.rounds.append(Asked(number, at))

    def pressed(self, name: str, how: str, now: datetime) -> None:
        """An answer: the first counts, and whoever answers is back."""
        diary = self.members[name]
        if self.rounds[-1].number not in diary.pressed:
            diary.pressed[self.rounds[-1].number] = how
            self.back(name, now)

    def went_away(self, name: str, now: datetime, days: int) -> None:
        """A pause begins now or on a date, covers what is open and unanswered, and saves no streak that ended."""
        diary = self.members[name]
        since = now if not days else datetime.combine(now.date() - timedelta(days=days), time(), now.tzinfo)
        newest = self.rounds[-1]
        if newest.ended is Ended.OPEN and newest.number not in diary.pressed:
            since = min(since, newest.at)
        for ended in self._endings(diary):
            since = max(since, ended.at + timedelta(seconds=1))
        diary.pauses.append(Pause(since, since + timedelta(days=30)))

    def back_on(self, name: str, day: date) -> None:
        """The running pause ends when a date begins."""
        pause = self.members[name].pauses[-1]
        pause.until = datetime.combine(day, time(), pause.since.tzinfo)

    def back(self, name: str, now: datetime) -> None:
        """The running pause ends."""
        for pause in self.members[name].pauses:
            if pause.since <= now < pause.until:
                pause.until = now

    # --- what follows -------------------------------------------------------------------------------------------

    def _counts(self, diary: Diary, asked: Asked) -> bool:
        """Return whether leaving it out costs this member something."""
        return asked.ended is Ended.CLOSED and not diary.away_at(asked.at)

    def line(self, name: str, until: int | None = None) -> Line | None:
        """Where a member stands after a round, by default the newest."""
        diary = self.members[name]
        streak, freezes, answers, best, gap = 0, 1, 0, 0, 0
        for asked in self.rounds[:until]:
            if asked.number in diary.pressed:
                if gap > freezes:
                    streak = 0
                else:
                    freezes -= gap
                streak, answers, gap = streak + 1, answers + 1, 0
                best = max(best, streak)
                if answers % 7 == 0:
                    freezes = min(freezes + 1, 2)
            elif answers and self._counts(diary, asked):
                gap += 1
        if not answers:
            return None
        shown = (0, freezes) if gap > freezes else (streak, freezes - gap)
        return Line(*shown, answers, best, gap)

    def _endings(self, diary: Diary) -> Iterable[Asked]:
        """The rounds whose skipping ended a streak."""
        for index, asked in enumerate(self.rounds):
            before, after = self.line(diary.name, index), self.line(diary.name, index + 1)
            if before and after and before.streak and not after.streak:
                yield asked

    def this_week(self, name: str, today: date) -> tuple[int, int]:
        """Answers of a week, of how many rounds that count."""
        diary = self.members[name]
        year, week, _ = today.isocalendar()
        here = [asked for asked in self.rounds if asked.week == (year, week)]
        answered = sum(asked.number in diary.pressed for asked in here)
        return answered, max(answered, sum(asked.ended is not Ended.WITHDRAWN for asked in here))

    def words(self, name: str, today: date) -> str:
        """The line of /progress and of the board."""
        line = self.line(name)
        assert line
        answered, of = self.this_week(name, today)
        freezes = f"{line.freezes} freeze{'' if line.freezes == 1 else 's'}"
        return (
            f"{line.streak} in a row, {freezes}. {line.answers} answered, {answered} of {of} this week, "
            f"best {line.best}."
        )

    def history(self, name: str) -> list[str]:
        """Every round in the words of the history, the latest first."""
        diary = self.members[name]
        told: dict[int, str] = {}
        gap: list[int] = []
        freezes, answers = 1, 0
        for asked in self.rounds:
            if asked.number in diary.pressed:
                told.update(dict.fromkeys(gap, "skipped" if len(gap) > freezes else "covered by a freeze"))
                freezes -= len(gap) if len(gap) <= freezes else 0
                answers, gap = answers + 1, []
                if answers % 7 == 0:
                    freezes = min(freezes + 1, 2)
                how = diary.pressed[asked.number]
                told[asked.number] = "answered, did not know" if how == "unsure" else f"answered, {how}"
            elif asked.ended is Ended.OPEN:
                told[asked.number] = "open"
            elif asked.ended is Ended.WITHDRAWN:
                told[asked.number] = "withdrawn"
            elif diary.away_at(asked.at):
                told[asked.number] = "you were away"
            elif not answers:
                told[asked.number] = "before you began"
            else:
                gap.append(asked.number)
        told.update(dict.fromkeys(gap, "skipped" if len(gap) > freezes else "covered by a freeze"))
        return [f"{asked.number}  {asked.day:%a %d %b}: {told[asked.number]}" for asked in reversed(self.rounds)]

    def board(self, now: datetime) -> tuple[str, list[str], list[tuple[int, str, int]]]:
        """The week in words, who answered all of it, and the longest running streaks with their ranks."""
        counted = self.rounds[:-2]
        if not counted:
            return "", [], []
        week = [asked for asked in counted if asked.week == counted[-1].week and asked.ended is Ended.CLOSED]
        answers = sum(asked.number in diary.pressed for asked in week for diary in self.members.values())
        monday = date.fromisocalendar(*counted[-1].week, 1)
        rounds = f"{len(week)} round{'' if len(week) == 1 else 's'}"
        group = f"{answers} answers" if answers > 1 else "fewer than two answers"
        head = f"The week of {monday:%a %d %b} in #general: {rounds}, {group} from the group."
        fresh = [now, *(asked.at for asked in self.rounds[-2:])]
        there = {
            name: diary
            for name, diary in self.members.items()
            if not diary.hidden and not any(diary.away_at(moment) for moment in fresh)
        }
        full = [
            name
            for name, diary in sorted(there.items())
            if week and all(asked.number in diary.pressed for asked in week)
        ]
        lines = {name: self.line(name, len(counted)) for name in there}
        running = sorted(
            ((line.streak, name) for name, line in lines.items() if line and line.streak > 1), key=_by_most
        )
        ranked: list[tuple[int, str, int]] = []
        for place, (streak, name) in enumerate(running, 1):
            rank = ranked[-1][0] if ranked and ranked[-1][2] == streak else place
            ranked.append((rank, name, streak))
        return head, full, [line for line in ranked if line[0] <= 10]


def _by_most(entry: tuple[int, str]) -> tuple[int, str]:
    return -entry[0], entry[1]
