"""Six weeks at a terminal, and every number that is printed held against a reckoning of its own.

Five people with habits answer, skip, do not know, press twice, go away and come back, and hide; the manager withdraws
questions and skips days. What */progress*, its history and the board print must be what ``reckoning`` says.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.dialogues.telling import MONDAY, Dialogue, dialogue, letter
from tests.semester.reckoning import Diary, Ended, Reckoning

WEEKS = 6
HABITS = {"ana": 0.97, "ben": 0.85, "cem": 0.6, "dee": 0.35, "you": 0.75}
AWAY = ("From now on", "Since yesterday", "Since two days ago", "Since three days ago")
_POSTED = re.compile(r"Posted in #general, \w{3} (\d\d \w{3}) (\d\d:\d\d):\nQuestion (\d+)\n")


@dataclass
class Group:
    """The people at one terminal, and what they should be told."""

    talk: Dialogue
    dice: random.Random
    now: datetime = MONDAY
    shown: str = ""
    """The newest question as it was posted."""
    reckoning: Reckoning = field(default_factory=lambda: Reckoning(members={name: Diary(name) for name in HABITS}))
    happened: Counter[str] = field(default_factory=Counter)
    compared: int = 0

    def read(self, printed: str) -> None:
        """Note what was posted."""
        for day, at, number in _POSTED.findall(printed):
            moment = datetime.strptime(f"{day} {at} {self.now.year}", "%d %b %H:%M %Y").replace(tzinfo=UTC)
            if moment < self.now - timedelta(days=60):
                moment = moment.replace(year=moment.year + 1)
            self.reckoning.posted(int(number), moment)
            self.shown = printed

    async def begin(self) -> None:
        self.read(await self.talk.opened())
        saved = await self.talk.say("/config time:08:00 zone:utc weekdays:mon-fri")
        assert "at 08:00 UTC, Mon to Fri" in saved

    async def next_day(self) -> None:
        """Live on to nine in the morning."""
        nine = self.now.replace(hour=9, minute=0)
        self.now = nine if nine > self.now else nine + timedelta(days=1)
        self.read(await self.talk.say(":at 09:00"))

    async def live(self) -> None:
        for _ in range(7 * WEEKS):
            await self.next_day()
            for name in self.dice.sample(sorted(HABITS), len(HABITS)):
                await self.talk.say(f":as {name}")
                await self.act(name)
            if self.dice.random() < 0.2:
                await self.manage()
            if self.now.weekday() == 4 or self.dice.random() < 0.15:
                await self.compare()
        await self.compare()

    async def act(self, name: str) -> None:
        """Let one person act for a day."""
        newest, diary = self.reckoning.rounds[-1], self.reckoning.members[name]
        luck = self.dice.random()
        if diary.away_at(self.now) and luck < 0.15:
            await self.talk.press("I am back", await self.talk.say("/progress"))
            self.reckoning.back(name, self.now)
            self.happened["back"] += 1
        elif not diary.away_at(self.now) and diary.pressed and luck < 0.05:
            await self.go_away(name)
        elif luck < 0.08:
            diary.hidden = not diary.hidden
            await self.talk.say("/privacy hide" if diary.hidden else "/leaderboard")
            if not diary.hidden:
                await self.talk.press("Show me", await self.talk.say("/leaderboard"))
            self.happened["hidden or shown"] += 1
        if newest.ended is Ended.OPEN and not diary.away_at(self.now) and self.dice.random() < HABITS[name]:
            await self.answer(name)

    async def answer(self, name: str) -> None:
        how = self.dice.choice(("right", "right", "wrong", "unsure"))
        first = self.reckoning.rounds[-1].number not in self.reckoning.members[name].pressed
        asked = await self.talk.say("/daily")
        if first and how == "unsure":
            told = await self.talk.press("Don't know", asked)
        else:
            told = await self.talk.say(letter(self.shown, right=how == "right"))
        assert ("to answer, " in told) is first, told
        assert (" That stands." in told) is not first or "did not know" in told
        self.reckoning.pressed(name, how, self.now)
        self.happened["answered" if first else "pressed again"] += 1

    async def go_away(self, name: str) -> None:
        days = self.dice.randrange(4)
        asked = await self.talk.press("Away", await self.talk.say("/progress"))
        begun = await self.talk.press(AWAY[days], asked)
        self.reckoning.went_away(name, self.now, days)
        self.happened[AWAY[days]] += 1
        if self.dice.random() < 0.5:
            day = self.now.date() + timedelta(days=self.dice.randrange(1, 20))
            await self.talk.press("Until a date", begun)
            assert "Noted." in await self.talk.say(f"{day:%Y-%m-%d}")
            self.reckoning.back_on(name, day)
            self.happened["until a date"] += 1

    async def manage(self) -> None:
        await self.talk.say(":as you")
        panel = await self.talk.press("Change #general", await self.talk.say("/config"))
        newest = self.reckoning.rounds[-1]
        if self.dice.random() < 0.6 and newest.ended is Ended.OPEN:
            await self.talk.press("Withdraw it", await self.talk.press("Withdraw open question", panel))
            newest.ended = Ended.WITHDRAWN
            self.happened["withdrawn"] += 1
        elif "Skip the next" in panel:
            await self.talk.press("Skip the next", panel)
            self.happened["skipped"] += 1

    async def compare(self) -> None:
        """Ask for everything and hold it against the reckoning."""
        self.compared += 1
        for name, diary in self.reckoning.members.items():
            await self.talk.say(f":as {name}")
            if diary.pressed:
                told = await self.talk.say("/progress")
                assert f"#general: {self.reckoning.words(name, self.now.date())}" in told, f"{name}, {self.now}"
                assert await self.history() == self.reckoning.history(name), f"{name}, {self.now}"
            board = await self.talk.say("/leaderboard")
            head, full, streaks = self.reckoning.board(self.now)
            assert head in board, f"{name}, {self.now}"
            named = re.search(r"Every round so far: (.*)", board)
            assert [one.removesuffix(" (you)") for one in named[1].split(", ")] if named else full == []
            found = [
                (int(rank), who, int(streak))
                for rank, who, streak in re.findall(r"^\s+(\d+)\.\s+(\w+)(?: \(you\))? (\d+)$", board, re.MULTILINE)
            ]
            assert found == streaks, f"{name}, {self.now}"

    async def history(self) -> list[str]:
        """The history, all pages of it."""
        printed = await self.talk.say("/progress history")
        rows: list[str] = []
        while True:
            rows += [" ".join(row.split()) for row in re.findall(r"^ +(\d+ .*: .*)$", printed, re.MULTILINE)]
            if "Older" not in printed:
                return [row.replace(" ", "  ", 1) for row in rows]
            printed = await self.talk.press("Older", printed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(2, 9))])
async def test_what_is_printed_is_what_the_rules_say(tmp_path: Path, seed: int) -> None:
    async with dialogue(tmp_path / "chat.db", seed=seed) as talk:
        group = Group(talk, random.Random(seed))
        await group.begin()
        await group.live()
    assert len(group.reckoning.rounds) >= 20
    assert group.compared >= WEEKS
    for what in ("answered", "pressed again", "back", "hidden or shown", "withdrawn", "skipped"):
        assert group.happened[what], f"{what} never happened: {group.happened}"
