"""A season of 120 dates and 30 members, with everything that happens to a group; then every number is counted again.

The counting at the end is written out here, from the rows as they are in the file and the rules as members read them.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from functools import partial

import pytest

from bot.domain.grading import UNSURE
from bot.domain.identifiers import OptionId, TrackId
from bot.domain.round import Round, RoundState
from bot.features import away, privacy
from bot.features.config import steering
from bot.features.progress import track_progress
from bot.ports.call import Call, Outcome
from bot.ports.publisher import Later
from bot.ports.storage import UnitOfWork
from bot.replies.said import Refusal
from tests.fakes.bank import Bank
from tests.fakes.publisher import Lose
from tests.scheduler.world import DAY, EVE, HOUR, MINUTE, World

DATES = 120
MEMBERS = tuple(f"user-{number:02d}" for number in range(30))
CHOICES = (OptionId("b"), OptionId("b"), OptionId("a"), OptionId("c"), OptionId("d"), UNSURE)
DUE = EVE + HOUR

Feature = Callable[[Call, UnitOfWork], Outcome]
"""What a person asks for, all but the particulars."""


@dataclass
class Season:
    """Plays the group; everything random comes from one seed."""

    world: World
    dice: random.Random
    daily: TrackId
    some_days: TrackId
    happened: Counter[str] = field(default_factory=Counter)
    ghosts: Counter[tuple[int, str]] = field(default_factory=Counter)
    """Votes of the forgotten in rounds that were over, by round and option: they stay as numbers."""

    async def play(self) -> None:
        """Live through every date."""
        habits = {user: self.dice.choice((0.35, 0.7, 0.9, 0.98)) for user in MEMBERS}
        for number in range(DATES):
            await self._night(number)
            for track in (self.daily, self.some_days):
                await self._people(track, habits)
            await self._managers()
            await self._members()
            await self.world.alive(self.dice.randrange(1, 9) * HOUR)
            await self._people(self.daily, dict.fromkeys(MEMBERS, 0.05))
        # The last date's round stays open, as a season's last does.

    async def _night(self, number: int) -> None:
        """Until the next date's questions: mostly uneventful."""
        due = DUE + number * DAY
        luck = self.dice.random()
        if number and luck < 0.05:
            self.happened["down over the window"] += 1
            await self.world.restart(due + 8 * HOUR - self.world.clock.now())
        elif number and luck < 0.12:
            self.happened["down for a while"] += 1
            await self.world.restart(self.dice.randrange(20, 200) * MINUTE)
        elif luck < 0.17:
            self.happened["answer lost"] += 1
            self.world.publisher.on_post("daily", Lose(taken=True))
        elif luck < 0.21:
            self.happened["told to wait"] += 1
            self.world.publisher.on_post("daily", Later(100), Later(100))
        await self.world.alive(max(due - self.world.clock.now(), timedelta()))
        for _ in range(4):
            await self.world.alive(2 * MINUTE)
            await self.world.tick()
            await self.world.reconcile()

    async def _people(self, track: TrackId, habits: dict[str, float]) -> None:
        """Some answer, some twice, some too late."""
        rounds = (await self.world.rounds(track))[-3:]
        presses = []
        for user in MEMBERS:
            for round in rounds:
                late = round is not rounds[-1]
                if round.question and self.dice.random() < habits[user] * (0.03 if late else 1):
                    times = 2 if self.dice.random() < 0.05 else 1
                    presses += [self._press(round, user, self.dice.choice(CHOICES)) for _ in range(times)]
        await asyncio.gather(*presses)

    async def _press(self, round: Round, user: str, option: OptionId) -> None:
        messages = [post.message for post in self.world.publisher.posts_of(round.id)]
        if not messages:
            return
        try:
            await self.world.press(round.id, user, option, messages[0])
        except Refusal:
            self.happened["pressed too late"] += 1

    async def _managers(self) -> None:
        rounds = await self.world.rounds(self.daily)
        if self.dice.random() < 0.06:
            round = self.dice.choice(rounds[-6:])
            await self._do(partial(steering.void, catalog=self.world.bank, ref=round.ref), "withdrawn")
        for round in rounds[-4:]:
            if round.state is RoundState.UNKNOWN and self.dice.random() < 0.5:
                await self._do(partial(steering.it_is_there, catalog=self.world.bank, ref=round.ref), "found there")

    async def _members(self) -> None:
        for user in MEMBERS:
            luck = self.dice.random()
            if luck < 0.02:
                back = self.dice.randrange(4)
                await self._do(partial(away.begin, days=back), "away", user)
            elif luck < 0.3:
                await self._do(away.come_back, "back again", user)
            elif luck < 0.303:
                self._remember_votes(user)
                await self._do(privacy.delete, "forgotten", user)

    async def _do(self, feature: Feature, what: str, user: str = "boss") -> None:
        call = self.world.call(user)
        try:
            await self.world.do(call, lambda uow: feature(call, uow))
        except Refusal:
            self.happened[f"{what}: refused"] += 1
        else:
            self.happened[what] += 1

    def _remember_votes(self, user: str) -> None:
        votes = self.world.sql(
            "SELECT round_id, option_id FROM answers JOIN members ON members.id = member_id "
            "JOIN rounds ON rounds.id = round_id WHERE external_id = ? AND rounds.state <> 'open'",
            user,
        )
        self.ghosts.update((round, option) for round, option in votes)


# --- counting again ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """A numbered round as it is in the file."""

    id: int
    seq: int
    counts: bool
    """Against those who did not answer: it closed, and neither was withdrawn nor excused."""
    void: bool
    posted_at: int
    week: str


Line = tuple[int, int, int, int, int]
"""streak, best, number of the last round answered, freezes, answers"""


def _rounds(world: World, track: TrackId) -> list[Row]:
    found = world.sql(
        "SELECT id, seq, state, excused, posted_at, local_date FROM rounds "
        "WHERE track_id = ? AND seq IS NOT NULL ORDER BY seq",
        track,
    )
    return [
        Row(id, seq, state == "closed" and not excused, state == "void", posted_at, _week(date.fromisoformat(day)))
        for id, seq, state, excused, posted_at, day in found
    ]


def _week(day: date) -> str:
    return f"{day:%G}-W{day:%V}"


def _lines(world: World, track: TrackId) -> tuple[dict[int, Line], dict[int, tuple[int, int]]]:
    """Everyone's standing as of their last answer, and what is shown now: streak and freezes."""
    rounds = _rounds(world, track)
    pauses: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for member, since, until in world.sql("SELECT member_id, since, until FROM aways"):
        pauses[member].append((since, 2**62 if until is None else until))
    answered: dict[int, set[int]] = defaultdict(set)
    for member, round in world.sql("SELECT member_id, round_id FROM answers"):
        answered[member].add(round)

    lines: dict[int, Line] = {}
    now: dict[int, tuple[int, int]] = {}
    for member, theirs in answered.items():
        here = [index for index, row in enumerate(rounds) if row.id in theirs]
        if not here:
            continue

        def missed(start: int, end: int, member: int = member) -> int:
            away = pauses[member]
            return sum(
                row.counts and not any(since <= row.posted_at < until for since, until in away)
                for row in rounds[start:end]
            )

        streak, best, freezes = 0, 0, 1
        for nth, index in enumerate(here):
            gap = missed(here[nth - 1] + 1, index) if nth else 0
            if gap <= freezes:
                freezes -= gap
                streak += 1
            else:
                streak = 1
            best = max(best, streak)
            if (nth + 1) % 7 == 0 and freezes < 2:
                freezes += 1
        lines[member] = (streak, best, rounds[here[-1]].seq, freezes, len(here))
        gap = missed(here[-1] + 1, len(rounds))
        now[member] = (streak, freezes - gap) if gap <= freezes else (0, freezes)
    return lines, now


def _weeks(world: World, track: TrackId) -> dict[tuple[int, str], tuple[int, int]]:
    """Points and answers of everyone in every week."""
    points: Counter[tuple[int, str]] = Counter()
    count: Counter[tuple[int, str]] = Counter()
    for row in _rounds(world, track):
        for member, option in world.sql("SELECT member_id, option_id FROM answers WHERE round_id = ?", row.id):
            count[member, row.week] += 1
            points[member, row.week] += option == "b" and not row.void
    return {key: (points[key], count[key]) for key in count}


def _votes(season: Season) -> dict[int, dict[str, int]]:
    """Votes of every round: of those who are there and of those who were forgotten."""
    votes: dict[int, dict[str, int]] = defaultdict(dict)
    rows = season.world.sql("SELECT round_id, option_id, COUNT(*) FROM answers GROUP BY 1, 2")
    for round, option, number in rows:
        votes[round][option] = number
    for (round, option), number in season.ghosts.items():
        votes[round][option] = votes[round].get(option, 0) + number
    return votes


async def _season(world: World, seed: int) -> Season:
    world.bank.questions = Bank(90).questions
    daily = await world.track("daily")
    some_days = await world.track("some-days", at=time(9, 1), weekdays=frozenset({0, 2, 4}))
    season = Season(world, random.Random(seed), daily, some_days)
    await season.play()
    return season


@pytest.mark.long
@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_after_a_season_every_number_is_what_the_raw_rows_say(world: World, seed: int) -> None:
    season = await _season(world, seed)

    # It was a season worth the name.
    for what in ("withdrawn", "away", "back again", "forgotten", "down over the window", "answer lost", "told to wait"):
        assert season.happened[what] >= 2, season.happened
    states = Counter(round.state for round in await world.rounds(season.daily))
    assert sum(states.values()) == DATES
    assert states[RoundState.UNPOSTED] >= 2
    assert states[RoundState.VOID] >= 2
    assert states[RoundState.CLOSED] >= 80
    excused = world.sql("SELECT COUNT(*) FROM rounds WHERE excused")[0][0]
    assert excused >= 2

    for track in (season.daily, season.some_days):
        lines, now = _lines(world, track)
        kept = world.sql(
            "SELECT member_id, streak, best, last_seq, freezes, answered FROM standings WHERE track_id = ?", track
        )
        assert {row[0]: tuple(row[1:]) for row in kept if row[5]} == lines
        assert len(lines) >= 25
        assert await _shown(world, track) == now
        points = world.sql("SELECT member_id, week, points, answered FROM points WHERE track_id = ?", track)
        assert {(member, week): (right, count) for member, week, right, count in points} == _weeks(world, track)

    votes = _votes(season)
    columns = world.sql("SELECT id, n_a, n_b, n_c, n_d, n_unsure FROM rounds")
    for id, *counts in columns:
        assert counts == [votes[id].get(option, 0) for option in ("a", "b", "c", "d", UNSURE)], f"round {id}"

    # And what was posted: each date once, each round in one message, which now shows its end.
    assert world.posted_twice() == []
    for track in (season.daily, season.some_days):
        dates = [round.local_date for round in await world.rounds(track)]
        assert dates == sorted(set(dates))
    over = world.sql("SELECT message_ref FROM rounds WHERE state IN ('closed', 'void') AND message_ref IS NOT NULL")
    assert {ref for (ref,) in over} <= {edit.message for edit in world.publisher.recorded.edits}
    assert world.sql("SELECT COUNT(*) FROM rounds WHERE state = 'open'") == [(2,)]


async def _shown(world: World, track: TrackId) -> dict[int, tuple[int, int]]:
    """Streak and freezes as /progress shows them to each member."""
    call = world.call()

    def look(uow: UnitOfWork) -> dict[int, tuple[int, int]]:
        shown = {}
        found = uow.tracks.get(track)
        community = uow.communities.find(call.platform, call.community)
        assert found is not None
        assert community is not None
        for user in MEMBERS:
            member = uow.members.find(community.id, user)
            progress = member and track_progress(call, uow, member, found)
            if member and progress:
                shown[int(member.id)] = (progress.line.streak, progress.line.freezes)
        return shown

    return await world.storage.read(look)
