"""A platform that refuses, stalls, loses and raises: one bad place never harms another, and nothing is posted twice."""

from __future__ import annotations

import asyncio
from datetime import time

import pytest

from bot.domain.round import RoundState
from bot.domain.track import PauseReason, TrackState
from bot.features import privacy
from bot.features.config import steering
from bot.ports.publisher import Later, Refused
from bot.replies.asked import QuestionPosted
from tests.fakes.publisher import Fail, Hang, Lose, Take
from tests.scheduler.world import BOSS, DAY, EVE, HOUR, MINUTE, SECOND, World, track_ref

DUE = EVE + HOUR
NO_RIGHT = Refused("The bot may not write in #daily.")


# --- refused ----------------------------------------------------------------------------------------------------


async def test_a_refusal_pauses_that_track_with_its_reason(world: World) -> None:
    track, other = await world.track("daily"), await world.track("other")
    world.publisher.on_post("daily", NO_RIGHT)
    await world.at(DUE)
    paused = await world.got(track)
    assert (paused.state, paused.pause_reason, paused.pause_detail) == (
        TrackState.PAUSED,
        PauseReason.REFUSED,
        NO_RIGHT.reason,
    )
    assert (await world.round(track)).state is RoundState.FAILED
    assert (await world.round(other)).state is RoundState.OPEN
    assert (await world.got(other)).running


async def test_a_refusal_is_told_once_to_whoever_saved_the_track(world: World) -> None:
    await world.track("daily")
    world.publisher.on_post("daily", NO_RIGHT)
    await world.at(DUE)
    for _ in range(5):
        await world.after(HOUR)
    ((community, user, text),) = world.publisher.recorded.told
    assert (community, user) == ("G1", BOSS)
    assert NO_RIGHT.reason in text


async def test_what_cannot_be_told_privately_waits_and_is_not_tried_again(world: World) -> None:
    await world.track("daily")
    world.publisher.on_post("daily", NO_RIGHT)
    world.publisher.unreachable.add(BOSS)
    for _ in range(3):
        await world.at(max(DUE, world.clock.now() + MINUTE))
    assert world.told() == []
    assert len(await world.waiting_notices()) == 1
    world.publisher.unreachable.clear()
    await world.after(MINUTE)
    assert world.told() == []


async def test_with_nobody_left_to_tell_it_waits_for_the_next_manager(world: World) -> None:
    """Whoever saved the track last had everything about themselves deleted."""
    track = await world.track("daily")
    call = world.call(BOSS)
    await world.do(call, lambda uow: privacy.delete(call, uow))
    assert (await world.got(track)).saved_by == ""
    world.publisher.on_post("daily", NO_RIGHT)
    await world.at(DUE)
    assert world.publisher.recorded.told == []
    assert len(await world.waiting_notices()) == 1


async def test_after_a_refusal_and_resume_the_next_date_is_posted(world: World) -> None:
    track = await world.track("daily")
    world.publisher.on_post("daily", NO_RIGHT)
    await world.at(DUE)
    call = world.call()
    await world.do(call, lambda uow: steering.resume(call, uow, world.bank, track_ref(uow, track)))
    await world.after(HOUR)
    assert world.publisher.recorded.posts == []
    await world.at(DUE + DAY)
    assert [round.state for round in await world.rounds(track)] == [RoundState.FAILED, RoundState.OPEN]
    first, second = await world.rounds(track)
    assert first.question is not None
    assert second.seq == 1


async def test_a_question_that_another_track_asked_meanwhile_is_not_asked_when_a_refused_round_is_posted(
    world: World,
) -> None:
    track = await world.track("daily")
    other = await world.track("general", time(10))
    world.publisher.on_post("daily", NO_RIGHT)
    await world.at(DUE)
    refused = await world.round(track)
    await world.after(HOUR)
    # As if it had chosen the same, which a refused round does not keep from it.
    world.sql_change("UPDATE rounds SET question_id = ? WHERE track_id = ?", refused.question, other)
    call = world.call()
    await world.do(call, lambda uow: steering.resume(call, uow, world.bank, track_ref(uow, track)))
    await world.do(call, lambda uow: steering.post_now(call, uow, world.bank, track_ref(uow, track)))
    await world.after(MINUTE)
    posted = await world.round(track)
    assert (posted.id, posted.state) == (refused.id, RoundState.OPEN)
    assert posted.question != refused.question
    post = world.publisher.recorded.posts[-1].reply
    assert isinstance(post, QuestionPosted)
    assert post.asked.question.id == posted.question


# --- later ------------------------------------------------------------------------------------------------------


async def test_a_passing_fault_is_tried_again_after_its_time(world: World) -> None:
    track = await world.track()
    world.publisher.on_post("general", Later(30))
    await world.at(DUE)
    question = (await world.round(track)).question
    await world.after(29 * SECOND)
    assert len(world.publisher.recorded.tried) == 1
    await world.after(SECOND)
    assert (await world.round(track)).state is RoundState.OPEN
    assert (await world.round(track)).question == question
    assert len(world.publisher.recorded.posts) == 1


async def test_a_passing_fault_is_tried_until_the_window_ends(world: World) -> None:
    track = await world.track()
    world.publisher.on_post("general", *[Later(1)] * 1000)
    await world.at(DUE)
    while world.clock.now() < DUE + 7 * HOUR:
        await world.after(10 * MINUTE)
    assert len(world.publisher.recorded.tried) == 1 + 6 * 6
    assert (await world.round(track)).state is RoundState.UNPOSTED
    assert len(world.told("not posted")) == 1
    assert (await world.got(track)).running


async def test_however_long_a_platform_asks_for_it_is_asked_again_within_minutes(world: World) -> None:
    track = await world.track()
    world.publisher.on_post("general", Later(1e9))
    await world.at(DUE)
    await world.after(11 * MINUTE)
    assert (await world.round(track)).state is RoundState.OPEN


async def test_a_track_paused_between_tries_is_not_posted(world: World) -> None:
    track = await world.track()
    world.publisher.on_post("general", Later(30))
    await world.at(DUE)
    call = world.call()
    await world.do(call, lambda uow: steering.pause(call, uow, world.bank, track_ref(uow, track)))
    await world.after(HOUR)
    assert len(world.publisher.recorded.tried) == 1


# --- hanging ----------------------------------------------------------------------------------------------------


async def test_a_hanging_place_delays_no_other(world: World) -> None:
    hang = Hang(Take())
    bad = await world.track("bad", community="the-bad-one")
    await world.tracks(200)
    world.publisher.on_post("bad", hang)
    world.clock.go_to(DUE)
    tick = asyncio.create_task(world.tick())
    await world.publisher.until(lambda: len(world.publisher.recorded.posts) == 200)
    assert (await world.round(bad)).state is RoundState.SENDING
    hang.release()
    await tick
    assert (await world.round(bad)).state is RoundState.OPEN


async def test_a_hanging_place_does_not_delay_what_is_due_a_minute_later(world: World) -> None:
    hang = Hang(Take())
    await world.track("bad")
    later = await world.track("later", at=DUE.time().replace(minute=1))
    world.publisher.on_post("bad", hang)
    world.clock.go_to(DUE)
    first = asyncio.create_task(world.tick())
    await hang.reached.wait()
    world.clock.advance(MINUTE)
    second = asyncio.create_task(world.tick())
    await world.publisher.until(lambda: len(world.publisher.posts_in("later")) == 1)
    hang.release()
    await asyncio.gather(first, second)
    assert (await world.round(later)).state is RoundState.OPEN
    assert len(world.publisher.recorded.tried) == 2


async def test_however_many_ticks_there_are_only_so_many_are_sent_at_once(world: World) -> None:
    hang = Hang(Take())
    await world.tracks(70)
    for number in range(70):
        world.publisher.on_post(f"place-{number:02d}", hang)
    world.clock.go_to(DUE)
    ticks = [asyncio.create_task(world.tick()) for _ in range(3)]
    await world.publisher.until(lambda: len(world.publisher.recorded.tried) == 50)
    # Whatever the other ticks had to write is written by now.
    for _ in range(10):
        await world.storage.write(lambda uow: None)
    assert len(world.publisher.recorded.tried) == 50
    hang.release()
    await asyncio.gather(*ticks)
    assert len(world.publisher.recorded.posts) == 70


async def test_as_many_hanging_places_as_are_sent_at_once_delay_the_others_only_until_they_are_cut_off(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.scheduler.pacer.CALL_TIMEOUT", 0)
    await world.tracks(60, "bad")
    for number in range(60):
        world.publisher.on_post(f"bad-{number:02d}", Hang())
    good = await world.track("good", at=DUE.time().replace(minute=1))
    await world.at(DUE + MINUTE)
    assert (await world.round(good)).state is RoundState.OPEN


async def test_what_hangs_is_cut_off_and_not_posted_twice(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.scheduler.pacer.CALL_TIMEOUT", 0)
    track = await world.track()
    world.publisher.on_post("general", Hang(taken=True))
    await world.at(DUE)
    for _ in range(5):
        await world.after(MINUTE)
    assert len(world.publisher.recorded.posts) == 1
    assert (await world.round(track)).state is RoundState.UNKNOWN


# --- uncertain --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("taken", [True, False])
async def test_where_nothing_can_be_told_a_lost_answer_leaves_it_unknown(world: World, taken: bool) -> None:
    track = await world.track()
    world.publisher.on_post("general", Lose(taken))
    await world.at(DUE)
    for _ in range(10):
        await world.after(MINUTE)
    assert (await world.round(track)).state is RoundState.UNKNOWN
    assert len(world.publisher.recorded.tried) == 1
    assert len(world.told("may or may not be there")) == 1
    await world.at(DUE + DAY)
    assert [round.state for round in await world.rounds(track)] == [RoundState.UNKNOWN, RoundState.OPEN]


@pytest.mark.parametrize("taken", [True, False])
async def test_where_the_platform_knows_its_own_a_lost_answer_is_sent_again(world: World, taken: bool) -> None:
    world.publisher.remembers = 2 * MINUTE
    track = await world.track()
    world.publisher.on_post("general", Lose(taken))
    await world.at(DUE)
    for _ in range(3):
        await world.after(20 * SECOND)
    round = await world.round(track)
    (post,) = world.publisher.recorded.posts
    assert (round.state, round.message) == (RoundState.OPEN, post.message)


async def test_a_resend_is_not_made_once_the_platform_may_have_forgotten(world: World) -> None:
    """Lost while it was safe to send again, but we are away until it no longer is."""
    world.publisher.remembers = 2 * MINUTE
    track = await world.track()
    world.publisher.on_post("general", Lose(taken=True))
    await world.at(DUE)
    await world.restart(10 * MINUTE)
    for _ in range(5):
        await world.after(MINUTE)
    assert len(world.publisher.recorded.posts) == 1
    assert (await world.round(track)).state is RoundState.UNKNOWN
    assert len(world.told("may or may not be there")) == 1


async def test_a_resend_told_to_wait_is_not_made_once_the_platform_may_have_forgotten(world: World) -> None:
    world.publisher.remembers = 2 * MINUTE
    track = await world.track()
    world.publisher.on_post("general", Lose(taken=True), Later(300))
    await world.at(DUE)
    for _ in range(20):
        await world.after(MINUTE)
    assert len(world.publisher.recorded.posts) == 1
    assert (await world.round(track)).state is RoundState.UNKNOWN


async def test_lost_again_and_again_is_given_up_when_it_is_no_longer_safe(world: World) -> None:
    world.publisher.remembers = 2 * MINUTE
    track = await world.track()
    world.publisher.on_post("general", *[Lose(taken=True)] * 50)
    await world.at(DUE)
    for _ in range(60):
        await world.after(20 * SECOND)
    assert len(world.publisher.recorded.posts) == 1
    assert (await world.round(track)).state is RoundState.UNKNOWN


@pytest.mark.parametrize("taken", [True, False])
async def test_where_our_messages_can_be_seen_a_lost_answer_is_looked_for(world: World, taken: bool) -> None:
    world.publisher.sees = True
    track = await world.track()
    world.publisher.on_post("general", Lose(taken))
    await world.at(DUE)
    for _ in range(5):
        await world.after(MINUTE)
    round = await world.round(track)
    (post,) = world.publisher.recorded.posts
    assert (round.state, round.message) == (RoundState.OPEN, post.message)
    assert world.told() == []


async def test_a_refusal_of_a_resend_does_not_deny_what_may_be_there(world: World) -> None:
    """The first try may stand in the channel, so a press on it must still prove it."""
    world.publisher.remembers = 2 * MINUTE
    track = await world.track("daily")
    world.publisher.on_post("daily", Lose(taken=True), NO_RIGHT)
    await world.at(DUE)
    await world.after(MINUTE)
    round = await world.round(track)
    assert round.state is RoundState.UNKNOWN
    assert (await world.got(track)).pause_reason is PauseReason.REFUSED
    await world.press(round.id, "ann", message="m1")
    assert (await world.round(track)).state is RoundState.OPEN


# --- raising ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("taken", [True, False])
async def test_an_error_in_one_place_harms_no_other_and_is_settled(world: World, taken: bool) -> None:
    world.publisher.sees = True
    track, other = await world.track("bad"), await world.track("good")
    world.publisher.on_post("bad", Fail(taken))
    await world.at(DUE)
    assert (await world.round(other)).state is RoundState.OPEN
    assert (await world.round(track)).state is RoundState.SENDING
    for _ in range(3):
        await world.after(MINUTE)
    assert (await world.round(track)).state is RoundState.OPEN
    assert world.posted_twice() == []


async def test_an_error_that_stays_ends_with_the_window(world: World) -> None:
    world.publisher.sees = True
    track = await world.track()
    world.publisher.on_post("general", *[Fail()] * 1000)
    await world.at(DUE)
    for _ in range(7 * 12):
        await world.after(5 * MINUTE)
    assert (await world.round(track)).state is RoundState.UNPOSTED
    assert len(world.told("not posted")) == 1
