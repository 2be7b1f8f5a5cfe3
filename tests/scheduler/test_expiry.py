"""A round that nothing follows closes after seven local dates, and the post says so; one that is followed does not."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from bot.domain.round import RoundState
from bot.features.config import steering
from bot.ports.publisher import Later
from bot.replies.asked import QuestionPosted
from tests.scheduler.world import DAY, HOUR, MINUTE, SECOND, World, track_ref

MONDAYS = frozenset({0})
BEFORE_AUTUMN = datetime(2026, 10, 19, 7, tzinfo=UTC)
"""A Monday, nine o'clock in Berlin; clocks go back on the Sunday after."""
HOURS_168, HOURS_169 = BEFORE_AUTUMN + 7 * DAY, BEFORE_AUTUMN + 7 * DAY + HOUR


async def test_a_weekly_question_is_open_until_the_next_though_that_is_169_hours_later(world: World) -> None:
    world.clock.go_to(BEFORE_AUTUMN - HOUR)
    track = await world.track(zone="Europe/Berlin", weekdays=MONDAYS)
    await world.at(BEFORE_AUTUMN)
    post = world.publisher.recorded.posts[-1].reply
    assert isinstance(post, QuestionPosted)
    assert post.closes_at == HOURS_169
    for moment in (HOURS_168, HOURS_168 + MINUTE, HOURS_169 - MINUTE):
        await world.at(moment)
        assert (await world.round(track)).state is RoundState.OPEN
    await world.at(HOURS_169 + 5 * SECOND)
    first, second = await world.rounds(track)
    assert (first.state, first.excused, second.state) == (RoundState.CLOSED, False, RoundState.OPEN)


async def test_what_nothing_follows_closes_when_the_post_said(world: World) -> None:
    world.clock.go_to(BEFORE_AUTUMN - HOUR)
    track = await world.track(zone="Europe/Berlin", weekdays=MONDAYS)
    await world.at(BEFORE_AUTUMN)
    call = world.call()
    await world.do(call, lambda uow: steering.pause(call, uow, world.bank, track_ref(uow, track)))
    await world.at(HOURS_169)
    assert (await world.round(track)).state is RoundState.OPEN
    await world.at(HOURS_169 + MINUTE)
    round = await world.round(track)
    assert (round.state, round.excused) == (RoundState.CLOSED, True)


async def test_a_weekly_question_waits_for_the_next_to_be_written_down(world: World) -> None:
    """Reconcile may ring first; that excuses nobody who did not answer."""
    track = await world.track(weekdays=MONDAYS)
    await world.at(world.clock.now() + HOUR)
    world.clock.advance(7 * DAY + SECOND)
    await world.reconcile()
    await world.tick()
    first, second = await world.rounds(track)
    assert (first.state, first.excused, second.state) == (RoundState.CLOSED, False, RoundState.OPEN)


async def test_a_weekly_question_waits_for_the_next_while_that_is_tried_again(world: World) -> None:
    track = await world.track(weekdays=MONDAYS)
    await world.at(world.clock.now() + HOUR)
    world.publisher.on_post("general", Later(HOUR.total_seconds()))
    await world.after(7 * DAY)
    for _ in range(3):
        await world.after(MINUTE)
        first, second = await world.rounds(track)
        assert (first.state, second.state) == (RoundState.OPEN, RoundState.DUE)
    await world.after(timedelta(hours=6, minutes=1))
    await world.reconcile()
    first, second = await world.rounds(track)
    assert (first.state, first.excused, second.state) == (RoundState.CLOSED, True, RoundState.UNPOSTED)


async def test_many_rounds_that_are_not_over_keep_none_from_closing(world: World) -> None:
    """They are looked at fifty at a time, and weekly ones for days before their time is up."""
    world.clock.go_to(BEFORE_AUTUMN - HOUR)
    later = [await world.track(f"later-{n}", zone="Europe/Berlin", community=f"G{n // 10}") for n in range(120)]
    over = [await world.track(f"over-{n}", zone="Africa/Tunis", at=time(8), community=f"G{n // 10}") for n in range(60)]
    await world.at(BEFORE_AUTUMN)
    for track in (*later, *over):
        await world.storage.write(lambda uow, id=track: uow.tracks.delete(id))  # type: ignore[misc]
    await world.at(HOURS_168 + MINUTE)
    assert {(await world.round(track)).state for track in later} == {RoundState.OPEN}
    assert {(await world.round(track)).state for track in over} == {RoundState.CLOSED}
