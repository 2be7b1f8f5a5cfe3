"""A post whose fate nobody knows reaches its manager at once, in private, with both ways to settle it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from bot.domain.community import Platform
from bot.domain.identifiers import RoundId
from bot.domain.round import RoundState
from bot.posting.claiming import claim
from tests.adapters.slack.reading import pressable, text
from tests.contract.slack_stage import SlackStage
from tests.contract.stage import Shown
from tests.contract.test_contract import letter
from tests.fakes.slack import Fail, LoseAnswer, Message

POST = "chat.postMessage"
THERE, AGAIN = "It is there", "Post it again"


def questions(stage: SlackStage) -> list[Message]:
    return [message for message in stage.posts() if re.search(r"(?m)^Question \d+", text(message.blocks))]


def direct(stage: SlackStage, who: str = "boss") -> list[Message]:
    """The messages the app wrote to somebody directly."""
    return stage.slack.messages(stage.workspace.direct(stage.person(who)))


async def state(stage: SlackStage, round: int = 2) -> RoundState:
    found = await stage.bot.core.storage.read(lambda uow: uow.rounds.get(RoundId(round)))
    assert found is not None
    return found.state


async def due(stage: SlackStage) -> None:
    """The next question comes due, and the loop that posts rings once; the one that settles does not."""
    moment = await stage.part.loops.next_due(stage.clock.now() + timedelta(days=3))
    assert moment is not None
    stage.clock.go_to(moment)
    await stage.part.loops.tick()
    await stage.part.loops.settled()


async def lost(stage: SlackStage, *, taken: bool) -> Message:
    """Cut the line while the second question is posted, and return what its manager is told at once."""
    stage.slack.on(POST, LoseAnswer(done=taken))
    await due(stage)
    (told,) = direct(stage)
    return told


async def press(stage: SlackStage, message: Message, label: str) -> str:
    labels = tuple(dict(pressable(message.blocks)))
    shown = await stage.press("boss", label, Shown(text(message.blocks), labels, handle=message))
    await stage.part.loops.settled()
    return shown.text


@pytest.mark.parametrize("taken", [True, False])
async def test_the_manager_hears_of_it_at_once(stage: SlackStage, taken: bool) -> None:
    told = await lost(stage, taken=taken)
    assert await state(stage) is RoundState.UNKNOWN
    assert {THERE, AGAIN} <= set(dict(pressable(told.blocks)))
    said = text(told.blocks)
    assert f"#{stage.channel('general').name}" in said or stage.channel("general").id in said
    assert "00:00 UTC, every day" in said
    assert "that works until Tuesday 06:00 (UTC)" in said
    assert direct(stage, "ana") == []
    for _ in range(3):
        stage.clock.advance(timedelta(minutes=1))
        await stage.part.loops.tick()
        await stage.part.loops.reconcile()
    assert len(direct(stage)) == 1
    assert len(questions(stage)) == 1 + taken


async def test_it_is_there_opens_it_from_the_private_message(stage: SlackStage) -> None:
    told = await lost(stage, taken=True)
    assert "it is open now" in await press(stage, told, THERE)
    assert await state(stage) is RoundState.OPEN
    assert len(questions(stage)) == 2
    assert "1 in a row" in (await stage.answer("ana", letter(await stage.post()))).text


async def test_post_it_again_posts_it_once_however_often_it_is_pressed(stage: SlackStage) -> None:
    told = await lost(stage, taken=False)
    await press(stage, told, AGAIN)
    assert await state(stage) is RoundState.OPEN
    assert len(questions(stage)) == 2
    assert "Nothing was changed" in await press(stage, told, AGAIN)
    assert "Nothing was changed" in await press(stage, told, THERE)
    assert len(questions(stage)) == 2


async def test_after_a_press_proved_it_nothing_is_posted_again(stage: SlackStage) -> None:
    told = await lost(stage, taken=True)
    await stage.answer("ana", letter(await stage.post()))
    assert await state(stage) is RoundState.OPEN
    said = await press(stage, told, AGAIN)
    assert "by an answer or by another manager" in said
    assert len(questions(stage)) == 2
    assert f"{THERE} #general" not in (await stage.say("boss", "/config")).labels


async def test_who_manages_no_more_can_settle_nothing(stage: SlackStage) -> None:
    told = await lost(stage, taken=False)
    stage.person("boss").user.is_admin = False
    stage.clock.advance(timedelta(minutes=11))
    assert "Only managers can do that" in await press(stage, told, AGAIN)
    assert await state(stage) is RoundState.UNKNOWN
    assert len(questions(stage)) == 1


async def test_it_can_be_posted_again_for_six_hours_and_no_longer(stage: SlackStage) -> None:
    told = await lost(stage, taken=False)
    stage.clock.advance(timedelta(hours=6, minutes=1))
    assert "too late to post that one again" in await press(stage, told, AGAIN)
    assert len(questions(stage)) == 1
    assert "it is open now" in await press(stage, told, THERE)


async def test_who_takes_no_private_messages_reads_it_atop_the_next_reply(stage: SlackStage) -> None:
    stage.slack.on(POST, LoseAnswer(done=False))
    stage.slack.on(POST, Fail("messages_tab_disabled"))
    await due(stage)
    assert direct(stage) == []
    reply = await stage.say("boss", "/config time:00:00")
    assert "it may or may not be there" in reply.text
    assert f"{THERE} #general" in reply.labels
    settings = await stage.say("boss", "/config")
    assert settings.text.count("it may or may not be there") == 1
    await stage.press("boss", f"{AGAIN} #general", settings)
    await stage.part.loops.settled()
    assert len(questions(stage)) == 2
    assert "may or may not" not in (await stage.say("boss", "/config")).text


async def test_while_slack_cannot_be_reached_the_message_waits_and_then_arrives(stage: SlackStage) -> None:
    stage.slack.on(POST, LoseAnswer(done=False))
    stage.slack.on(POST, Fail("service_unavailable"))
    await due(stage)
    assert direct(stage) == []
    stage.clock.advance(timedelta(minutes=1))
    await stage.part.loops.reconcile()
    (told,) = direct(stage)
    await press(stage, told, AGAIN)
    assert len(questions(stage)) == 2


async def test_a_start_asks_about_what_the_process_before_left_on_its_way(stage: SlackStage) -> None:
    """Killed while it was being sent: its manager is told before any lease runs out."""
    moment = await stage.part.loops.next_due(stage.clock.now() + timedelta(days=3))
    assert moment is not None
    stage.clock.go_to(moment)
    publish = stage.part.loops._publish
    await publish.write_due(stage.clock.now())
    now = stage.clock.now()
    await stage.bot.core.storage.write(lambda uow: claim(uow, publish._catalogs, Platform.SLACK, now))
    assert await state(stage) is RoundState.SENDING
    await stage.restart()
    assert await state(stage) is RoundState.UNKNOWN
    (told,) = direct(stage)
    assert {THERE, AGAIN} <= set(dict(pressable(told.blocks)))
