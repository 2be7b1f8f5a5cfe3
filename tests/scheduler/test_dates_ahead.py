"""Whatever became of the rounds of a clock that was set far ahead, *Ask again from today* has the next date asked."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.domain.round import RoundState
from bot.features.config import steering
from bot.ports.publisher import Later, Refused
from tests.fakes.publisher import Behaviour, Lose, Take
from tests.scheduler.world import DAY, EVE, HOUR, MINUTE, World, track_ref

MONDAY = date(2026, 3, 2)
DUE = EVE + HOUR
BECAME = {
    "posted": Take(),
    "put off": Later(600),
    "refused": Refused("No."),
    "unknown, and there": Lose(taken=True),
    "unknown, and not there": Lose(taken=False),
}


@pytest.mark.parametrize("sees", [True, False])
@pytest.mark.parametrize("ahead", [DAY, 2 * DAY, 60 * DAY], ids=str)
@pytest.mark.parametrize("became", BECAME.values(), ids=BECAME)
async def test_the_next_date_is_asked_and_stays_open(
    world: World, became: Behaviour, ahead: timedelta, sees: bool
) -> None:
    world.publisher.sees = sees
    track = await world.track()
    await world.at(DUE)
    await world.after(HOUR)
    world.publisher.on_post("general", became)
    world.clock.set_by(ahead)
    await world.tick()
    world.clock.set_by(-ahead)
    await world.reconcile()
    call = world.call()
    await world.do(call, lambda uow: steering.resume(call, uow, world.bank, track_ref(uow, track)))
    await world.after(MINUTE)
    posts = len(world.publisher.recorded.posts)
    for number in (1, 2, 3):
        await world.at(DUE + number * DAY)
        latest = await world.round(track)
        assert latest.local_date <= MONDAY + number * DAY
        assert latest.state is RoundState.OPEN or number == 1
        await world.after(HOUR)
    # The first of the three dates was taken by what was posted ahead, if anything was.
    assert len(world.publisher.recorded.posts) - posts in (2, 3)
    assert world.posted_twice() == []
    assert not [date for date in await world.states(track) if date > MONDAY + 3 * DAY]
    await world.press(latest.id, "ann")
    assert world.sql("SELECT streak FROM standings") == [(1,)]


async def test_points_go_to_the_week_of_the_date_it_should_have_had(world: World) -> None:
    track = await world.track()
    await world.at(DUE)
    world.clock.set_by(60 * DAY)
    await world.tick()
    round = await world.round(track)
    await world.press(round.id, "ann")
    world.clock.set_by(-60 * DAY)
    assert world.sql("SELECT week FROM points") == [("2026-W18",)]
    call = world.call()
    await world.do(call, lambda uow: steering.resume(call, uow, world.bank, track_ref(uow, track)))
    assert world.sql("SELECT week FROM points") == [("2026-W10",)]


async def test_what_was_not_posted_ahead_is_not_posted_before_it_is_due(world: World) -> None:
    """Killed between writing it down and sending it, the next process has a right clock."""
    track = await world.track()
    await world.at(DUE)
    world.publisher.on_post("general", Later(60))
    world.clock.set_by(60 * DAY)
    await world.tick()
    world.clock.set_by(-60 * DAY)
    world.sql_change("UPDATE rounds SET retry_at = NULL")
    for _ in range(4):
        await world.after(HOUR)
    assert len(world.publisher.recorded.posts) == 1
    assert (await world.round(track)).state is RoundState.DUE
