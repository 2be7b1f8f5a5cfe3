"""The alarm clock rings, goes on ringing whatever fails, and never rings what has not finished."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable

import pytest
import pytest_asyncio

from bot.app.core import SystemClock
from bot.domain.round import RoundState
from bot.ports.storage import UnitOfWork
from bot.scheduler import alarm_clock
from bot.scheduler.alarm_clock import AlarmClock
from bot.storage.faults import CannotOpen
from tests.fakes.patience import PATIENCE
from tests.fakes.publisher import Hang, Take
from tests.scheduler.world import DAY, EVE, HOUR, MINUTE, World

DUE = EVE + HOUR
OFTEN = 0.005
"""Seconds between rings; tests wait for events and not for time."""


@pytest_asyncio.fixture
async def clock() -> AsyncIterator[AlarmClock]:
    made = AlarmClock(SystemClock())
    made.start()
    yield made
    made.stop()


class Bell:
    """Counts how often it was rung, and lets a test wait for that."""

    def __init__(self, does: Callable[[int], None] = lambda _: None) -> None:
        self.rung = 0
        self.running = 0
        self.most_at_once = 0
        self._does = does
        self._changed = asyncio.Condition()
        self.hold: asyncio.Event | None = None

    async def ring(self) -> None:
        self.running += 1
        self.most_at_once = max(self.most_at_once, self.running)
        try:
            async with self._changed:
                self.rung += 1
                self._changed.notify_all()
            if self.hold:
                await self.hold.wait()
            self._does(self.rung)
        finally:
            self.running -= 1

    async def until(self, times: int) -> None:
        async with asyncio.timeout(PATIENCE), self._changed:
            await self._changed.wait_for(lambda: self.rung >= times)


async def test_it_rings_again_and_again(clock: AlarmClock) -> None:
    bell = Bell()
    clock.ring("bell", OFTEN, bell.ring)
    await bell.until(5)


async def test_what_fails_is_logged_and_goes_on_ringing(clock: AlarmClock, caplog: pytest.LogCaptureFixture) -> None:
    def fail(time: int) -> None:
        raise RuntimeError(f"failure {time}")

    bell = Bell(fail)
    with caplog.at_level(logging.ERROR, logger=alarm_clock.__name__):
        clock.ring("bell", OFTEN, bell.ring)
        await bell.until(3)
    assert "the bell loop failed" in caplog.text
    assert "failure 1" in caplog.text


async def test_one_that_fails_stops_no_other(clock: AlarmClock) -> None:
    def fail(_: int) -> None:
        raise RuntimeError

    bad, good = Bell(fail), Bell()
    clock.ring("bad", OFTEN, bad.ring)
    clock.ring("good", OFTEN, good.ring)
    await bad.until(3)
    await good.until(3)


async def test_what_has_not_finished_is_not_rung_again(clock: AlarmClock) -> None:
    slow, quick = Bell(), Bell()
    slow.hold = asyncio.Event()
    clock.ring("slow", OFTEN, slow.ring)
    clock.ring("quick", OFTEN, quick.ring)
    await slow.until(1)
    await quick.until(10)
    assert slow.rung == 1
    slow.hold.set()
    await slow.until(3)
    assert slow.most_at_once == 1


async def test_after_it_is_stopped_nothing_rings(clock: AlarmClock) -> None:
    first = AlarmClock(SystemClock())
    first.start()
    bell, other = Bell(), Bell()
    first.ring("bell", OFTEN, bell.ring)
    await bell.until(1)
    first.stop()
    await asyncio.sleep(0)
    rung = bell.rung
    clock.ring("other", OFTEN, other.ring)
    await other.until(10)
    assert bell.rung == rung


async def test_a_name_rung_anew_replaces_the_old(clock: AlarmClock) -> None:
    """A face that is started again by its supervisor."""
    old, new = Bell(), Bell()
    clock.ring("bell", OFTEN, old.ring)
    await old.until(1)
    clock.ring("bell", OFTEN, new.ring)
    rung = old.rung
    await new.until(5)
    assert old.rung == rung


# --- a face -----------------------------------------------------------------------------------------------------


@pytest.fixture
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("POST_SECONDS", "REVEAL_SECONDS", "RECONCILE_SECONDS", "BEAT_SECONDS"):
        monkeypatch.setattr(alarm_clock, name, OFTEN)


@pytest.mark.usefixtures("often")
async def test_a_face_posts_reveals_and_beats_by_itself(world: World, clock: AlarmClock) -> None:
    track = await world.track()
    await clock.ring_face("discord", world.loops)
    world.clock.go_to(DUE)
    await world.publisher.until(lambda: len(world.publisher.recorded.posts) == 1)
    world.clock.go_to(DUE + DAY)
    await world.publisher.until(lambda: len(world.publisher.recorded.edits) == 1)
    assert [round.local_date.day for round in await world.rounds(track)] == [2, 3]
    assert world.sql("SELECT platform FROM heartbeats") == [("discord",)]


@pytest.mark.usefixtures("often")
async def test_while_posts_and_edits_hang_others_are_rung_on(world: World, clock: AlarmClock) -> None:
    await world.track("bad")
    await world.at(DUE)
    edit, post = Hang(Take()), Hang(Take())
    world.publisher.on_edit("bad", edit)
    world.publisher.on_post("bad", Take(), post)
    await clock.ring_face("discord", world.loops)
    world.clock.go_to(DUE + DAY)
    await edit.reached.wait()
    world.clock.go_to(DUE + 2 * DAY)
    await post.reached.wait()
    await world.track("good", at=DUE.time().replace(minute=1))
    world.clock.advance(MINUTE)
    await world.publisher.until(lambda: len(world.publisher.posts_in("good")) == 1)
    edit.release()
    post.release()


async def test_a_face_knows_how_long_it_was_down_before_it_does_anything(world: World, clock: AlarmClock) -> None:
    track = await world.track()
    await world.loops.beat()
    await world.at(DUE)
    world.clock.advance(DAY)
    await clock.ring_face("discord", world.loops)
    await world.tick()
    first, second = await world.rounds(track)
    assert (first.state, first.excused) == (RoundState.CLOSED, True)
    assert second.state is RoundState.OPEN


@pytest.mark.usefixtures("often")
async def test_a_fault_at_the_first_connection_keeps_no_face_from_posting(
    world: World, clock: AlarmClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database was away for a moment just then; no later connection may come for weeks."""
    track = await world.track()
    write, faults = world.storage.write, iter((CannotOpen("The database is away."),) * 3)

    async def write_later(work: Callable[[UnitOfWork], object]) -> object:
        fault = next(faults, None)
        if fault is not None:
            raise fault
        return await write(work)

    monkeypatch.setattr(world.storage, "write", write_later)
    await clock.ring_face("discord", world.loops)
    world.clock.go_to(DUE)
    await world.publisher.until(lambda: len(world.publisher.recorded.posts) == 1)
    assert (await world.round(track)).local_date.day == 2
    async with asyncio.timeout(PATIENCE):
        await world.loops.begun.wait()
