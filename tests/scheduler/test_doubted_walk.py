"""A walk at random: this computer's clock is set forth and back by anything from seconds to months, the computer sleeps
and is restarted, the platform cannot be reached; its date is right. Each due date is posted once, or written down as
missed, and nothing bears a moment of a clock that was wrong.
"""

from __future__ import annotations

import asyncio
import logging
import random
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from bot.catalog.communities import OneCatalog
from bot.domain.clock_check import BELIEVED_WITHIN
from bot.domain.identifiers import TrackId
from bot.domain.round import RoundState
from bot.ports.call import Call
from bot.posting.effects import Perform
from bot.scheduler.clock_watch import ASKED_EVERY, ClockWatch
from bot.scheduler.face_loops import FaceLoops
from bot.storage.storage import Storage
from tests.fakes.bank import Bank
from tests.fakes.clock import FakeClock
from tests.fakes.publisher import Hang, Lose, RecordingPublisher
from tests.scheduler.world import AS_FAST_AS_CAN_BE, DAY, EVE, GUILD, HOUR, MIGRATIONS, MINUTE, SECOND, World

DUE = EVE + HOUR
WINDOW = 6 * HOUR
MOVES = 60
SEEDS = (*range(6), 31, 189)
OPENED = (RoundState.OPEN, RoundState.CLOSED)
KEPT = (
    "SELECT id, local_date, due_at, state, posted_at, closed_at, lease_until, reveal_at FROM rounds",
    "SELECT next_local_date, next_due_at, state FROM tracks",
    "SELECT * FROM heartbeats",
    "SELECT * FROM outages",
)
MOMENTS = (
    "SELECT posted_at FROM rounds UNION SELECT closed_at FROM rounds UNION SELECT due_at FROM rounds UNION "
    "SELECT first_attempt_at FROM rounds UNION SELECT at FROM heartbeats UNION SELECT until FROM outages UNION "
    "SELECT since FROM outages"
)


class DoubtedWorld(World):
    """A world whose platform says what time it truly is, where it can be reached."""

    def __init__(self, file: Path) -> None:
        clock = FakeClock(EVE)
        self.slept = timedelta()
        self.reachable = True
        super().__init__(file, RecordingPublisher(clock, sees=True), clock, Bank(40))

    def _open(self) -> None:
        self.storage = Storage(f"sqlite:///{self.file}", MIGRATIONS)
        self.storage.open(self.clock.now())
        self.watch = ClockWatch(self.clock, "Discord")
        self.watch.ask_with(self._ask)
        self.loops = FaceLoops(
            self.storage, OneCatalog(self.bank), self.publisher, self.clock, AS_FAST_AS_CAN_BE, watch=self.watch
        )
        self.perform = Perform(self.publisher, self.storage, self.loops.wake)

    async def _ask(self) -> None:
        if not self.reachable:
            raise ConnectionError
        self.watch.heard(format_datetime(self.truth, usegmt=True))

    @property
    def truth(self) -> datetime:
        """The true time."""
        return EVE + self.clock.elapsed + self.slept

    @property
    def off(self) -> timedelta:
        """The time by which the clock is ahead of that."""
        return self.clock.now() - self.truth

    def call(self, user: str = "ann", community: str = GUILD) -> Call:
        return replace(super().call(user, community), now=self.watch.now())


class Walk:
    """One walk; what was true whenever the loops rang is kept for the end."""

    def __init__(self, world: DoubtedWorld, track: TrackId, dice: random.Random) -> None:
        self.world = world
        self.track = track
        self.dice = dice
        self.rung: list[tuple[datetime, timedelta, bool]] = []
        """When the loops rang, how far the clock was off, and whether the platform could be reached."""

    async def ring(self) -> None:
        """The alarm clock rings everything; by a clock that is off nothing changes."""
        world = self.world
        before = [world.sql(query) for query in KEPT]
        await world.loops.beat()
        await world.tick()
        await world.reconcile()
        await world.loops.settled()
        self.rung.append((world.truth, world.off, world.reachable))
        if abs(world.off) > BELIEVED_WITHIN:
            assert [world.sql(query) for query in KEPT] == before
        latest = world.truth + BELIEVED_WITHIN
        assert not [at for (at,) in world.sql(MOMENTS) if at is not None and at > latest.timestamp()]

    async def go(self) -> None:
        """One move."""
        world, dice = self.world, self.dice
        move = dice.choice(["lives", "lives", "lives", "set", "set", "right", "slept", "restart", "cut", "lost"])
        match move:
            case "lives":
                for _ in range(dice.randint(1, 4)):
                    world.clock.advance(dice.choice([MINUTE, 20 * MINUTE, HOUR, 7 * HOUR, DAY]) * dice.uniform(0.5, 2))
                    await self.ring()
            case "set":
                world.clock.set_by(dice.choice([SECOND, 60 * SECOND, HOUR, DAY, 30 * DAY]) * dice.uniform(-3, 3))
            case "right":
                world.clock.set_by(-world.off)
            case "slept":
                span = dice.choice([MINUTE, HOUR, DAY]) * dice.uniform(0.5, 2)
                world.slept += span
                world.clock.set_by(span)
            case "restart":
                await world.restart(dice.choice([SECOND, HOUR, DAY]) * dice.random())
            case "cut":
                world.reachable = not world.reachable
            case "lost":
                world.publisher.on_post("general", Lose(taken=True))
        # A doubt is looked into again after a minute.
        world.clock.advance(timedelta(seconds=ASKED_EVERY))
        await self.ring()
        if world.reachable and dice.random() < 0.7:
            await self.press()

    async def press(self) -> None:
        """A member answers what is open, whatever the clock shows."""
        latest = (await self.world.rounds(self.track))[-1:]
        if latest and latest[0].state is RoundState.OPEN:
            await self.world.press(latest[0].id, "ann", message=latest[0].message)

    async def end(self) -> None:
        """The clock is right and stays so: two more dates come and are posted on time."""
        world = self.world
        world.reachable = True
        world.clock.set_by(-world.off)
        for _ in range(49):
            world.clock.advance(HOUR)
            await self.ring()
        # What was lost just now is found.
        world.clock.advance(2 * MINUTE)
        await self.ring()

    def rang(self, since: datetime, until: datetime, within: timedelta, *, surely: bool) -> bool:
        """Return whether the loops rang in between by a clock that was not further off, and surely knew."""
        return any(
            since <= at <= until and abs(off) <= within and (reachable or not surely)
            for at, off, reachable in self.rung
        )

    async def check(self) -> None:
        """Every date that came has one round: posted if it could be in time, else written down."""
        rounds = await self.world.rounds(self.track)
        came = [date(2026, 3, 2) + timedelta(days=n) for n in range((self.world.truth - DUE).days + 1)]
        assert [round.local_date for round in rounds] == came
        assert self.world.posted_twice() == []
        posted = Counter(post.round for post in self.world.publisher.recorded.posts)
        margin = BELIEVED_WITHIN + MINUTE
        for number, round in enumerate(rounds):
            due = DUE + number * DAY
            assert (round.state in OPENED) == (posted[round.id] == 1), round
            assert round.state in (*OPENED, RoundState.UNPOSTED), round
            if self.rang(due + margin, due + WINDOW - margin, BELIEVED_WITHIN - SECOND, surely=True):
                assert posted[round.id] == 1, f"{round} could be posted in time"
            if not self.rang(due - margin, due + WINDOW + margin, BELIEVED_WITHIN + SECOND, surely=False):
                assert posted[round.id] == 0, f"{round} was posted by a clock that was off"
        # One that was found after the next was posted has a later number, and counts against nobody.
        numbered = [round.seq for round in rounds if round.seq and not round.excused]
        assert numbered == sorted(numbered)
        assert sorted(round.seq for round in rounds if round.seq) == list(range(1, len(posted) + 1))
        assert [round.state for round in rounds[-2:]] == [RoundState.CLOSED, RoundState.OPEN]


@pytest.fixture
def doubted(template: Path, tmp_path: Path) -> Iterator[DoubtedWorld]:
    file = tmp_path / "studybot.db"
    shutil.copy(template, file)
    made = DoubtedWorld(file)
    yield made
    made.close()


async def test_a_long_run_of_posts_stops_where_the_clock_is_doubted(doubted: DoubtedWorld) -> None:
    """Or everything not sent yet is written down as missed."""
    tracks = await doubted.tracks(60)
    first = Hang()
    doubted.publisher.on_post("place-00", first)
    doubted.clock.go_to(DUE)
    run = asyncio.create_task(doubted.tick())
    await first.reached.wait()
    doubted.clock.advance(10 * SECOND)
    doubted.clock.set_by(60 * DAY)
    first.release()
    await run
    doubted.clock.set_by(-60 * DAY)
    doubted.clock.advance(MINUTE)
    await doubted.tick()
    assert [(await doubted.round(track)).state for track in tracks] == [RoundState.OPEN] * 60
    assert doubted.posted_twice() == []


@pytest.mark.parametrize("seed", SEEDS)
async def test_each_due_date_is_posted_once_or_written_down(
    doubted: DoubtedWorld, caplog: pytest.LogCaptureFixture, seed: int
) -> None:
    world = doubted
    walk = Walk(world, await world.track(), random.Random(seed))
    caplog.set_level(logging.CRITICAL)
    for _ in range(MOVES):
        await walk.go()
    await walk.end()
    await walk.check()
