"""After a time away, and with a clock that is set wrong: nothing twice, at most the latest, nobody loses by it."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import date, timedelta

import pytest

from bot.domain.community import Platform
from bot.domain.round import RoundState
from bot.ports.publisher import Later
from tests.fakes.publisher import Hang, Lose, Take
from tests.scheduler.world import BOSS, DAY, EVE, HOUR, MINUTE, SECOND, World

MONDAY = date(2026, 3, 2)
DUE = EVE + HOUR
HERE = Platform.DISCORD


async def _down(world: World, since_due: timedelta, down: timedelta) -> None:
    """Be there until a while after Monday's question was due, then be away, then start and tick."""
    await world.at(DUE + since_due)
    await world.loops.beat()
    await world.restart(down)
    await world.tick()
    await world.reconcile()


async def test_an_hour_away_over_the_due_time_is_caught_up(world: World) -> None:
    track = await world.track()
    await _down(world, -30 * MINUTE, HOUR)
    assert await world.states(track) == {MONDAY: RoundState.OPEN}
    assert len(world.publisher.recorded.posts) == 1
    assert world.told() == []


@pytest.mark.parametrize(("late", "posted"), [(6 * HOUR, 1), (6 * HOUR + SECOND, 0), (7 * HOUR, 0)])
async def test_the_window_for_catching_up_is_six_hours(world: World, late: timedelta, posted: int) -> None:
    track = await world.track()
    await _down(world, -30 * MINUTE, 30 * MINUTE + late)
    assert await world.states(track) == {MONDAY: RoundState.OPEN if posted else RoundState.UNPOSTED}
    assert len(world.publisher.recorded.posts) == posted
    assert len(world.told("not posted because the bot was not running")) == 1 - posted


async def test_after_seven_hours_the_next_day_goes_on_as_ever(world: World) -> None:
    track = await world.track()
    await _down(world, -30 * MINUTE, 7 * HOUR)
    await world.at(DUE + DAY)
    assert list((await world.states(track)).values()) == [RoundState.UNPOSTED, RoundState.OPEN]
    assert (await world.round(track)).seq == 1


@pytest.mark.parametrize("days", [3, 21])
@pytest.mark.parametrize("within_window", [True, False])
async def test_after_days_each_date_has_its_row_and_at_most_the_latest_is_posted(
    world: World, days: int, within_window: bool
) -> None:
    track = await world.track()
    await _down(world, MINUTE, days * DAY + (HOUR if within_window else 8 * HOUR))
    rounds = await world.rounds(track)
    assert [round.local_date for round in rounds] == [MONDAY + timedelta(days=n) for n in range(days + 1)]
    counts = Counter(round.state for round in rounds[1:])
    assert counts[RoundState.UNPOSTED] == days - within_window
    assert rounds[-1].state is (RoundState.OPEN if within_window else RoundState.UNPOSTED)
    assert len(world.publisher.recorded.posts) == 1 + within_window
    missed = days - within_window
    said = "question was" if missed == 1 else f"{missed} questions were"
    assert [said in text for text in world.told()] == [True]
    assert [user for _, user, _ in world.publisher.recorded.told] == [BOSS]


async def test_a_time_away_is_told_once_for_each_track(world: World) -> None:
    await world.track("one")
    await world.track("two", community="G2")
    await _down(world, MINUTE, 3 * DAY + HOUR)
    for _ in range(5):
        await world.after(MINUTE)
    assert sorted(community for community, _, _ in world.publisher.recorded.told) == ["G1", "G2"]


async def test_what_waited_for_another_try_is_not_posted_beside_the_next(world: World) -> None:
    """With a window longer than a day Monday's question could still be posted when Tuesday's is."""
    track = await world.track(catch_up=30 * HOUR)
    world.publisher.on_post("general", Later(60))
    await _down(world, timedelta(), DAY)
    assert list((await world.states(track)).values()) == [RoundState.UNPOSTED, RoundState.OPEN]
    assert len(world.publisher.recorded.posts) == 1


async def test_days_that_were_off_are_not_counted_as_missed(world: World) -> None:
    track = await world.track(weekdays=frozenset({0}))
    await _down(world, MINUTE, 21 * DAY + HOUR)
    assert [round.state for round in await world.rounds(track)] == [
        RoundState.CLOSED,
        RoundState.UNPOSTED,
        RoundState.UNPOSTED,
        RoundState.OPEN,
    ]


# --- a clock that is set wrong ----------------------------------------------------------------------------------


@pytest.mark.parametrize("back", [HOUR, DAY, 40 * DAY])
async def test_a_clock_set_back_posts_nothing_twice(world: World, back: timedelta) -> None:
    track = await world.track()
    await world.at(DUE)
    await world.after(DAY)
    world.clock.set_by(-back)
    for _ in range(30):
        await world.after(2 * HOUR)
        await world.loops.beat()
    await world.restart()
    assert world.posted_twice() == []
    dates = [round.local_date for round in await world.rounds(track)]
    assert len(dates) == len(set(dates))
    # Right again: the dates after go on.
    world.clock.set_by(back)
    next_due = (await world.got(track)).next_due_at
    assert next_due is not None
    await world.at(max(next_due, world.clock.now()))
    await world.at(world.clock.now().replace(hour=9, minute=0) + DAY)
    assert (await world.round(track)).state is RoundState.OPEN
    assert world.posted_twice() == []


@pytest.mark.parametrize("back", [HOUR, DAY])
async def test_a_clock_set_back_while_posting_posts_nothing_twice(world: World, back: timedelta) -> None:
    """By the clock the first try now lies ahead; that must not make a second one look safe."""
    world.publisher.remembers = 2 * MINUTE
    world.publisher.sees = True
    track = await world.track()
    hang = Hang(Lose(taken=True))
    world.publisher.on_post("general", hang)
    world.clock.go_to(DUE)
    tick = asyncio.create_task(world.tick())
    await hang.reached.wait()
    world.clock.set_by(-back)
    hang.release()
    await tick
    for _ in range(3):
        await world.after(5 * MINUTE)
    assert len(world.publisher.recorded.posts) == 1
    assert (await world.round(track)).state is RoundState.OPEN


@pytest.mark.parametrize("back", [HOUR, DAY])
async def test_a_clock_set_back_after_a_kill_posts_nothing_twice(world: World, back: timedelta) -> None:
    world.publisher.sees = True
    track = await world.track()
    world.publisher.on_post("general", Hang(Take(), taken=True))
    world.clock.go_to(DUE)
    killed = asyncio.create_task(world.tick())
    await world.publisher.until(lambda: bool(world.publisher.recorded.posts))
    killed.cancel()
    await asyncio.gather(killed, return_exceptions=True)
    world.clock.set_by(-back)
    await world.restart(HOUR)
    for _ in range(30):
        await world.after(2 * HOUR)
    assert world.posted_twice() == []
    assert (await world.rounds(track))[0].seq == 1


async def test_a_clock_set_forward_and_back_posts_nothing_twice(world: World) -> None:
    track = await world.track()
    await world.at(DUE)
    world.clock.set_by(3 * DAY)
    await world.after(MINUTE)
    world.clock.set_by(-3 * DAY)
    for _ in range(5):
        await world.after(DAY)
    assert world.posted_twice() == []
    dates = [round.local_date for round in await world.rounds(track)]
    assert dates == sorted(set(dates))


@pytest.mark.parametrize("since", [-DAY, 50 * DAY], ids=str)
async def test_an_outage_that_a_clock_ahead_wrote_excuses_nobody(world: World, since: timedelta) -> None:
    """As versions wrote it that believed every clock: it would excuse everyone until its end has come."""
    now = world.clock.now()
    track = await world.track()
    await world.storage.write(lambda uow: uow.health.add_outage(HERE, now + since, now + 60 * DAY))
    await world.storage.write(lambda uow: uow.health.add_outage(HERE, now - 9 * DAY, now - 8 * DAY))
    await world.loops.beat()
    for number in range(2):
        await world.at(DUE + number * DAY)
        await world.alive(HOUR)
    assert not (await world.rounds(track))[0].excused
    assert len(world.sql("SELECT * FROM outages")) == 1


async def test_a_heartbeat_that_a_clock_ahead_wrote_hides_no_outage(world: World) -> None:
    await world.track()
    now = world.clock.now()
    await world.storage.write(lambda uow: uow.health.beat(HERE, now + 60 * DAY))
    await world.loops.beat()
    await world.restart(2 * HOUR)
    assert world.sql("SELECT until - since FROM outages") == [(7200,)]


# --- outages excuse ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("down", "excused"), [(50 * MINUTE, False), (61 * MINUTE, True), (10 * HOUR, True)])
async def test_an_outage_of_over_an_hour_excuses_those_who_did_not_answer(
    world: World, down: timedelta, excused: bool
) -> None:
    track = await world.track()
    await world.loops.beat()
    await world.at(DUE)
    first = await world.round(track)
    await world.press(first.id, "ann")
    await world.alive(HOUR)
    await world.restart(down)
    await world.alive(DUE + DAY - world.clock.now())
    await world.tick()
    assert (await world.rounds(track))[0].excused is excused
    missed = await world.storage.read(lambda uow: uow.ledger.skipped_between(track, 0, 2))
    assert [seq for seq, _ in missed] == ([] if excused else [1])


async def test_an_outage_just_over_counts_for_the_round_that_closes_now(world: World) -> None:
    """Back after the next question was due: what was missed is known before anything is posted."""
    track = await world.track()
    await world.loops.beat()
    await world.at(DUE)
    await world.alive(HOUR)
    await world.restart(DAY)
    await world.tick()
    first, second = await world.rounds(track)
    assert (first.state, first.excused) == (RoundState.CLOSED, True)
    assert second.state is RoundState.OPEN


async def test_two_short_outages_count_together(world: World) -> None:
    track = await world.track()
    await world.loops.beat()
    await world.at(DUE)
    for _ in range(2):
        await world.alive(HOUR)
        await world.restart(40 * MINUTE)
    await world.alive(DUE + DAY - world.clock.now())
    await world.tick()
    assert (await world.rounds(track))[0].excused


async def test_an_outage_before_the_post_excuses_nobody(world: World) -> None:
    track = await world.track()
    await world.loops.beat()
    await world.restart(4 * HOUR)
    await world.tick()
    await world.alive(DUE + DAY - world.clock.now())
    await world.tick()
    first = (await world.rounds(track))[0]
    assert (first.state, first.excused) == (RoundState.CLOSED, False)


@pytest.mark.parametrize("found_by", ["looking", "a press"])
async def test_an_outage_after_a_post_that_was_cut_off_excuses(world: World, found_by: str) -> None:
    """It stood there all the while, and nobody could answer."""
    world.publisher.sees = True
    track = await world.track()
    await world.loops.beat()
    await world.at(DUE)
    await world.press((await world.round(track)).id, "ann")
    await world.alive(DUE + DAY - world.clock.now())
    world.publisher.on_post("general", Lose(taken=True))
    await world.tick()
    if found_by == "looking":
        await world.restart(DAY)
    else:
        await world.restart(2 * HOUR)
        await world.press((await world.round(track)).id, "ben")
        await world.alive(DUE + 2 * DAY - world.clock.now())
    await world.tick()
    cut_off = (await world.rounds(track))[1]
    assert (cut_off.state, cut_off.excused) == (RoundState.CLOSED, True)
    await world.press((await world.round(track)).id, "ann")
    assert world.sql("SELECT streak FROM standings WHERE member_id = 1") == [(2,)]
