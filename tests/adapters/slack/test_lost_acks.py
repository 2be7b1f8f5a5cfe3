"""Answers that ride in an acknowledgement: where it does not reach Slack they come another way, once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, get_args
from unittest.mock import ANY

import pytest

from bot.adapters.slack.socket_mode import SocketLine
from bot.commands.dispatch import Answered, Dispatch
from bot.ports.call import Call
from tests.adapters.slack.reading import text
from tests.adapters.slack.test_forms import opened
from tests.adapters.slack.test_life import socket
from tests.contract.slack_stage import SlackStage, slack_stage
from tests.contract.test_contract import letter
from tests.contract.unhurried import SLACK, as_shipped
from tests.fakes.loop_time import LoopTime, turns
from tests.fakes.patience import MOMENT, PATIENCE
from tests.fakes.slack import Seen, payloads
from tests.fakes.slack.line import Acked
from tests.fakes.slack.lines import Twice
from tests.fakes.slack.socket_mode import DisconnectReason
from tests.fakes.slack.world import APP_ID


class Held:
    """The core takes its time with one kind of thing until it is let go."""

    def __init__(self, patch: pytest.MonkeyPatch, what: str) -> None:
        self.begun, self._going = asyncio.Event(), asyncio.Event()
        self.times = 0
        held, real = self, getattr(Dispatch, what)

        async def slow(self: Dispatch, call: Call, *given: Any) -> Answered:
            held.times += 1
            held.begun.set()
            await held._going.wait()
            return await real(self, call, *given)  # type: ignore[no-any-return]

        patch.setattr(Dispatch, what, slow)

    def let_go(self) -> None:
        self._going.set()


def answers(stage: SlackStage) -> int:
    """Count the answers that came to the addresses of interactions."""
    return len(stage.slack.requests.of("response_url"))


Cut = Callable[[asyncio.Task[Seen]], Awaitable[None]]
"""Ends the line, or the request, on which something is on its way."""


@pytest.fixture(params=["torn", "closed", "announced", "request"])
async def cut(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[tuple[SlackStage, Cut]]:
    """The bot, and a way in which what its acknowledgement comes by ends."""
    kind = request.param
    async with slack_stage(tmp_path, over_http=kind == "request") as stage:

        async def end(doing: asyncio.Task[Seen]) -> None:
            if kind == "request":
                doing.cancel()
                # Another request is answered after the end of this one was seen.
                await stage.workspace.archive(stage.channel("elsewhere"))
                return
            line, sockets = socket(stage).client, stage.slack.sockets
            assert line is not None
            match kind:
                case "torn":
                    sockets.abort()
                case "closed":
                    await sockets.drop()
                case _:
                    await sockets.disconnect(at_once=True)
            while await line.is_connected():
                await turns(1)

        yield stage, end


@asynccontextmanager
async def lost(stage: SlackStage, hurry: LoopTime, held: Held, end: Cut, doing: Awaitable[Seen]) -> AsyncIterator[None]:
    """Something is done, and what would acknowledge it ends while it is answered. No time goes by."""
    hurry.stop()
    task = asyncio.ensure_future(doing)
    await held.begun.wait()
    await end(task)
    held.let_go()
    yield
    await stage.door.settled()
    hurry.go_on()
    hurry.by(PATIENCE + 1)
    await asyncio.gather(task, return_exceptions=True)
    await turns()
    await stage.door.settled()


async def test_the_answer_to_a_command_comes_to_its_address_once(
    cut: tuple[SlackStage, Cut], hurry: LoopTime, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage, end = cut
    ana, before = stage.person("ana"), answers(stage)
    held = Held(monkeypatch, "words")
    typing = ana.slash(stage.channel("general"), "/study", "quiz")
    async with lost(stage, hurry, held, end, typing):
        await hurry.until(lambda: answers(stage) > before, "it never came")
    assert ["Practice" in text(one.blocks) for one in ana.whispers] == [True]
    assert answers(stage) == before + 1


async def test_the_answer_to_a_form_comes_into_the_modal_once(
    cut: tuple[SlackStage, Cut], hurry: LoopTime, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage, end = cut
    form = await opened(stage, "Another daily question")
    boss = stage.person("boss")
    await boss.select(form, "place", stage.channel("tea"))
    updates = len(stage.slack.requests.of("views.update"))
    held = Held(monkeypatch, "submit")
    async with lost(stage, hurry, held, end, boss.submit(form)):
        await hurry.until(lambda: len(stage.slack.requests.of("views.update")) > updates, "it never came")
    modal = boss.modal()
    assert modal is not None
    assert "Saved" in text(modal.blocks)
    assert len(stage.slack.requests.of("views.update")) == updates + 1


async def test_what_is_wrong_with_a_form_comes_into_the_modal_with_what_was_put_in(
    cut: tuple[SlackStage, Cut], hurry: LoopTime, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage, end = cut
    form = await opened(stage, "Change", "Pause until")
    boss = stage.person("boss")
    await boss.select(form, "until", "2020-12-24")
    updates = len(stage.slack.requests.of("views.update"))
    held = Held(monkeypatch, "submit")
    async with lost(stage, hurry, held, end, boss.submit(form)):
        await hurry.until(lambda: len(stage.slack.requests.of("views.update")) > updates, "it never came")
    modal = boss.modal()
    assert modal is not None
    assert "is in the past" in text(modal.blocks)
    assert modal.values["until"]["until"]["selected_date"] == "2020-12-24"


# --- a half-open line: what is written to it is taken, and never arrives ----------------------------------------------


async def half_open(stage: SlackStage, hurry: LoopTime, held: Held, doing: Awaitable[Seen]) -> None:
    """Something is done, its acknowledgement goes into a line that leads nowhere, and the line is given up."""
    sockets = stage.slack.sockets
    frozen, opened_before = list(sockets.open), sockets.opened
    line = socket(stage).client
    assert isinstance(line, SocketLine)
    stage.slack.patience = MOMENT
    task = asyncio.ensure_future(doing)
    await held.begun.wait()
    sockets.freeze()
    held.let_go()
    await stage.until(lambda: line.unsure, "the acknowledgement")
    assert (await task).error is not None, "Slack says that it did not work"
    hurry.stop()
    for _ in range(4):
        hurry.by(5.1)  # it is asked after ten seconds or eleven, and has five to answer
        await turns()
    hurry.go_on()
    await stage.slack.until(lambda: sockets.opened > opened_before)
    sockets.open[:] = [one for one in sockets.open if one not in frozen]
    stage.slack.patience = PATIENCE
    await stage.door.settled()


@pytest.fixture
async def freezing(stage: SlackStage, monkeypatch: pytest.MonkeyPatch) -> SlackStage:
    """The bot on a line that is asked for a sign of life as often as it is in use."""
    as_shipped(monkeypatch, *SLACK)
    opened_before = stage.slack.sockets.opened
    stage.slack.sockets.abort()
    await stage.slack.sockets.reconnected(opened_before)
    return stage


async def test_the_answer_to_a_command_that_went_into_a_half_open_line_comes_to_its_address_once(
    freezing: SlackStage, hurry: LoopTime, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, before = freezing.person("ana"), answers(freezing)
    held = Held(monkeypatch, "words")
    await half_open(freezing, hurry, held, ana.slash(freezing.channel("general"), "/study", "quiz"))
    assert ["Practice" in text(one.blocks) for one in ana.whispers] == [True]
    resent = freezing.slack.sockets.sent[-1]["payload"]
    assert await ana.send("slash_commands", resent) == Acked(None, ms=ANY), "Slack may send it down another line"
    await freezing.door.settled()
    assert (held.times, answers(freezing)) == (1, before + 1)
    seen = await ana.slash(freezing.channel("general"), "/study", "quiz")
    assert len(seen.messages) == 1
    await freezing.door.settled()
    assert answers(freezing) == before + 1


async def test_the_answer_to_a_form_that_went_into_a_half_open_line_comes_into_the_modal(
    freezing: SlackStage, hurry: LoopTime, monkeypatch: pytest.MonkeyPatch
) -> None:
    form, boss = await opened(freezing, "Another daily question"), freezing.person("boss")
    await boss.select(form, "place", freezing.channel("tea"))
    held, updates = Held(monkeypatch, "submit"), len(freezing.slack.requests.of("views.update"))
    await half_open(freezing, hurry, held, boss.submit(form))
    modal = boss.modal()
    assert modal is not None
    assert "Saved" in text(modal.blocks)
    assert (held.times, len(freezing.slack.requests.of("views.update"))) == (1, updates + 1)


async def echoed(stage: SlackStage, line: SocketLine) -> None:
    await stage.until(lambda: not line.unsure, "the echo of every acknowledgement")


async def test_an_acknowledgement_that_arrived_is_not_answered_again_when_its_line_ends(stage: SlackStage) -> None:
    ana, before, sockets = stage.person("ana"), answers(stage), stage.slack.sockets
    for end in (sockets.abort, sockets.freeze, None):
        seen = await ana.slash(stage.channel("general"), "/study", "quiz")
        assert len(seen.messages) == 1
        line, opened_before = socket(stage).client, sockets.opened
        assert isinstance(line, SocketLine)
        await echoed(stage, line)
        if end is None:
            await sockets.disconnect(at_once=True)
        else:
            end()
            sockets.open.clear()
            await line.disconnect()
        await sockets.reconnected(opened_before)
    await stage.door.settled()
    assert answers(stage) == before


async def test_who_asked_just_before_the_end_is_answered(
    stage: SlackStage, hurry: LoopTime, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, ana, before = Held(monkeypatch, "words"), stage.person("ana"), answers(stage)
    hurry.stop()
    typing = asyncio.create_task(ana.slash(stage.channel("general"), "/study", "quiz"))
    await held.begun.wait()
    ending = asyncio.create_task(stage.end())
    await hurry.until(lambda: not stage.slack.sockets.open, "it never came")
    held.let_go()
    await hurry.until(lambda: answers(stage) > before, "it never came")
    hurry.go_on()
    hurry.by(PATIENCE + 1)
    await asyncio.gather(typing, ending)
    assert ["Practice" in text(one.blocks) for one in ana.whispers] == [True]


# --- delivered twice ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("twice", get_args(Twice))
async def test_a_form_delivered_twice_has_one_answer(stage: SlackStage, twice: Twice) -> None:
    form, boss = await opened(stage, "Change", "Pause until"), stage.person("boss")
    await boss.select(form, "until", "2020-12-24")
    stage.slack.lines.twice = twice
    wrong = await boss.submit(form)
    assert "is in the past" in wrong.errors["until"], "the second acknowledgement says it too"
    assert boss.modal() is form
    stage.passes()
    right = await boss.submit(form, {"until": "2026-12-24"})
    assert right.errors == {}
    assert "Paused. The next question comes on Thursday 24 December 2026." in text(right.top.blocks)


@pytest.mark.parametrize("twice", get_args(Twice))
async def test_a_form_delivered_twice_is_taken_once(
    stage: SlackStage, monkeypatch: pytest.MonkeyPatch, twice: Twice
) -> None:
    form, boss = await opened(stage, "Another daily question"), stage.person("boss")
    await boss.select(form, "place", stage.channel("tea"))
    held = Held(monkeypatch, "submit")
    held.let_go()
    stage.slack.lines.twice = twice
    assert "Saved" in text((await boss.submit(form)).top.blocks)
    assert held.times == 1
    stage.slack.lines.twice = None
    assert (await stage.say("boss", "/config")).text.count("running") == 2


async def test_a_form_delivered_twice_that_takes_long_is_shown_once(
    stage: SlackStage, hurry: LoopTime, monkeypatch: pytest.MonkeyPatch
) -> None:
    form, boss = await opened(stage, "Another daily question"), stage.person("boss")
    await boss.select(form, "place", stage.channel("tea"))
    held, updates = Held(monkeypatch, "submit"), len(stage.slack.requests.of("views.update"))
    as_shipped(monkeypatch, *SLACK)
    stage.slack.patience = 60.0
    stage.slack.lines.twice = "together"
    hurry.stop()
    sending = asyncio.create_task(boss.submit(form))
    await held.begun.wait()
    await turns()
    hurry.by(1.6)
    assert "One moment." in text((await sending).top.blocks)
    hurry.go_on()
    held.let_go()
    await stage.door.settled()
    assert len(stage.slack.requests.of("views.update")) == updates + 1
    modal = boss.modal()
    assert modal is not None
    assert "Saved" in text(modal.blocks)


async def test_a_command_delivered_twice_is_answered_once(stage: SlackStage, monkeypatch: pytest.MonkeyPatch) -> None:
    ana, general, before = stage.person("ana"), stage.channel("general"), answers(stage)
    held = Held(monkeypatch, "words")
    held.let_go()
    payload = payloads.slash_command(
        APP_ID,
        stage.workspace.team,
        general,
        ana.user,
        "/study",
        "quiz",
        trigger_id="1.2.3",
        response_url=f"{stage.slack.url}/response/T1/none",
    )
    told = [await ana.send("slash_commands", payload) for _ in range(3)]
    await stage.door.settled()
    assert [isinstance(one, Acked) and bool(one.payload) for one in told] == [True, False, False]
    assert (held.times, answers(stage)) == (1, before)


# --- the announced end of a line --------------------------------------------------------------------------------------


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
@pytest.mark.parametrize("again", [False, True], ids=["once", "again on the new line"])
async def test_a_press_on_its_way_at_an_announced_end_is_answered_once(
    stage: SlackStage, monkeypatch: pytest.MonkeyPatch, reason: DisconnectReason, again: bool
) -> None:
    sockets, ana, post = stage.slack.sockets, stage.person("ana"), stage.newest_post()
    held, before, opened_before = Held(monkeypatch, "press"), answers(stage), sockets.opened
    (old,) = sockets.open
    pressing = asyncio.create_task(ana.press(post, letter(await stage.post())))
    await held.begun.wait()
    await sockets.disconnect(reason)
    await sockets.reconnected(opened_before)
    if again:
        (sent,) = [one for one in sockets.sent if one["payload"].get("type") == "block_actions"][-1:]
        sockets.open[:] = [one for one in sockets.open if one is not old]
        assert isinstance(await ana.send("interactive", sent["payload"]), Acked)
    held.let_go()
    seen = await pressing
    await stage.door.settled()
    assert (held.times, answers(stage)) == (1, before + 1)
    assert ["1st to answer" in text(one.blocks) for one in seen.messages] == [True]


async def test_a_command_on_its_way_at_an_announced_end_is_answered_down_the_old_line(
    stage: SlackStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    sockets, ana, before = stage.slack.sockets, stage.person("ana"), answers(stage)
    held, opened_before = Held(monkeypatch, "words"), sockets.opened
    typing = asyncio.create_task(ana.slash(stage.channel("general"), "/study", "quiz"))
    await held.begun.wait()
    await sockets.disconnect()
    await sockets.reconnected(opened_before)
    held.let_go()
    seen = await typing
    await stage.door.settled()
    assert ["Practice" in text(one.blocks) for one in seen.messages] == [True]
    assert (sockets.acks[-1].connection, answers(stage)) == (opened_before, before)


async def test_a_press_sent_after_the_announcement_is_answered_once(stage: SlackStage) -> None:
    """Of a warning Slack says that it still sends down the line for a while."""
    sockets, ana, before = stage.slack.sockets, stage.person("ana"), answers(stage)
    opened_before = sockets.opened
    await sockets.disconnect("warning")
    seen = await ana.press(stage.newest_post(), letter(await stage.post()))
    await sockets.reconnected(opened_before)
    await stage.door.settled()
    assert ["1st to answer" in text(one.blocks) for one in seen.messages] == [True]
    assert answers(stage) == before + 1
