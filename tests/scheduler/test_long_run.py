"""Weeks go by: nobody answers, nobody follows up, the bank is used up."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.identifiers import TrackId
from bot.domain.round import RoundState
from bot.domain.selection import Repeats
from bot.domain.track import PauseReason, TrackState
from bot.features.config import steering
from bot.replies.asked import QuestionPosted
from tests.fakes.bank import Bank
from tests.scheduler.world import BOSS, DAY, EVE, HOUR, MINUTE, World, track_ref

DUE = EVE + HOUR


async def _resume(world: World, track: TrackId) -> None:
    call = world.call()
    await world.do(call, lambda uow: steering.resume(call, uow, world.bank, track_ref(uow, track)))


# --- nobody answers ---------------------------------------------------------------------------------------------


async def test_after_ten_rounds_nobody_answered_a_track_pauses_itself(world: World) -> None:
    track = await world.track()
    for number in range(20):
        await world.at(DUE + number * DAY)
    found = await world.got(track)
    assert (found.state, found.pause_reason) == (TrackState.PAUSED, PauseReason.UNANSWERED)
    assert len(world.publisher.recorded.posts) == 11
    ((_, user, text),) = world.publisher.recorded.told
    assert user == BOSS
    assert "nobody answered the last 10" in text


async def test_one_answer_begins_the_count_anew(world: World) -> None:
    track = await world.track()
    for number in range(16):
        await world.at(DUE + number * DAY)
        if number == 7:
            await world.press((await world.round(track)).id, "ann")
    assert (await world.got(track)).running


async def test_a_resumed_track_is_given_another_ten_rounds(world: World) -> None:
    track = await world.track()
    for number in range(12):
        await world.at(DUE + number * DAY)
    await _resume(world, track)
    for number in range(12, 21):
        await world.at(DUE + number * DAY)
        assert (await world.got(track)).running, f"paused again after {number - 11} rounds"
    for number in range(21, 40):
        await world.at(DUE + number * DAY)
    assert not (await world.got(track)).running
    assert len(world.publisher.recorded.posts) == 21
    assert len(world.told("nobody answered")) == 2


async def test_a_resumed_track_whose_last_round_expired_is_given_another_ten_rounds(world: World) -> None:
    track = await world.track()
    for number in range(30):
        await world.at(DUE + number * DAY)
    await _resume(world, track)
    for number in range(30, 38):
        await world.at(DUE + number * DAY)
        assert (await world.got(track)).running


# --- nobody follows up ------------------------------------------------------------------------------------------


async def test_without_a_successor_a_round_closes_after_seven_days_and_excuses(world: World) -> None:
    track = await world.track()
    await world.at(DUE)
    call = world.call()
    await world.do(call, lambda uow: steering.pause(call, uow, world.bank, track_ref(uow, track)))
    await world.at(DUE + 7 * DAY)
    assert (await world.round(track)).state is RoundState.OPEN
    await world.after(MINUTE)
    round = await world.round(track)
    assert (round.state, round.excused) == (RoundState.CLOSED, True)
    await world.tick()
    assert len(world.publisher.edits_of(round.message)) == 1


async def test_many_rounds_expire_together(world: World) -> None:
    tracks = await world.tracks(120)
    await world.at(DUE)
    for track in tracks:
        await world.storage.write(lambda uow, id=track: uow.tracks.delete(id))  # type: ignore[misc]
    await world.after(8 * DAY)
    states = {row[0] for row in world.sql("SELECT state FROM rounds")}
    assert states == {"closed"}


# --- the bank is used up ----------------------------------------------------------------------------------------


async def _live(world: World, days: int, repeats: Repeats) -> TrackId:
    """A track with seventeen questions and one member who answers every day."""
    world.bank.questions = Bank(17).questions
    track = await world.track(repeats=repeats)
    for number in range(days):
        await _answered_day(world, track, number)
    return track


async def _answered_day(world: World, track: TrackId, number: int) -> None:
    await world.at(DUE + number * DAY)
    round = await world.round(track)
    if round.state is RoundState.OPEN:
        await world.press(round.id, "ann")


def _asked_before(world: World) -> list[bool]:
    replies = [post.reply for post in world.publisher.recorded.posts]
    return [reply.asked_before for reply in replies if isinstance(reply, QuestionPosted)]


async def test_a_used_up_bank_is_asked_again_oldest_first_and_says_so(world: World) -> None:
    track = await _live(world, 40, Repeats.AGAIN)
    rounds = await world.rounds(track)
    asked = [round.question for round in rounds]
    assert len(set(asked[:17])) == 17
    assert asked[17:34] == asked[:17]
    assert asked[34:] == asked[:6]
    assert _asked_before(world) == [False] * 17 + [True] * 23


async def test_a_used_up_bank_pauses_the_track_if_that_was_chosen(world: World) -> None:
    track = await _live(world, 25, Repeats.PAUSE)
    found = await world.got(track)
    assert (found.state, found.pause_reason) == (TrackState.PAUSED, PauseReason.BANK_EMPTY)
    assert len(world.publisher.recorded.posts) == 17
    assert (await world.round(found.id)).state is RoundState.UNPOSTED
    assert len(world.told("every question that fits")) == 1


@pytest.mark.parametrize("repeats", list(Repeats))
async def test_managers_are_warned_when_14_and_3_questions_are_left(world: World, repeats: Repeats) -> None:
    track = await _live(world, 2, repeats)
    await world.reconcile()
    assert world.told() == []
    await _answered_day(world, track, 2)
    assert len(world.told("14 new questions left")) == 1
    for number in range(3, 13):
        await _answered_day(world, track, number)
    assert world.told(" 3 new questions left") == []
    await _answered_day(world, track, 13)
    assert len(world.told(" 3 new questions left")) == 1
    for number in range(14, 30):
        await _answered_day(world, track, number)
    assert len(world.told("new questions left")) == 2


async def test_a_track_added_questions_to_goes_on_with_them(world: World) -> None:
    track = await _live(world, 20, Repeats.PAUSE)
    world.bank.questions = Bank(30).questions
    await _resume(world, track)
    for number in range(20, 25):
        await world.at(DUE + number * DAY)
    assert len(world.publisher.recorded.posts) == 22
    assert not any(_asked_before(world))


async def test_a_question_changed_after_it_was_asked_is_revealed_as_it_was(world: World) -> None:
    track = await world.track()
    await world.at(DUE)
    first = await world.round(track)
    world.bank.questions = ()
    await world.after(timedelta(hours=1))
    world.bank.questions = Bank(40).questions[10:]
    await world.at(DUE + DAY)
    (edit,) = world.publisher.edits_of(first.message)
    assert f"question {int(str(first.question)[1:])}?" in str(edit.reply.as_card())
