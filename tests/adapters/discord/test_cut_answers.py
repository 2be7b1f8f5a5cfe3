"""First answers whose line is cut on the way: sent once more, and never twice."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace

import pytest

from bot.replies.card import Points
from bot.replies.markup import markup
from bot.replies.roles import RoleProfile
from tests.adapters.discord.reading import text
from tests.contract.discord_stage import DiscordStage
from tests.contract.unhurried import DISCORD, as_shipped
from tests.fakes.discord import CutBefore, LoseAnswer, Message, Seen
from tests.fakes.discord.misbehaviour import Fault
from tests.fakes.loop_time import loop_time

CALLBACK = "/interactions/*/*/callback"
CUT = pytest.mark.parametrize("fault", [CutBefore(), LoseAnswer()])


async def act(stage: DiscordStage, command: str, **options: str) -> Seen:
    stage.passes()
    seen = await stage.person("ana").slash(stage.channel("#general"), command, force=True, **options)
    await stage.quiet()
    return seen


@pytest.fixture
def long_role(monkeypatch: pytest.MonkeyPatch) -> None:
    """A role's card takes several messages."""
    card, rows = RoleProfile.as_card, tuple((f"Row {n}", markup(f"{n} " * 150)) for n in range(20))
    monkeypatch.setattr(
        RoleProfile, "as_card", lambda self: replace(card(self), blocks=(*card(self).blocks, Points(rows)))
    )


@CUT
@pytest.mark.usefixtures("long_role")
async def test_an_answer_is_there_once(stage: DiscordStage, fault: Fault) -> None:
    cut = stage.discord.on("POST", CALLBACK, fault, times=1)
    seen = await act(stage, "role", name="genai-engineer")
    assert cut.hits == 1
    assert not seen.did_not_respond
    whole = await act(stage, "role", name="genai-engineer")
    assert [text(message.components) for message in seen.messages] == [text(one.components) for one in whole.messages]
    assert len(seen.messages) > 1, "it is one of several messages"
    assert all(message.ephemeral for message in seen.messages)


@CUT
async def test_a_file_arrives_whole(stage: DiscordStage, fault: Fault) -> None:
    await stage.answer("ana", "A")
    stage.discord.on("POST", CALLBACK, fault, times=1)
    seen = await act(stage, "privacy", action="export")
    (file,) = seen.message.attachments
    assert file["size"] > 100


@CUT
async def test_a_panel_that_changes_in_place_is_changed(stage: DiscordStage, fault: Fault) -> None:
    config = await stage.say("boss", "/config")
    message: Message = config.handle.messages[-1]
    stage.discord.on("POST", CALLBACK, fault, times=1)
    seen = await stage.person("boss").press(message, "Change")
    await stage.quiet()
    assert seen.updated
    assert "Time and place" in seen.message.buttons


@CUT
async def test_a_form_opens(stage: DiscordStage, fault: Fault) -> None:
    config = await stage.say("boss", "/config")
    stage.discord.on("POST", CALLBACK, fault, times=1)
    seen = await stage.person("boss").press(config.handle.messages[-1], "Another daily question")
    await stage.quiet()
    assert seen.modal["title"] == "Daily question"


@CUT
async def test_thinking_is_filled_in(stage: DiscordStage, fault: Fault, monkeypatch: pytest.MonkeyPatch) -> None:
    as_shipped(monkeypatch, *DISCORD)
    held = asyncio.Event()
    write = stage.bot.core.storage.write

    asked: list[object] = []

    async def slow(self: object, work: object) -> object:
        asked.append(work)
        await held.wait()
        return await write(work)  # type: ignore[arg-type]

    monkeypatch.setattr(type(stage.bot.core.storage), "write", slow)
    cut = stage.discord.on("POST", CALLBACK, fault, times=1)
    with loop_time() as time:
        pressing = asyncio.create_task(stage.person("ana").press(stage.newest_post(), "A"))
        await time.until(lambda: asked, "the press")
        await time.passes(2)
        await time.until(lambda: cut.hits, "it was never put off")
        await time.settled()
    held.set()
    seen = await pressing
    await stage.quiet()
    assert not seen.thinking
    assert "1 in a row" in text(seen.message.components)
    assert len(seen.messages) == 1


@CUT
async def test_what_took_longer_is_filled_in(
    stage: DiscordStage, fault: Fault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.adapters.discord.door.PUT_OFF_AFTER", 0.0)
    read = stage.bot.core.storage.read

    async def slow(self: object, work: object) -> object:
        while not seen_thinking():  # noqa: ASYNC110 - the fake tells nobody
            await asyncio.sleep(0.01)
        return await read(work)  # type: ignore[arg-type]

    def seen_thinking() -> bool:
        return bool(stage.discord.requests_to("POST", CALLBACK))

    cut = stage.discord.on("PATCH", "/webhooks/**", fault, times=1)
    monkeypatch.setattr(type(stage.bot.core.storage), "read", slow)
    seen = await act(stage, "progress")
    assert cut.hits == 1
    assert not seen.thinking
    assert len(seen.messages) == 1


@CUT
@pytest.mark.usefixtures("long_role")
async def test_the_last_page_comes_with_the_buttons(stage: DiscordStage, fault: Fault) -> None:
    cut = stage.discord.on("POST", "/webhooks/*/*", fault, times=1)
    seen = await act(stage, "role", name="genai-engineer")
    assert cut.hits == 1
    assert "Share here" in seen.messages[-1].buttons


async def test_it_is_tried_twice_and_no_more(stage: DiscordStage, caplog: pytest.LogCaptureFixture) -> None:
    cut = stage.discord.on("POST", CALLBACK, CutBefore())
    with stage.discord.nobody_waits():
        seen = await stage.person("ana").press(stage.newest_post(), "A")
    assert seen.did_not_respond
    await stage.until(lambda: cut.hits == 2, "the second try")
    await stage.quiet()
    assert cut.hits == 2
    assert any("an answer did not reach Discord" in one.getMessage() for one in caplog.records)
    assert not any(one.levelno > logging.WARNING for one in caplog.records)
    cut.stop()
    assert "That stands" in (await stage.answer("ana", "A")).text
