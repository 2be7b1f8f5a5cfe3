"""Everything on Slack in its time: acknowledged first, answered another way where one is shut, once and not twice."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.adapters.slack.reading import text
from tests.adapters.slack.test_presses import hold
from tests.contract.slack_stage import SlackStage
from tests.contract.unhurried import SLACK, as_shipped
from tests.fakes.loop_time import LoopTime, turns
from tests.fakes.patience import PATIENCE
from tests.fakes.slack import Fail, Hang

# --- the second and a half ------------------------------------------------------------------------------------------


async def test_a_command_is_acknowledged_after_a_second_and_a_half_at_the_latest(
    stage: SlackStage, hurry: LoopTime, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_shipped(monkeypatch, *SLACK)
    held = hold(monkeypatch)
    hurry.stop()
    typing = asyncio.create_task(stage.person("ana").slash(stage.channel("general"), "/study", "quiz"))
    await turns()
    hurry.by(1.4)
    await turns()
    assert not typing.done(), "the answer may still come with it"
    hurry.by(0.1)
    await hurry.until(typing.done, "the acknowledgement")
    hurry.go_on()
    seen = typing.result()
    assert (seen.error, seen.messages) == (None, [])
    held.set()
    assert "Practice" in text((await seen.message()).blocks)


async def test_a_form_is_acknowledged_after_a_second_and_a_half_at_the_latest(
    stage: SlackStage, hurry: LoopTime, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = await stage.press("boss", "Another daily question", await stage.say("boss", "/config"))
    as_shipped(monkeypatch, *SLACK)
    held, boss = hold(monkeypatch, "submit"), stage.person("boss")
    await boss.select(form.handle, "place", stage.channel("tea"))
    hurry.stop()
    sending = asyncio.create_task(boss.submit(form.handle))
    await turns()
    hurry.by(1.4)
    await turns()
    assert not sending.done()
    hurry.by(0.1)
    await hurry.until(sending.done, "the acknowledgement")
    hurry.go_on()
    assert "One moment." in text(sending.result().top.blocks)
    held.set()
    await stage.door.settled()


async def test_a_press_is_acknowledged_before_it_is_looked_at(
    stage: SlackStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = hold(monkeypatch, "press")
    pressing = asyncio.create_task(stage.person("ana").press(stage.newest_post(), "A"))
    seen = await asyncio.wait_for(pressing, PATIENCE)
    assert seen.error is None
    held.set()
    await stage.door.settled()
    assert len(seen.messages) == 1


# --- where answers cannot be sent -----------------------------------------------------------------------------------


@contextmanager
def shut() -> Iterator[str]:
    """An address where nobody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    yield f"http://127.0.0.1:{port}"


@contextmanager
def swallowing() -> Iterator[str]:
    """An address that takes no connection and refuses none, as behind a firewall."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        one.listen(0)
        waiting = []
        for _ in range(4):
            other = socket.socket()
            other.setblocking(False)
            other.connect_ex(one.getsockname())
            waiting.append(other)
        try:
            yield f"http://127.0.0.1:{one.getsockname()[1]}"
        finally:
            for other in waiting:
                other.close()


def inside(stage: SlackStage) -> None:
    """Ana and the bot are members of the channel, so that she can be whispered to."""
    stage.channel("general").members.update({stage.workspace.bot_user_id, stage.person("ana").id})


async def test_where_the_address_is_shut_the_verdict_comes_another_way_at_once(stage: SlackStage) -> None:
    inside(stage)
    with shut() as address:
        stage.slack.world.response_urls.base = address
        await stage.person("ana").press(stage.newest_post(), "A")
        await stage.door.settled()
    assert "1st to answer" in text(stage.person("ana").whispers[-1].blocks)


async def test_where_the_address_swallows_everything_the_verdict_comes_after_two_seconds_and_then_at_once(
    stage: SlackStage, hurry: LoopTime, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_shipped(monkeypatch, *SLACK)
    inside(stage)
    ana, base = stage.person("ana"), stage.slack.world.response_urls.base
    with swallowing() as address:
        stage.slack.world.response_urls.base = address
        await ana.press(stage.newest_post(), "A")
        hurry.stop()
        await turns()
        hurry.by(1.8)
        await turns()
        assert ana.whispers == []
        hurry.by(0.3)
        await hurry.until(lambda: ana.whispers, "the verdict")
        await turns()
        assert [text(one.blocks).count("1st to answer") for one in ana.whispers] == [1]
        await ana.press(stage.newest_post(), "A")
        await hurry.until(lambda: len(ana.whispers) == 2, "the verdict, though no time went by")
        assert "That stands" in text(ana.whispers[-1].blocks)
        hurry.go_on()
    stage.slack.world.response_urls.base = base
    hurry.by(61)
    seen = await ana.press(stage.newest_post(), "A")
    await stage.door.settled()
    assert stage.slack.requests.of("response_url")[-1].done, "it is tried again after a minute"
    assert len(seen.messages) == 1


async def test_where_no_way_is_open_in_the_channel_it_comes_in_the_bots_own_messages(stage: SlackStage) -> None:
    ana = stage.person("ana")
    with shut() as address:
        stage.slack.world.response_urls.base = address
        await ana.press(stage.newest_post(), "A")
        await stage.door.settled()
    (message,) = stage.slack.messages(stage.workspace.direct(ana))
    assert "1st to answer" in text(message.blocks)


@pytest.mark.parametrize("method", ["users.info", "views.open"])
async def test_a_long_limit_is_not_slept_through(stage: SlackStage, method: str) -> None:
    """Five minutes, as Slack says: a sentence comes at once, and the call is not repeated."""
    if method == "users.info":
        stage.slack.on(method, Fail("ratelimited", retry_after=300))
        told = await asyncio.wait_for(stage.say("boss", "/config time:10:00"), PATIENCE)
        assert "Slack did not say just now" in told.text
    else:
        config = await stage.say("boss", "/config")
        stage.slack.on(method, Fail("ratelimited", retry_after=300))
        told = await asyncio.wait_for(stage.press("boss", "Another daily question", config), PATIENCE)
        assert told.labels, "another press opens the form"
    assert len([one for one in stage.slack.requests.of(method) if one.error == "ratelimited"]) == 1


# --- once -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", ["internal_error", "hang"])
async def test_a_post_whose_fate_is_unknown_is_never_sent_again(stage: SlackStage, hurry: LoopTime, fault: str) -> None:
    before = len(stage.slack.requests.of("chat.postMessage"))
    hanging = Hang()
    stage.slack.on("chat.postMessage", Fail("internal_error") if fault == "internal_error" else hanging)
    posting = asyncio.create_task(stage.tomorrow())
    if fault == "hang":
        await asyncio.wait_for(hanging.reached.wait(), PATIENCE)
        hurry.by(31)
    await asyncio.wait_for(posting, PATIENCE)
    sent = [one for one in stage.slack.requests.of("chat.postMessage")[before:] if "Question 2" in str(one.arguments)]
    assert len([one for one in sent if one.arguments["channel"] == stage.channel("general").id]) == 1
    hanging.release()
    stage.logged.errors.clear()
