"""Discord and Slack in one process: each goes on whatever becomes of the other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.app.core import FixedDice
from bot.app.run import Bot, bot
from bot.config import Settings
from tests.adapters.discord import reading as on_discord
from tests.adapters.slack import reading as on_slack
from tests.dialogues.telling import MONDAY
from tests.fakes.clock import FakeClock
from tests.fakes.discord import FakeDiscord
from tests.fakes.patience import PATIENCE
from tests.fakes.slack import FakeSlack


@asynccontextmanager
async def both(
    discord: FakeDiscord, slack: FakeSlack, folder: Path, **other: object
) -> AsyncIterator[tuple[Bot, list[str]]]:
    said: list[str] = []
    settings = Settings.model_validate(
        {
            "database_url": f"sqlite:///{folder}/both.db",
            "discord_token": discord.token,
            "discord_api_url": discord.api_url,
            "slack_bot_token": slack.bot_token,
            "slack_app_token": slack.app_token,
            "slack_api_url": slack.api_url,
            **other,
        }
    )
    async with bot(settings, said.append, FakeClock(MONDAY), FixedDice(1)) as at_work:
        yield at_work, said


async def begun(at_work: Bot, name: str) -> None:
    part = next(part for part in at_work.faces if part.face.name == name)
    async with asyncio.timeout(PATIENCE):
        await part.loops.begun.wait()


async def practise_on_slack(slack: FakeSlack) -> str:
    workspace = slack.home_workspace
    seen = await workspace.user("ana").slash(workspace.channel("general"), "/study", "quiz")
    return on_slack.text((await seen.message()).blocks)


@pytest.fixture
async def platforms() -> AsyncIterator[tuple[FakeDiscord, FakeSlack]]:
    async with FakeDiscord() as discord, FakeSlack() as slack:
        slack.workspace()
        yield discord, slack


async def test_both_answer(platforms: tuple[FakeDiscord, FakeSlack], tmp_path: Path) -> None:
    discord, slack = platforms
    guild = discord.guild("Study group")
    channel = guild.text_channel("general")
    async with both(discord, slack, tmp_path) as (at_work, said):
        await begun(at_work, "Discord")
        await begun(at_work, "Slack")
        seen = await guild.person("ana").slash(channel, "quiz")
        assert "Practice" in on_discord.text(seen.messages[-1].components)
        assert "Practice" in await practise_on_slack(slack)
        assert [part.face.name for part in at_work.faces] == ["Discord", "Slack"]
        assert any("Slack: connected to" in line for line in said)


async def test_slack_goes_on_without_discord(platforms: tuple[FakeDiscord, FakeSlack], tmp_path: Path) -> None:
    discord, slack = platforms
    async with both(discord, slack, tmp_path, discord_token="wrong.token.here") as (at_work, said):
        await asyncio.wait_for(at_work.running[0], PATIENCE)
        await begun(at_work, "Slack")
        assert "Practice" in await practise_on_slack(slack)
        assert any(line.startswith("Discord has stopped.") for line in said)


async def test_discord_goes_on_without_slack(platforms: tuple[FakeDiscord, FakeSlack], tmp_path: Path) -> None:
    discord, slack = platforms
    guild = discord.guild("Study group")
    channel = guild.text_channel("general")
    async with both(discord, slack, tmp_path, slack_app_token="xapp-wrong") as (at_work, said):
        await asyncio.wait_for(at_work.running[1], PATIENCE)
        await begun(at_work, "Discord")
        seen = await guild.person("ana").slash(channel, "quiz")
        assert "Practice" in on_discord.text(seen.messages[-1].components)
        assert any(line.startswith("Slack has stopped.") for line in said)
