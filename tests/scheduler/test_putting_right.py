"""Rounds that were cut off are looked for and settled; nobody's trouble delays another."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.domain.round import RoundState
from bot.ports.publisher import Refused, Seen
from bot.posting import claiming
from tests.fakes.publisher import Fail, Hang, Lose, Take
from tests.scheduler.world import BOSS, DAY, EVE, HOUR, MINUTE, World

DUE = EVE + HOUR
NO_RIGHT = Refused("The bot may not write in #daily.")


async def test_looking_back_that_hangs_or_raises_delays_no_other(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.scheduler.reconcile.CALL_TIMEOUT", 0)
    world.publisher.sees = True
    tracks = [await world.track(place) for place in ("one", "two", "three")]
    for place in ("one", "two", "three"):
        world.publisher.on_post(place, Lose(taken=True))
    world.publisher.on_look_back("one", Hang(), Hang())
    world.publisher.on_look_back("two", Fail(), Fail())
    await world.at(DUE)
    await world.after(2 * MINUTE)
    states = [(await world.round(track)).state for track in tracks]
    assert states == [RoundState.SENDING, RoundState.SENDING, RoundState.OPEN]
    for _ in range(4):
        await world.after(MINUTE)
    assert [(await world.round(track)).state for track in tracks] == [RoundState.OPEN] * 3
    assert world.posted_twice() == []


async def test_what_can_never_be_looked_for_is_unknown_once_it_is_too_late(world: World) -> None:
    track = await world.track()
    world.publisher.on_post("general", Lose(taken=True))
    world.publisher.on_look_back("general", *[Fail()] * 10)
    await world.at(DUE)
    await world.after(5 * HOUR)
    assert (await world.round(track)).state is RoundState.SENDING
    await world.after(2 * HOUR)
    assert (await world.round(track)).state is RoundState.UNKNOWN
    assert len(world.told("may or may not be there")) + len(await world.waiting_notices()) == 1


async def test_a_manager_who_cannot_be_told_delays_no_other(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.scheduler.pacer.CALL_TIMEOUT", 0)
    for number in range(3):
        await world.track(f"place-{number}", community=f"G{number}")
        world.publisher.on_post(f"place-{number}", NO_RIGHT)
    world.publisher.on_tell(BOSS, Hang(), Fail())
    await world.at(DUE)
    assert len(world.told()) >= 1
    for _ in range(3):
        await world.after(MINUTE)
    # Who did not answer in time was tried again; what fails in us waits for their next visit.
    assert len(world.told()) == 2
    assert len(await world.waiting_notices("G0")) + len(await world.waiting_notices("G1")) == 1


async def test_a_round_that_is_only_slow_is_not_taken_for_cut_off(world: World) -> None:
    """Waiting for a turn can outlast the lease; looking in the channel meanwhile would find nothing there."""
    world.publisher.sees = True
    track = await world.track()
    hang = Hang(Take())
    world.publisher.on_post("general", hang)
    world.clock.go_to(DUE)
    tick = asyncio.create_task(world.tick())
    await hang.reached.wait()
    world.clock.advance(5 * MINUTE)
    await world.reconcile()
    hang.release()
    await tick
    await world.after(5 * MINUTE)
    assert len(world.publisher.recorded.posts) == 1
    assert (await world.round(track)).state is RoundState.OPEN


async def test_a_lease_runs_from_when_a_round_is_taken_and_not_from_when_the_run_began(world: World) -> None:
    """Fifty are sent at once; the one after them is taken when another answered, however long that took."""
    tracks = await world.tracks(51)
    first, last = Hang(Take()), Hang(Take())
    for number in range(50):
        world.publisher.on_post(f"place-{number:02d}", first)
    world.publisher.on_post("place-50", last)
    world.clock.go_to(DUE)
    tick = asyncio.create_task(world.tick())
    await world.publisher.until(lambda: len(world.publisher.recorded.tried) == 50)
    world.clock.advance(10 * MINUTE)
    first.release()
    await last.reached.wait()
    lease = world.sql("SELECT lease_until FROM rounds WHERE track_id = ?", tracks[50])[0][0]
    last.release()
    await tick
    assert lease == (DUE + 11 * MINUTE).timestamp()


async def test_rounds_sent_again_count_among_those_sent_at_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    limits: list[int] = []

    def claim(*arguments: Any) -> Any:
        limits.append(arguments[-1])
        return claimed(*arguments)

    claimed = claiming.claim
    world.publisher.sees = True
    lost = [f"lost-{number}" for number in range(8)]
    for place in lost:
        await world.track(place)
        world.publisher.on_post(place, Lose(taken=False))
    await world.at(DUE)
    for number in range(20):
        await world.track(f"later-{number}", at=DUE.time().replace(minute=5), community="another")
    hangs = [Hang(Take()) for _ in lost]
    for place, hang in zip(lost, hangs, strict=True):
        world.publisher.on_post(place, hang)
    monkeypatch.setattr("bot.scheduler.publish.SENT_AT_ONCE", 5)
    monkeypatch.setattr(claiming, "claim", claim)
    world.clock.go_to(DUE + 5 * MINUTE)
    reconcile = asyncio.create_task(world.reconcile())
    await asyncio.gather(*(hang.reached.wait() for hang in hangs))
    tick = asyncio.create_task(world.tick())
    for number, hang in enumerate(hangs[:3]):
        hang.release()
        # What is recorded comes after what the tick had written before.
        while world.sql("SELECT COUNT(*) FROM rounds WHERE state = 'open'") != [(number + 1,)]:
            await world.storage.write(lambda uow: None)
    assert limits == []
    for hang in hangs:
        hang.release()
    await asyncio.gather(reconcile, tick)
    assert limits
    assert all(0 < limit <= 5 for limit in limits)
    assert len(world.publisher.recorded.posts) == 28
    assert world.posted_twice() == []


async def test_two_reconciles_at_once_settle_once(world: World) -> None:
    world.publisher.sees = True
    track = await world.track()
    world.publisher.on_post("general", Lose(taken=False))
    await world.at(DUE)
    world.publisher.on_look_back("general", Seen.ABSENT, Seen.ABSENT)
    world.clock.advance(2 * MINUTE)
    await asyncio.gather(world.reconcile(), world.reconcile())
    assert len(world.publisher.recorded.posts) == 1
    assert (await world.round(track)).state is RoundState.OPEN


async def test_what_was_proven_while_it_was_looked_for_is_not_sent_again(world: World) -> None:
    """It stands in the channel, a look back does not see it yet, and a press comes meanwhile."""
    track = await world.track()
    world.publisher.on_post("general", Lose(taken=True))
    await world.at(DUE)
    world.clock.advance(2 * MINUTE)
    look = Hang(Seen.ABSENT)
    world.publisher.on_look_back("general", look)
    reconcile = asyncio.create_task(world.reconcile())
    await look.reached.wait()
    await world.press((await world.round(track)).id, "ann", message="m1")
    look.release()
    await reconcile
    assert len(world.publisher.recorded.tried) == 1
    assert (await world.round(track)).state is RoundState.OPEN


async def test_after_an_outage_all_that_was_cut_off_is_settled_at_once(world: World) -> None:
    """More of them than are sent at once; the next ring is a minute away."""
    world.publisher.sees = True
    many = claiming.SENT_AT_ONCE + 5
    tracks = [await world.track(f"p{number}", community=f"G{number}") for number in range(many)]
    for number in range(many):
        world.publisher.on_post(f"p{number}", Lose(taken=True))
    await world.at(DUE)
    world.clock.advance(HOUR)
    await world.reconcile()
    assert {(await world.round(track)).state for track in tracks} == {RoundState.OPEN}


async def test_what_nobody_can_look_for_just_now_waits_and_is_given_up_at_the_end(world: World) -> None:
    track = await world.track("daily")
    world.publisher.on_post("daily", Lose(taken=True))
    world.publisher.on_look_back("daily", *(Seen.LATER for _ in range(20)))
    await world.at(DUE)
    await world.after(HOUR)
    assert (await world.round(track)).state is RoundState.SENDING
    await world.after(DAY - 2 * HOUR)
    assert (await world.round(track)).state is RoundState.UNKNOWN
