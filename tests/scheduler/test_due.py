"""From due to open: once per track and local date, at the chosen local time."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.domain.community import Platform
from bot.domain.identifiers import TrackId
from bot.domain.round import RoundState
from bot.domain.schedule import Schedule, instant
from bot.posting import due
from tests.fakes.publisher import Hang, Take
from tests.scheduler.world import DAY, EVE, HOUR, MINUTE, SECOND, World

MONDAY = date(2026, 3, 2)


async def test_nothing_is_posted_before_it_is_due(world: World) -> None:
    track = await world.track()
    await world.at(EVE + HOUR - SECOND)
    assert await world.rounds(track) == []
    assert world.publisher.recorded.posts == []


async def test_what_is_due_is_posted_and_open(world: World) -> None:
    track = await world.track("daily")
    await world.at(EVE + HOUR)
    round = await world.round(track)
    (post,) = world.publisher.recorded.posts
    assert (round.state, round.local_date, round.seq) == (RoundState.OPEN, MONDAY, 1)
    assert (post.place, post.round, post.message) == ("daily", round.id, round.message)


async def test_a_date_is_posted_once_over_many_ticks_and_restarts(world: World) -> None:
    track = await world.track()
    for step in range(12):
        await world.at(EVE + HOUR + step * 20 * SECOND)
        if step % 3 == 2:
            await world.restart()
    assert len(world.publisher.recorded.posts) == 1
    assert await world.states(track) == {MONDAY: RoundState.OPEN}


async def test_two_ticks_at_once_post_once(world: World) -> None:
    tracks = await world.tracks(60)
    world.clock.go_to(EVE + HOUR)
    await asyncio.gather(*(world.tick() for _ in range(4)))
    assert len(world.publisher.recorded.posts) == len(tracks)
    assert world.posted_twice() == []


async def test_a_tick_during_a_post_does_not_post_it_again(world: World) -> None:
    await world.track()
    hang = Hang(Take())
    world.publisher.on_post("general", hang)
    world.clock.go_to(EVE + HOUR)
    first = asyncio.create_task(world.tick())
    await hang.reached.wait()
    second = asyncio.create_task(world.tick())
    await world.reconcile()
    hang.release()
    await asyncio.gather(first, second)
    assert len(world.publisher.recorded.tried) == 1


async def test_a_week_of_days(world: World) -> None:
    track = await world.track()
    for number in range(7):
        await world.at(EVE + HOUR + number * DAY + 20 * SECOND)
    rounds = await world.rounds(track)
    assert [round.local_date for round in rounds] == [MONDAY + timedelta(days=number) for number in range(7)]
    assert [round.seq for round in rounds] == list(range(1, 8))
    assert [round.state for round in rounds] == [RoundState.CLOSED] * 6 + [RoundState.OPEN]
    assert len({round.question for round in rounds}) == 7


async def test_days_that_are_not_asked_are_left_out(world: World) -> None:
    track = await world.track(weekdays=frozenset({0, 2}))
    for number in range(8):
        await world.at(EVE + HOUR + number * DAY)
    dates = [round.local_date.isoformat() for round in await world.rounds(track)]
    assert dates == ["2026-03-02", "2026-03-04", "2026-03-09"]
    assert len(world.publisher.recorded.posts) == 3


async def test_more_tracks_than_are_taken_at_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.posting.due.TRACKS_AT_ONCE", 7)
    monkeypatch.setattr("bot.scheduler.publish.TRACKS_AT_ONCE", 7)
    tracks = await world.tracks(120)
    await world.at(EVE + HOUR)
    assert [(await world.round(track)).state for track in tracks] == [RoundState.OPEN] * 120
    assert len(world.publisher.recorded.posts) == 120


async def test_two_tracks_in_one_place_are_two_questions_a_day(world: World) -> None:
    morning, evening = await world.track(), await world.track(at=time(18))
    for number in range(3):
        await world.at(EVE + HOUR + number * DAY)
        await world.at(EVE + 10 * HOUR + number * DAY)
    assert len(world.publisher.posts_in("general")) == 6
    first, second = await world.rounds(morning), await world.rounds(evening)
    assert [round.seq for round in first] == [round.seq for round in second] == [1, 2, 3]
    assert len({round.question for round in first + second}) == 6, "tracks of a community do not repeat each other"
    # The evening's question does not close the morning's.
    assert first[-1].state is second[-1].state is RoundState.OPEN


async def test_two_tracks_in_one_place_at_one_time(world: World) -> None:
    await world.track()
    await world.track()
    await world.at(EVE + HOUR)
    asked = [(await world.round(TrackId(number))).question for number in (1, 2)]
    assert len(world.publisher.posts_in("general")) == 2
    assert asked[0] != asked[1]


async def test_a_face_ticks_its_own_platforms_tracks_only(world: World) -> None:
    await world.track("here")
    other = await world.track("elsewhere", platform=Platform.SLACK)
    await world.at(EVE + HOUR)
    assert [post.place for post in world.publisher.recorded.posts] == ["here"]
    assert await world.rounds(other) == []


# --- clock changes ----------------------------------------------------------------------------------------------


async def _every_ten_minutes(world: World, start: datetime, end: datetime) -> None:
    moment = start
    while moment <= end:
        world.clock.go_to(moment)
        await world.tick()
        moment += 10 * MINUTE


async def test_a_spring_night_is_lived_through(world: World) -> None:
    """In Berlin 02:00 becomes 03:00 on 29 March 2026: 02:30 does not exist and is asked at 03:30."""
    world.clock.go_to(datetime(2026, 3, 28, 0, 0, tzinfo=UTC))
    track = await world.track(at=time(2, 30), zone="Europe/Berlin")
    midnight = await world.track("midnight", at=time(0, 30), zone="Europe/Berlin")
    await _every_ten_minutes(world, world.clock.now(), datetime(2026, 3, 30, 12, 0, tzinfo=UTC))
    assert [(round.local_date.day, f"{round.posted_at:%d %H:%M}") for round in await world.rounds(track)] == [
        (28, "28 01:30"),
        (29, "29 01:30"),
        (30, "30 00:30"),
    ]
    assert [(round.local_date.day, f"{round.posted_at:%d %H:%M}") for round in await world.rounds(midnight)] == [
        (29, "28 23:30"),
        (30, "29 22:30"),
    ]


async def test_an_autumn_night_is_lived_through(world: World) -> None:
    """In Berlin 03:00 becomes 02:00 on 25 October 2026: of the two 02:30 the first is meant."""
    world.clock.go_to(datetime(2026, 10, 24, 0, 0, tzinfo=UTC))
    track = await world.track(at=time(2, 30), zone="Europe/Berlin")
    await _every_ten_minutes(world, world.clock.now(), datetime(2026, 10, 26, 12, 0, tzinfo=UTC))
    assert [(round.local_date.day, f"{round.posted_at:%d %H:%M}") for round in await world.rounds(track)] == [
        (24, "24 00:30"),
        (25, "25 00:30"),
        (26, "26 01:30"),
    ]
    assert len(world.publisher.recorded.posts) == 3


async def test_a_night_that_shifts_the_date_is_lived_through(world: World) -> None:
    """In Nuuk 23:45 on the spring night comes at 00:45 of the next date; both dates are asked once."""
    world.clock.go_to(datetime(2026, 3, 27, 0, 0, tzinfo=UTC))
    track = await world.track(at=time(23, 45), zone="America/Nuuk")
    await _every_ten_minutes(world, world.clock.now(), datetime(2026, 3, 31, 12, 0, tzinfo=UTC))
    dates = [round.local_date.day for round in await world.rounds(track)]
    assert dates == sorted(set(dates)) == list(range(dates[0], dates[-1] + 1))
    assert len(world.publisher.recorded.posts) == len(dates) >= 4


async def test_a_date_a_zone_left_out_harms_no_other(world: World) -> None:
    """Samoa had no 30 December 2011: the dates around it are asked, each once."""
    world.clock.set_by(datetime(2011, 12, 28, tzinfo=UTC) - world.clock.now())
    track = await world.track(zone="Pacific/Apia")
    await _every_ten_minutes(world, world.clock.now(), datetime(2012, 1, 2, tzinfo=UTC))
    rounds = await world.rounds(track)
    dates = [round.local_date.isoformat() for round in rounds]
    assert len(dates) == len(set(dates))
    assert {"2011-12-28", "2011-12-29", "2011-12-31", "2012-01-01", "2012-01-02"} <= set(dates)
    assert len(world.publisher.recorded.posts) == len([round for round in rounds if round.seq])


async def test_changed_zone_rules_are_taken_up_at_start(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    track = await world.track()
    before = await world.got(track)

    def an_hour_later(schedule: Schedule, day: date) -> datetime:
        return instant(schedule, day) + HOUR

    monkeypatch.setattr(due, "instant", an_hour_later)
    await world.restart()
    after = await world.got(track)
    assert before.next_due_at is not None
    assert (after.next_local_date, after.next_due_at) == (before.next_local_date, before.next_due_at + HOUR)
    await world.at(EVE + HOUR)
    assert await world.rounds(track) == []
    await world.at(EVE + 2 * HOUR)
    assert await world.states(track) == {MONDAY: RoundState.OPEN}


async def test_zone_rules_that_move_a_due_date_into_the_past_do_not_post_it_twice(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    track = await world.track()
    await world.at(EVE + HOUR)
    monkeypatch.setattr(due, "instant", lambda schedule, day: instant(schedule, day) - 23 * HOUR)
    await world.restart(MINUTE)
    await world.tick()
    await world.tick()
    assert await world.states(track) == {MONDAY: RoundState.OPEN}
    await world.after(2 * HOUR)
    assert len(world.publisher.recorded.posts) == 2
    assert world.posted_twice() == []


async def test_a_date_of_long_ago_is_not_caught_up_with_day_by_day(world: World) -> None:
    """As after an edit, or years away: everybody else's writes would wait for tens of thousands of rows."""
    track, other = await world.track(), await world.track("other")
    world.sql_change("UPDATE tracks SET next_local_date = '1970-01-02', next_due_at = 86400 WHERE id = ?", track)
    await world.at(EVE + HOUR)
    states = await world.states(track)
    assert states[MONDAY] is RoundState.OPEN
    assert len(states) <= 367
    assert (await world.round(other)).state is RoundState.OPEN
