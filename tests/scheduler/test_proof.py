"""A round nobody can tell was posted: a press proves it, a manager settles it, and the track goes on meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

import pytest

from bot.domain.identifiers import TrackId, TrackRef
from bot.domain.round import Round, RoundState
from bot.domain.track import TrackState
from bot.features.config import steering
from bot.ports.call import Call, Outcome
from bot.ports.catalog import Catalog
from bot.ports.publisher import Later, Refused
from bot.ports.storage import UnitOfWork
from bot.replies.judged import DailyVerdict
from bot.replies.said import Refusal
from tests.fakes.publisher import Hang, Lose, Take, text_of
from tests.scheduler.world import DAY, EVE, HOUR, MINUTE, World, track_ref

T = TypeVar("T")

DUE = EVE + HOUR


async def _unknown(world: World, *, taken: bool = True) -> tuple[TrackId, Round]:
    track = await world.track()
    world.publisher.on_post("general", Lose(taken))
    await world.at(DUE)
    await world.after(2 * MINUTE)
    round = await world.round(track)
    assert round.state is RoundState.UNKNOWN
    return track, round


async def _manage(world: World, service: Callable[[Call, UnitOfWork, Catalog, T], Outcome], what: T) -> None:
    """A manager presses something in /config."""
    call = world.call()
    await world.do(call, lambda uow: service(call, uow, world.bank, what))


async def test_a_press_on_a_round_being_sent_opens_it_with_the_message_pressed(world: World) -> None:
    track = await world.track()
    hang = Hang(Take(), taken=True)
    world.publisher.on_post("general", hang)
    world.clock.go_to(DUE)
    tick = asyncio.create_task(world.tick())
    await hang.reached.wait()
    sending = await world.round(track)
    assert sending.state is RoundState.SENDING
    outcome = await world.press(sending.id, "ann", message="m1")
    assert isinstance(outcome.reply, DailyVerdict)
    opened = await world.round(track)
    assert (opened.state, opened.message, opened.seq, opened.votes.total) == (RoundState.OPEN, "m1", 1, 1)
    hang.release()
    await tick
    assert await world.round(track) == opened, "what the platform says afterwards changes nothing"
    await world.at(DUE + DAY)
    assert len(world.publisher.edits_of(opened.message)) == 1


async def test_a_press_that_cannot_say_on_which_message_leaves_that_to_the_platform(world: World) -> None:
    track = await world.track()
    hang = Hang(Take(), taken=True)
    world.publisher.on_post("general", hang)
    world.clock.go_to(DUE)
    tick = asyncio.create_task(world.tick())
    await hang.reached.wait()
    await world.press((await world.round(track)).id, "ann")
    hang.release()
    await tick
    first = await world.round(track)
    assert (first.state, first.message, first.seq, first.votes.total) == (RoundState.OPEN, "m1", 1, 1)
    await world.at(DUE + DAY)
    assert len(world.publisher.edits_of(first.message)) == 1


@pytest.mark.parametrize("then", [Lose(taken=True), Later(5)])
async def test_what_a_press_has_proven_is_not_sent_again(world: World, then: Lose | Later) -> None:
    track = await world.track()
    hang = Hang(then, taken=True)
    world.publisher.on_post("general", hang)
    world.clock.go_to(DUE)
    tick = asyncio.create_task(world.tick())
    await hang.reached.wait()
    await world.press((await world.round(track)).id, "ann", message="m1")
    hang.release()
    await tick
    for _ in range(5):
        await world.after(MINUTE)
    assert len(world.publisher.recorded.tried) == 1
    assert (await world.round(track)).state is RoundState.OPEN


async def test_a_press_on_an_unknown_round_opens_it_with_the_message_pressed(world: World) -> None:
    track, round = await _unknown(world)
    outcome = await world.press(round.id, "ann", message="m1")
    assert isinstance(outcome.reply, DailyVerdict)
    opened = await world.round(track)
    assert (opened.state, opened.message, opened.votes.total) == (RoundState.OPEN, "m1", 1)
    await world.press(round.id, "bob", message="m1")
    assert (await world.round(track)).votes.total == 2


async def test_a_lost_post_closes_the_one_before_it_because_it_may_have_told_its_answer(world: World) -> None:
    track = await world.track()
    await world.at(DUE)
    world.publisher.on_post("general", Lose(taken=True))
    await world.at(DUE + DAY)
    await world.after(2 * MINUTE)
    first, second = await world.rounds(track)
    assert (first.state, first.excused, second.state) == (RoundState.CLOSED, True, RoundState.UNKNOWN)
    await world.press(second.id, "ann", message="m2")
    first, second = await world.rounds(track)
    assert (first.state, second.state) == (RoundState.CLOSED, RoundState.OPEN)
    await world.tick()
    assert len(world.publisher.edits_of(first.message)) == 1


async def test_a_manager_says_it_is_there(world: World) -> None:
    track, round = await _unknown(world)
    await _manage(world, steering.it_is_there, round.ref)
    opened = await world.round(track)
    assert (opened.state, opened.seq) == (RoundState.OPEN, 1)
    await world.press(round.id, "ann")
    assert (await world.round(track)).votes.total == 1
    with pytest.raises(Refusal):
        await _manage(world, steering.it_is_there, round.ref)
    with pytest.raises(Refusal):
        await _manage(world, steering.post_again, round.ref)
    await world.at(DUE + DAY)
    assert [found.state for found in await world.rounds(track)] == [RoundState.CLOSED, RoundState.OPEN]


async def test_a_manager_has_it_posted_again(world: World) -> None:
    track, round = await _unknown(world, taken=False)
    await _manage(world, steering.post_again, round.ref)
    opened = await world.round(track)
    (post,) = world.publisher.recorded.posts
    assert (opened.state, opened.message, opened.question) == (RoundState.OPEN, post.message, round.question)
    with pytest.raises(Refusal):
        await _manage(world, steering.post_again, round.ref)
    assert len(world.publisher.recorded.posts) == 1


async def test_it_is_not_posted_again_when_it_is_too_late(world: World) -> None:
    track, round = await _unknown(world, taken=False)
    await world.after(6 * HOUR + MINUTE)
    with pytest.raises(Refusal, match="too late"):
        await _manage(world, steering.post_again, round.ref)
    assert (await world.round(track)).state is RoundState.UNKNOWN
    assert world.publisher.recorded.posts == []


async def test_an_unknown_round_never_blocks_the_next(world: World) -> None:
    track, _ = await _unknown(world)
    for number in (1, 2, 3):
        await world.at(DUE + number * DAY)
    states = [round.state for round in await world.rounds(track)]
    assert states == [RoundState.UNKNOWN, RoundState.CLOSED, RoundState.CLOSED, RoundState.OPEN]
    assert [round.seq for round in await world.rounds(track)] == [None, 1, 2, 3]


async def test_found_to_be_there_after_the_next_was_opened_it_is_closed_at_once(world: World) -> None:
    track, round = await _unknown(world)
    await world.at(DUE + DAY)
    await _manage(world, steering.it_is_there, round.ref)
    late, current = await world.rounds(track)
    assert (late.state, late.excused, late.seq) == (RoundState.CLOSED, True, 2)
    assert (current.state, current.seq) == (RoundState.OPEN, 1)
    await world.press(current.id, "ann")
    await world.at(DUE + 2 * DAY)
    rounds = await world.rounds(track)
    await world.press(rounds[-1].id, "ann")
    # It came between two rounds ann answered, and took nothing from her.
    assert world.sql("SELECT streak, freezes FROM standings") == [(2, 1)]


async def test_a_press_after_the_next_was_opened_closes_it_at_once(world: World) -> None:
    track, round = await _unknown(world)
    await world.at(DUE + DAY)
    outcome = await world.press(round.id, "ann", message="m1")
    assert "is closed" in text_of(outcome.reply)
    late, current = await world.rounds(track)
    assert (late.state, late.excused, late.message) == (RoundState.CLOSED, True, "m1")
    assert current.state is RoundState.OPEN


@pytest.mark.parametrize("gone", ["withdrawn", "expired"])
async def test_it_is_closed_at_once_even_if_the_later_one_is_over_by_then(world: World, gone: str) -> None:
    track, round = await _unknown(world)
    await world.at(DUE + DAY)
    later = await world.round(track)
    if gone == "withdrawn":
        await _manage(world, steering.void, later.ref)
    else:
        await _manage(world, steering.pause, (await world.got(track)).ref)
        await world.after(8 * DAY)
    await _manage(world, steering.it_is_there, round.ref)
    late = (await world.rounds(track))[0]
    assert (late.state, late.excused) == (RoundState.CLOSED, True)


# --- deleted or paused on the way -------------------------------------------------------------------------------


async def test_a_track_deleted_while_it_posts_leaves_nothing_open(world: World) -> None:
    track = await world.track()
    hang = Hang(Take(), taken=True)
    world.publisher.on_post("general", hang)
    world.clock.go_to(DUE)
    tick = asyncio.create_task(world.tick())
    await hang.reached.wait()
    await _deleted(world, track)
    hang.release()
    await tick
    round = await world.round(track)
    assert (round.state, round.excused) == (RoundState.CLOSED, True)
    assert len(world.publisher.edits_of(round.message)) == 1
    for number in range(1, 4):
        await world.at(DUE + number * DAY)
    assert len(world.publisher.recorded.posts) == 1
    assert (await world.got(track)).state is TrackState.DELETED


@pytest.mark.parametrize("sees", [True, False])
@pytest.mark.parametrize("remembers", [None, 10 * MINUTE])
@pytest.mark.parametrize("taken", [True, False])
@pytest.mark.parametrize("service", [steering.delete, steering.pause])
async def test_what_was_cut_off_is_not_posted_once_the_track_is_deleted_or_paused(
    world: World,
    service: Callable[[Call, UnitOfWork, Catalog, TrackRef], Outcome],
    taken: bool,
    remembers: timedelta | None,
    sees: bool,
) -> None:
    world.publisher.sees = sees
    world.publisher.remembers = remembers
    track = await world.track()
    world.publisher.on_post("general", Lose(taken))
    world.clock.go_to(DUE)
    await world.tick()
    await _manage(world, service, (await world.got(track)).ref)
    for _ in range(5):
        await world.after(MINUTE)
    assert len(world.publisher.recorded.tried) == 1
    deleted = service is steering.delete
    here = RoundState.CLOSED if deleted else RoundState.OPEN
    absent = RoundState.UNPOSTED if deleted else RoundState.DUE
    assert (await world.round(track)).state is (RoundState.UNKNOWN if not sees else here if taken else absent)
    assert len(world.told()) == (0 if deleted or sees else 1)


async def test_what_a_pause_held_back_is_posted_after_a_resume_within_the_window(world: World) -> None:
    world.publisher.sees = True
    track = await world.track()
    world.publisher.on_post("general", Lose(taken=False))
    world.clock.go_to(DUE)
    await world.tick()
    await _manage(world, steering.pause, (await world.got(track)).ref)
    await world.after(5 * MINUTE)
    await _manage(world, steering.resume, (await world.got(track)).ref)
    await world.after(MINUTE)
    assert (await world.round(track)).state is RoundState.OPEN
    assert len(world.publisher.recorded.posts) == 1


async def test_a_place_that_refuses_a_deleted_track_is_nobodys_business(world: World) -> None:
    track = await world.track()
    hang = Hang(Refused("gone"))
    world.publisher.on_post("general", hang)
    world.clock.go_to(DUE)
    tick = asyncio.create_task(world.tick())
    await hang.reached.wait()
    await _deleted(world, track)
    hang.release()
    await tick
    await world.reconcile()
    assert world.told() == []
    assert (await world.got(track)).state is TrackState.DELETED


async def _deleted(world: World, track: TrackId) -> None:
    """Deleted while something hangs, so that what it wakes is not waited for."""
    call = world.call()
    await world.storage.write(lambda uow: steering.delete(call, uow, world.bank, track_ref(uow, track)))
