"""Posts and reveals on Discord's bad days: refused, limited, cut off, and never twice."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta

import pytest

from bot.domain.identifiers import PlaceRef, RoundId, RoundRef
from bot.domain.round import RoundState
from bot.domain.track import TrackState
from bot.ports.publisher import Address, Posted
from bot.replies.said import said
from tests.adapters.discord.reading import text
from tests.contract.discord_stage import DiscordStage
from tests.contract.test_contract import letter
from tests.fakes.discord import Can, CloudflarePage, CutBefore, Fail, LoseAnswer, Message, RateLimited, Refuse
from tests.fakes.discord.misbehaviour import Fault

SENDING = "/channels/*/messages"
EDITING = "/channels/*/messages/*"


def questions(stage: DiscordStage, place: str = "#general") -> list[Message]:
    """Every question that stands there, open or closed."""
    there = stage.discord.messages(stage.channel(place))
    return [message for message in there if re.search(r"(?m)^Question \d+", text(message.components))]


async def state(stage: DiscordStage, round: int) -> RoundState:
    found = await stage.bot.core.storage.read(lambda uow: uow.rounds.get(RoundId(round)))
    assert found is not None
    return found.state


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (Refuse(50001), "Studybot cannot see that channel. Grant it View Channel there."),
        (Refuse(50013), "Studybot lacks Send Messages there."),
        (Refuse(10003), "The channel was deleted, or Studybot cannot see it."),
        (Refuse(200000), "A filter of the server (AutoMod) held it back."),
        (Fail(400, 50035, "Invalid Form Body"), "Discord did not take the message (error 50035)."),
        (Fail(403, 77777, "Something new"), "Discord does not allow it there (error 77777)."),
    ],
)
async def test_a_refusal_pauses_the_track_and_tells_its_manager_why(
    stage: DiscordStage, fault: Fault, reason: str
) -> None:
    stage.discord.on("POST", SENDING, fault, times=1)
    await stage.tomorrow()
    assert len(questions(stage)) == 1
    (told,) = stage.person("boss").dms
    assert reason in text(told.components)
    assert "From Studybot in Study group" in text(told.components)
    assert "paused: it could not be posted" in (await stage.say("boss", "/config")).text


async def test_a_manager_who_takes_no_messages_is_told_at_the_next_visit(stage: DiscordStage) -> None:
    stage.person("boss").user.accepts_dms = False
    stage.discord.on("POST", SENDING, Refuse(50013), times=1)
    await stage.tomorrow()
    assert stage.person("boss").dms == []
    settings = (await stage.say("boss", "/config")).text
    general = stage.channel("#general").id
    assert f"To know: <#{general}> at 00:00 UTC, every day: The daily question was paused" in settings


async def test_a_deleted_channel_pauses_at_once(stage: DiscordStage) -> None:
    tea = stage.channel("#tea")
    await stage.say("boss", "/config time:09:00 zone:utc", "#tea")
    tea.delete()
    await stage.until_tracks(lambda tracks: any(track.state is TrackState.PAUSED for track in tracks))
    await stage.part.loops.reconcile()
    (told,) = stage.person("boss").dms
    assert "its channel was deleted" in text(told.components)


async def test_a_permission_taken_and_given_back_resumes_by_itself(stage: DiscordStage) -> None:
    general = stage.channel("#general")
    general.overwrite(stage.guild.me, deny=Can.SEND_MESSAGES)
    await stage.heard()
    here = f"/channels/{general.id}/messages"
    before = len(stage.discord.requests_to("POST", here))
    await stage.tomorrow()
    assert len(stage.discord.requests_to("POST", here)) == before, "looked before it sent"
    assert await state(stage, 2) is RoundState.FAILED
    general.clear_overwrites()
    await stage.until_tracks(lambda tracks: all(track.running for track in tracks))
    assert "Question 2" in await stage.tomorrow()


async def test_an_answer_that_is_lost_is_sent_again_and_stands_once(stage: DiscordStage) -> None:
    stage.discord.on("POST", SENDING, LoseAnswer(), times=1)
    await stage.tomorrow()
    stage.clock.advance(timedelta(seconds=5))
    await stage.part.loops.reconcile()
    assert len(questions(stage)) == 2
    assert await state(stage, 2) is RoundState.OPEN
    assert "1 in a row" in (await stage.answer("ana", letter(await stage.post()))).text


async def test_an_old_post_whose_answer_was_lost_is_found_again_by_its_buttons(stage: DiscordStage) -> None:
    stage.discord.on("POST", SENDING, LoseAnswer(), times=1)
    await stage.tomorrow()
    stage.clock.advance(timedelta(minutes=30))  # no nonce is known for so long
    await stage.part.loops.reconcile()
    assert len(questions(stage)) == 2
    assert await state(stage, 2) is RoundState.OPEN


async def test_one_that_was_cut_off_before_it_arrived_is_not_there_and_is_sent(stage: DiscordStage) -> None:
    stage.discord.on("POST", SENDING, CutBefore(), times=1)
    await stage.tomorrow()
    stage.clock.advance(timedelta(minutes=30))
    await stage.part.loops.reconcile()
    assert len(questions(stage)) == 2
    assert await state(stage, 2) is RoundState.OPEN


async def test_without_a_look_at_the_history_nothing_is_sent_blindly(stage: DiscordStage) -> None:
    stage.channel("#general").overwrite(stage.guild.me, deny=Can.READ_MESSAGE_HISTORY)
    await stage.heard()
    stage.discord.on("POST", SENDING, LoseAnswer(), times=1)
    await stage.tomorrow()
    stage.clock.advance(timedelta(minutes=30))
    await stage.part.loops.reconcile()
    assert len(questions(stage)) == 2
    assert await state(stage, 2) is RoundState.UNKNOWN
    assert "1 in a row" in (await stage.answer("ana", letter(await stage.post()))).text, "a press proves it"
    assert await state(stage, 2) is RoundState.OPEN


@pytest.mark.parametrize("fault", [Fail(503), CutBefore()])
async def test_while_discord_does_not_answer_a_look_back_settles_nothing(stage: DiscordStage, fault: Fault) -> None:
    """A look back without an answer is no reason to give a question up."""
    stage.discord.on("POST", SENDING, CutBefore(), times=1)
    await stage.tomorrow()
    looking = stage.discord.on("GET", SENDING, fault)
    stage.clock.advance(timedelta(minutes=30))
    await stage.part.loops.reconcile()
    assert await state(stage, 2) is RoundState.SENDING
    looking.stop()
    stage.clock.advance(timedelta(minutes=2))
    await stage.part.loops.reconcile()
    assert len(questions(stage)) == 2
    assert await state(stage, 2) is RoundState.OPEN


async def test_between_two_connections_a_look_back_settles_nothing(
    stage: DiscordStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.discord.on("POST", SENDING, LoseAnswer(), times=1)
    await stage.tomorrow()
    stage.clock.advance(timedelta(minutes=30))
    with monkeypatch.context() as apart:
        apart.setattr(stage.part.loops._publisher, "_client", lambda: None)
        await stage.part.loops.reconcile()
    assert await state(stage, 2) is RoundState.SENDING
    stage.clock.advance(timedelta(minutes=2))
    await stage.part.loops.reconcile()
    assert len(questions(stage)) == 2
    assert await state(stage, 2) is RoundState.OPEN


async def test_what_discord_took_and_denied_is_not_posted_twice(stage: DiscordStage) -> None:
    """Its nonce is forgotten by the time Discord is well again."""
    stage.discord.on("POST", SENDING, LoseAnswer(503), times=1)
    await stage.tomorrow()
    stage.discord.nonces.window = timedelta(0)
    stage.clock.advance(timedelta(minutes=30))
    await stage.part.loops.tick()
    await stage.part.loops.reconcile()
    assert len(questions(stage)) == 2
    assert await state(stage, 2) is RoundState.OPEN


@pytest.mark.parametrize("scope", ["user", "global", "shared"])
async def test_a_limit_is_waited_for(stage: DiscordStage, scope: str) -> None:
    stage.discord.on("POST", SENDING, RateLimited(0.05, scope), times=2)
    assert "Question 2" in await stage.tomorrow()
    assert len(questions(stage)) == 2


@pytest.mark.parametrize("fault", [RateLimited(0.05, via=False), CloudflarePage()])
async def test_a_ban_by_cloudflare_is_left_alone_for_a_while(stage: DiscordStage, fault: Fault) -> None:
    stage.discord.on("POST", SENDING, fault, times=1)
    await stage.tomorrow()
    assert len(stage.discord.requests_to("POST", SENDING)) == 3, "not tried again at once"
    assert len(questions(stage)) == 1
    stage.clock.advance(timedelta(minutes=11))
    await stage.part.loops.tick()
    assert len(questions(stage)) == 2


async def test_one_bad_minute_of_discords_is_survived(stage: DiscordStage) -> None:
    stage.discord.on("POST", SENDING, Fail(502), times=1)
    assert "Question 2" in await stage.tomorrow()


@pytest.mark.slow
async def test_an_hour_of_discords_faults_delays_the_question_and_loses_nothing(stage: DiscordStage) -> None:
    down = stage.discord.on("POST", SENDING, Fail(503))
    await stage.tomorrow()  # the library's own patience takes about half a minute
    assert len(questions(stage)) == 1
    down.stop()
    stage.clock.advance(timedelta(hours=1))
    await stage.part.loops.tick()
    await stage.part.loops.reconcile()
    await stage.part.loops.settled()
    assert len(questions(stage)) == 2
    assert await state(stage, 2) is RoundState.OPEN


async def test_a_slow_server_does_not_hold_up_the_others(stage: DiscordStage) -> None:
    await stage.say("boss", "/config time:00:00 zone:utc", "#tea")
    stage.discord.on("POST", f"/channels/{stage.channel('#tea').id}/messages", Refuse(50013))
    await stage.tomorrow()
    assert len(questions(stage)) == 2
    assert questions(stage, "#tea") == []


async def test_a_reveal_that_fails_never_delays_a_post_and_is_made_up_for(stage: DiscordStage) -> None:
    stage.discord.on("PATCH", EDITING, Refuse(30046), times=1)
    came = await stage.tomorrow()
    assert "Question 2" in came
    assert "closed" not in came
    stage.clock.advance(timedelta(minutes=2))
    await stage.part.loops.tick()
    assert "Question 1, closed" in text(questions(stage)[0].components)


async def test_a_reveal_of_a_deleted_post_is_let_go(stage: DiscordStage) -> None:
    stage.discord.on("PATCH", EDITING, Refuse(10008), times=1)
    await stage.tomorrow()
    before = len(stage.discord.requests_to("PATCH", EDITING))
    stage.clock.advance(timedelta(hours=1))
    await stage.part.loops.tick()
    assert len(stage.discord.requests_to("PATCH", EDITING)) == before


async def test_the_reveal_notifies_nobody(stage: DiscordStage) -> None:
    await stage.tomorrow()
    edits = stage.discord.requests_to("PATCH", EDITING)
    assert edits
    assert all(edit.body["allowed_mentions"]["parse"] == [] for edit in edits)


async def test_an_archived_thread_comes_back_for_its_question(stage: DiscordStage) -> None:
    club = stage.guild.thread("club", stage.channel("#general"))
    await stage.person("boss").slash(stage.channel("#general"), "config", time="00:00", zone="utc", place=club)
    club.archive()
    await stage.tomorrow()
    assert any("Question" in text(message.components) for message in stage.discord.messages(club))


TEN_MINUTES = RateLimited(600)


async def test_a_long_limit_puts_a_post_off_and_nothing_sleeps_it_out(stage: DiscordStage) -> None:
    limited = stage.discord.on("POST", SENDING, TEN_MINUTES)
    await stage.tomorrow()
    assert limited.hits == 1
    assert len(questions(stage)) == 1
    assert "Practice" in (await stage.say("ana", "/quiz")).text, "answers go on"
    stage.clock.advance(timedelta(minutes=5))
    await stage.part.loops.tick()
    assert limited.hits == 1, "not before the limit is over"
    limited.stop()
    stage.clock.advance(timedelta(minutes=6))
    await stage.part.loops.tick()
    assert len(questions(stage)) == 2
    assert await state(stage, 2) is RoundState.OPEN


async def test_a_long_limit_puts_a_reveal_off_and_not_the_post(stage: DiscordStage) -> None:
    limited = stage.discord.on("PATCH", EDITING, TEN_MINUTES)
    assert "Question 2" in await stage.tomorrow()
    limited.stop()
    assert "closed" not in text(questions(stage)[0].components)
    stage.clock.advance(timedelta(minutes=11))
    await stage.part.loops.tick()
    assert "Question 1, closed" in text(questions(stage)[0].components)


async def test_a_long_limit_puts_what_a_manager_is_told_off(stage: DiscordStage) -> None:
    stage.discord.on("POST", SENDING, Refuse(50013), times=1)
    limited = stage.discord.on("POST", "/users/@me/channels", TEN_MINUTES)
    await stage.tomorrow()
    assert stage.person("boss").dms == []
    limited.stop()
    stage.clock.advance(timedelta(minutes=11))
    await stage.part.loops.reconcile()
    (told,) = stage.person("boss").dms
    assert "Studybot lacks Send Messages there." in text(told.components)


async def test_a_post_that_nobody_waits_for_any_more_does_not_leave_the_library_waiting(stage: DiscordStage) -> None:
    """Cancelled while it sleeps out an overall limit, a request of the library's would hold up every later one."""
    limited = stage.discord.on("POST", SENDING, RateLimited(0.3, "global"), times=1)
    due = await stage.part.loops.next_due(stage.clock.now() + timedelta(days=3))
    assert due
    stage.clock.go_to(due)
    posting = asyncio.create_task(stage.part.loops.tick())
    await stage.discord.until(lambda: limited.hits)
    for task in stage.part.loops._publish.in_flight:
        task.cancel()
    posting.cancel()
    await stage.discord.until(lambda: len(questions(stage)) == 2)
    stage.clock.advance(timedelta(minutes=3))
    await stage.part.loops.reconcile()
    assert await state(stage, 2) is RoundState.OPEN
    assert len(questions(stage)) == 2


async def test_another_round_with_the_same_number_is_another_message_to_discord(stage: DiscordStage) -> None:
    """Numbers are given out again where a database is restored or exchanged, within the minutes of a nonce too."""
    channel = stage.channel("#general")
    there = Address(str(stage.guild.id), PlaceRef(str(channel.id)))
    publisher = stage.part.loops._publisher
    numbered, one, other = (RoundRef(RoundId(42), tag) for tag in (None, "k7m2q9xa", "b3c4d5e6"))
    refs = [await publisher.post(there, said("A question"), ref) for ref in (numbered, one, one, other)]
    messages = [sent.message for sent in refs if isinstance(sent, Posted)]
    assert len(messages) == 4
    assert messages[1] == messages[2]
    assert len(set(messages)) == 3
