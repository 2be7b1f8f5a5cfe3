"""Registering the commands holds nothing else up, is tried again, and says why it failed."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.app.discord import checks
from bot.config import Settings
from bot.ports.face import Check
from tests.adapters.discord.reading import text
from tests.adapters.discord.test_life import starting
from tests.contract.discord_stage import DiscordStage
from tests.contract.test_contract import letter
from tests.fakes.discord import Fail, FakeDiscord, Hang, RateLimited, Refuse
from tests.fakes.discord.misbehaviour import Fault
from tests.fakes.patience import PATIENCE

COMMANDS = "/applications/*/commands"
IN_ONE_SERVER = "/applications/*/guilds/*/commands"


@pytest.mark.parametrize("fault", [Hang(), Fail(503), Refuse(30034), RateLimited(600)])
@pytest.mark.parametrize("method", ["GET", "PUT"])
async def test_posting_and_answering_begin_while_discord_takes_no_commands(
    stage: DiscordStage, fault: Fault, method: str
) -> None:
    await stage.end()
    stage.discord.commands.replace(None, stage.discord.commands.of(None)[:1])  # so that they are registered again
    stage.discord.on(method, COMMANDS, fault)
    await stage.begin()
    assert "Question 2" in await stage.tomorrow()
    assert "1 in a row" in (await stage.answer("ana", letter(await stage.post()))).text


@pytest.mark.parametrize(
    ("fault", "because"),
    [
        (Fail(503), "Discord answered with status 503."),
        (Refuse(30034), "Discord allows 200 new commands a day, and today's are used up (error 30034)."),
        (Refuse(30032), "The app has more commands than Discord allows (error 30032)."),
        (Fail(400, 50035, "Invalid Form Body"), "Discord finds them malformed (error 50035)."),
        (Refuse(50001), "Discord does not allow it (error 50001). Invite the bot again"),
        (RateLimited(0.01, via=False), "Discord limits how often commands may be registered."),
    ],
)
async def test_it_is_tried_again_and_the_cause_is_said_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Fault, because: str
) -> None:
    monkeypatch.setattr("bot.adapters.discord.registration.FIRST_WAIT", 0.01)
    async with FakeDiscord() as discord:
        ana = discord.guild("Study group").person("ana")
        channel = ana.guild.text_channel("general")
        refused = discord.on("PUT", COMMANDS, fault, times=2)
        async with starting(discord, tmp_path) as (_, said):
            await discord.until(lambda: "Discord: the commands are registered now." in said)
            assert refused.hits == 2
            told = [line for line in said if "registering the commands failed" in line]
            assert [because in line for line in told] == [True]
            assert "Practice" in text((await ana.slash(channel, "quiz")).message.components)


async def commands_checked(settings: Settings) -> Check:
    return next(one for one in [one async for one in checks(settings)] if one.what == "Discord commands")


async def test_the_doctor_says_why_they_are_not_registered(tmp_path: Path) -> None:
    async with FakeDiscord() as discord:
        discord.guild("Study group")
        settings = Settings(
            database_url=f"sqlite:///{tmp_path}/starting.db",
            discord_token=discord.token,
            discord_api_url=discord.api_url,
        )
        refused = discord.on("PUT", COMMANDS, Refuse(30034))
        async with starting(discord, tmp_path) as (at_work, said):
            await discord.until(lambda: any("registering the commands failed" in line for line in said))
            await at_work.core.storage.write(lambda uow: None)  # behind what is being written down
            told = await commands_checked(settings)
            assert not told.good
            assert "Discord allows 200 new commands a day" in told.told
        refused.stop()
        async with starting(discord, tmp_path) as (at_work, _):
            await discord.until(lambda: discord.commands.available(None))
            await asyncio.wait_for(at_work.faces[0].loops.begun.wait(), PATIENCE)
            await at_work.core.storage.write(lambda uow: None)
            assert (await commands_checked(settings)).good


async def test_a_server_to_develop_in_that_is_not_ours_is_named_and_nothing_waits_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.adapters.discord.registration.FIRST_WAIT", 0.01)
    async with FakeDiscord() as discord:
        discord.guild("Study group")
        elsewhere = discord.guild("Workshop", joined=False)
        async with starting(discord, tmp_path, dev_guild=int(elsewhere.id)) as (at_work, said):
            await asyncio.wait_for(at_work.faces[0].loops.begun.wait(), PATIENCE)
            named = f"DISCORD_DEV_GUILD names the server {elsewhere.id}, which this bot is not in."
            await discord.until(lambda: any(named in line for line in said))
            elsewhere.join()
            await discord.until(lambda: "Discord: the commands are registered now." in said)
            assert discord.commands.of(elsewhere.id)
