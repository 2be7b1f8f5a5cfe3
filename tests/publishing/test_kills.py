"""kill -9 at every step of publishing, then a new start: each question is posted once, or nobody can tell.

84 processes are killed. Where a platform recognises what it was sent or lets us look, every round ends up posted
exactly once; where it offers neither, none is posted twice and what cannot be told is left to a manager or a press.
The control, which posts first and notes afterwards, is killed at the same steps and does post twice.
"""

from __future__ import annotations

import asyncio
import shutil
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import time
from pathlib import Path

import pytest

from bot.catalog.communities import OneCatalog
from bot.domain.community import Platform
from bot.domain.identifiers import PlaceRef, ZoneName
from bot.domain.round import Round, RoundState
from bot.domain.schedule import Schedule, first_due
from bot.domain.track import TrackSettings
from bot.features.answer import answer
from bot.ports.call import Call
from bot.ports.storage import UnitOfWork
from bot.scheduler.face_loops import FaceLoops
from bot.storage.storage import Storage
from tests.fakes.bank import RIGHT, Bank
from tests.fakes.clock import FakeClock
from tests.fakes.patience import PATIENCE
from tests.fakes.publisher import DurablePublisher
from tests.publishing.child import CHANNELS, DATABASE, NOTES
from tests.publishing.hasty import send_hastily
from tests.publishing.steps import DUE, PLACES, Platforms, Step
from tests.scheduler.world import AS_FAST_AS_CAN_BE, BOSS, DAY, MIGRATIONS, MINUTE

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
TIMES = (1, 2, 3)
"""A step is stopped at when it is reached for the first, second and third time: each another mixture of rounds."""


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with tracks that are due, to copy."""
    file = tmp_path_factory.mktemp("publishing") / DATABASE
    storage = Storage(f"sqlite:///{file}", MIGRATIONS)
    storage.open(DUE)

    def save(uow: UnitOfWork) -> None:
        for number, place in enumerate(PLACES):
            community = uow.communities.of(Platform.DISCORD, f"G{number // 2}")
            schedule = Schedule(time(9), ZoneName("UTC"))
            uow.tracks.add(community.id, TrackSettings(PlaceRef(place), schedule), BOSS, 7, first_due(schedule, DUE))

    asyncio.run(storage.write(save))
    storage.close()
    return file


class Aftermath:
    """A new process on the same database and the same channels, some time after the kill."""

    def __init__(self, folder: Path, platform: Platforms) -> None:
        self.clock = FakeClock(DUE + platform.away)
        self.bank = Bank(40)
        self.publisher = DurablePublisher(
            folder / CHANNELS, self.clock, remembers=platform.remembers, sees=platform.sees, went_by=platform.away
        )
        self.storage = Storage(f"sqlite:///{folder / DATABASE}", MIGRATIONS)
        self.storage.open(self.clock.now())
        self._loops = FaceLoops(self.storage, OneCatalog(self.bank), self.publisher, self.clock, AS_FAST_AS_CAN_BE)

    async def settle(self) -> None:
        """Start as a face does, and let the alarm clock ring for a few minutes."""
        await self._loops.beat()
        await self._loops.reconcile()
        for _ in range(4):
            await self._loops.tick()
            await self._loops.reconcile()
            self.clock.advance(MINUTE)

    async def next_day(self) -> None:
        """The next date comes due."""
        self.clock.go_to(DUE + DAY)
        await self._loops.tick()
        await self._loops.reconcile()

    async def rounds(self) -> dict[PlaceRef, Round]:
        """The latest round of each place."""

        def look(uow: UnitOfWork) -> dict[PlaceRef, Round]:
            found = [uow.ledger.latest(track.id, 1)[0] for track in uow.tracks.running(Platform.DISCORD)]
            return {round.place: round for round in found}

        return await self.storage.read(look)

    def posts(self) -> Counter[str]:
        """The number of messages in each place."""
        return Counter(post.place for post in self.publisher.recorded.posts)

    async def press(self, round: Round) -> None:
        """A member presses the right letter on a round's post."""
        (community,) = [f"G{number // 2}" for number, place in enumerate(PLACES) if place == round.place]
        (message,) = [post.message for post in self.publisher.recorded.posts if post.round == round.id]
        call = Call(Platform.DISCORD, community, round.place, "ann", self.clock.now(), 1, message=message)
        await self.storage.write(lambda uow: answer(call, uow, self.bank, round.ref, RIGHT))


@asynccontextmanager
async def killed(prepared: Path, folder: Path, platform: Platforms, step: Step, nth: int) -> AsyncIterator[Aftermath]:
    """Kill a process at a step, then start another."""
    shutil.copytree(prepared.parent, folder)
    await _kill(folder, platform, step, nth)
    after = Aftermath(folder, platform)
    try:
        await after.settle()
        yield after
    finally:
        after.storage.close()


async def _kill(folder: Path, platform: Platforms, step: Step, nth: int, *hasty: str) -> None:
    arguments = ("-m", "tests.publishing.child", str(folder), platform, step, str(nth), *hasty)
    process = await asyncio.create_subprocess_exec(sys.executable, *arguments, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    async with asyncio.timeout(PATIENCE):
        said = await process.stdout.readline()
    assert said == b"stopped\n", f"{step} was not reached {nth} times"
    process.kill()
    assert await process.wait() == -signal.SIGKILL


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize(
    "platform",
    [
        Platforms.KEY,
        pytest.param(Platforms.OUTLIVED_KEY, marks=pytest.mark.long),
        pytest.param(Platforms.LOOK_BACK, marks=pytest.mark.long),
    ],
)
async def test_every_question_is_posted_exactly_once(
    prepared: Path, tmp_path: Path, platform: Platforms, step: Step
) -> None:
    async def one(nth: int) -> None:
        async with killed(prepared, tmp_path / str(nth), platform, step, nth) as after:
            rounds = await after.rounds()
            assert after.posts() == dict.fromkeys(PLACES, 1)
            assert {round.state for round in rounds.values()} == {RoundState.OPEN}
            messages = {post.round: post.message for post in after.publisher.recorded.posts}
            assert {round.id: round.message for round in rounds.values()} == messages
            assert after.publisher.recorded.told == []
            await after.next_day()
            assert after.posts() == dict.fromkeys(PLACES, 2)

    await asyncio.gather(*map(one, TIMES))


@pytest.mark.long
@pytest.mark.parametrize("step", Step)
async def test_where_nothing_can_be_told_no_question_is_posted_twice(
    prepared: Path, tmp_path: Path, step: Step
) -> None:
    async def one(nth: int) -> None:
        async with killed(prepared, tmp_path / str(nth), Platforms.NOTHING, step, nth) as after:
            posts, rounds = after.posts(), await after.rounds()
            unknown = {place for place, round in rounds.items() if round.state is RoundState.UNKNOWN}
            assert max(posts.values()) == 1
            assert {round.state for place, round in rounds.items() if place not in unknown} <= {RoundState.OPEN}
            assert all(posts[place] == 1 for place in rounds.keys() - unknown)
            told = [text for _, _, text in after.publisher.recorded.told]
            assert ["may or may not be there" in text for text in told] == [True] * len(unknown)
            if step not in (Step.BEFORE_CLAIM_COMMIT, Step.AFTER_RECORD_COMMIT):
                assert unknown, "the process was killed while a round was on its way"
            for place in unknown & posts.keys():
                await after.press(rounds[place])
                assert (await after.rounds())[place].state is RoundState.OPEN
            await after.next_day()
            assert after.posts() == posts + Counter(dict.fromkeys(PLACES, 1))

    await asyncio.gather(*map(one, TIMES))


@pytest.mark.long
async def test_the_control_posts_twice(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Were nothing posted twice here, the tests above would prove nothing."""
    steps = (Step.BEFORE_ACCEPTED, Step.AFTER_ACCEPTED, Step.BEFORE_RECORD_COMMIT, Step.AFTER_RECORD_COMMIT)

    async def one(step: Step, nth: int) -> int:
        folder = tmp_path_factory.mktemp(f"{step}-{nth}")
        await _kill(folder, Platforms.NOTHING, step, nth, "hasty")
        publisher = DurablePublisher(folder / CHANNELS, FakeClock(DUE))
        await send_hastily(folder / NOTES, publisher)
        posts = Counter(post.place for post in publisher.recorded.posts)
        assert posts.keys() == set(PLACES)
        return posts.total() - len(PLACES)

    twice = {step: sum(await asyncio.gather(*(one(step, nth) for nth in TIMES))) for step in steps}
    assert twice == {
        Step.BEFORE_ACCEPTED: 0,
        Step.AFTER_ACCEPTED: len(TIMES),
        Step.BEFORE_RECORD_COMMIT: len(TIMES),
        Step.AFTER_RECORD_COMMIT: 0,
    }
