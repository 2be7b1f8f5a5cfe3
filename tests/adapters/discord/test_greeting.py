"""The greeting after an invitation: said once, also where it was cut off, failed, or nobody listened."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.adapters.discord.greeting import Greeting
from tests.adapters.discord.reading import text
from tests.contract.discord_stage import DiscordStage
from tests.fakes.discord import Channel, CutBefore, Fail, Guild, LoseAnswer, Message, RateLimited, Refuse
from tests.fakes.discord.misbehaviour import Fault

WRITING = "/channels/*/messages"


def invited(stage: DiscordStage, *, lobby: bool) -> tuple[Guild, Channel | None]:
    """A server that will invite us, with or without a channel to greet in."""
    guild = stage.discord.guild("Another group", joined=False)
    channel = guild.text_channel("lobby") if lobby else None
    guild.use_system_channel(channel)
    return guild, channel


def greetings(stage: DiscordStage, guild: Guild) -> list[Message]:
    places = [guild.system_channel] if guild.system_channel else [guild.owner.dm] if guild.owner.dm else []
    said = [message for place in places for message in stage.discord.messages(place)]
    return [message for message in said if "Studybot is here" in text(message.components)]


@pytest.mark.parametrize("lobby", [True, False])
@pytest.mark.parametrize("minutes", [1, 30])
@pytest.mark.parametrize("fault", [LoseAnswer(), CutBefore(), Fail(503), RateLimited(600)])
async def test_one_that_failed_is_said_later_and_once(
    stage: DiscordStage, fault: Fault, minutes: int, lobby: bool
) -> None:
    guild, _ = invited(stage, lobby=lobby)
    failed = stage.discord.on("POST", WRITING, fault, times=1)
    guild.join()
    await stage.discord.until(lambda: failed.hits)
    await stage.heard()
    stage.clock.advance(timedelta(minutes=minutes))
    stage.discord.nonces.window -= timedelta(minutes=minutes)
    await stage.restart()
    await stage.discord.until(lambda: greetings(stage, guild))
    await stage.restart()
    await stage.heard()
    assert len(greetings(stage, guild)) == 1


async def test_one_that_failed_is_tried_again_without_a_new_start(
    stage: DiscordStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.adapters.discord.greeting.SECONDS_BETWEEN", 0.01)
    guild, _ = invited(stage, lobby=True)
    failed = stage.discord.on("POST", WRITING, Fail(503), times=3)
    guild.join()
    await stage.discord.until(lambda: greetings(stage, guild))
    assert failed.hits == 3
    await stage.heard()
    assert len(greetings(stage, guild)) == 1


async def test_one_that_was_cut_off_before_it_began_is_made_up_for(
    stage: DiscordStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    guild, _ = invited(stage, lobby=True)

    async def killed(self: Greeting, guild: object) -> None:
        raise RuntimeError("the process ends here")

    with monkeypatch.context() as dying:
        dying.setattr(Greeting, "say", killed)
        guild.join()
        await stage.heard()
    stage.logged.errors.clear()
    guild.joined_at = stage.clock.now().isoformat()
    await stage.restart()
    await stage.discord.until(lambda: greetings(stage, guild))


async def test_after_two_days_it_is_let_go(stage: DiscordStage) -> None:
    guild, _ = invited(stage, lobby=True)
    stage.discord.on("POST", WRITING, CutBefore(), times=1)
    guild.join()
    await stage.heard()
    stage.clock.advance(timedelta(days=2, minutes=1))
    await stage.restart()
    await stage.heard()
    assert greetings(stage, guild) == []


async def test_an_owner_who_takes_no_messages_is_asked_once(stage: DiscordStage) -> None:
    guild, _ = invited(stage, lobby=False)
    guild.owner.accepts_dms = False
    refused = stage.discord.on("POST", WRITING, Refuse(50007))
    guild.join()
    await stage.discord.until(lambda: refused.hits)
    await stage.heard()
    await stage.restart()
    await stage.heard()
    assert refused.hits == 1


async def test_a_server_that_removes_us_and_asks_us_back_is_greeted_again(stage: DiscordStage) -> None:
    guild, _ = invited(stage, lobby=True)
    guild.join()
    await stage.discord.until(lambda: len(greetings(stage, guild)) == 1)
    guild.leave()
    stage.clock.advance(timedelta(minutes=1))
    guild.join()
    await stage.discord.until(lambda: len(greetings(stage, guild)) == 2)
