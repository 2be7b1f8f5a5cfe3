"""Changes on Discord while the database takes nothing are kept once it works again, without a restart."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.posting.places import KEPT_AFTER_LEAVING
from tests.adapters.discord.test_greeting import greetings, invited
from tests.contract.discord_stage import DiscordStage
from tests.contract.test_outages import Failing
from tests.fakes.discord import Can, Fail


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.adapters.discord.life.AGAIN_AFTER", 0.02)


async def during_an_outage(stage: DiscordStage, happens: Callable[[], object]) -> None:
    """Something happens and cannot be kept; then the database works again."""
    failing = Failing(stage)
    happens()
    await stage.until(lambda: stage.logged.errors, "a line in the log")
    failing.now = False
    assert all("may not be written" in line for line in stage.logged.errors), "said once, by whoever keeps things"
    stage.logged.errors.clear()


async def test_a_server_that_asks_us_back_loses_nothing(stage: DiscordStage) -> None:
    stage.guild.leave()
    await stage.until_tracks(lambda tracks: not any(track.running for track in tracks))
    await during_an_outage(stage, stage.guild.join)
    await stage.until_tracks(lambda tracks: all(track.running for track in tracks))
    stage.clock.advance(KEPT_AFTER_LEAVING + timedelta(days=1))
    await stage.part.loops.reconcile()
    assert await stage.bot.core.storage.read(lambda uow: len(list(uow.tracks.every()))) == 1


async def test_a_removal_is_not_missed(stage: DiscordStage) -> None:
    await during_an_outage(stage, stage.guild.leave)
    await stage.until_tracks(lambda tracks: not any(track.running for track in tracks))


async def test_a_permission_that_is_back_resumes_by_itself(stage: DiscordStage) -> None:
    general = stage.channel("#general")
    general.overwrite(stage.guild.me, deny=Can.SEND_MESSAGES)
    await stage.heard()
    await stage.tomorrow()
    await during_an_outage(stage, general.clear_overwrites)
    await stage.until_tracks(lambda tracks: all(track.running for track in tracks))


async def test_a_deleted_role_is_let_go(stage: DiscordStage) -> None:
    learners = stage.guild.role("learners", mentionable=True)
    await stage.person("boss").slash(stage.channel("#general"), "config", ping=learners)
    await during_an_outage(stage, learners.delete)
    await stage.until_tracks(lambda tracks: all(track.settings.ping_role is None for track in tracks))


async def test_a_role_deleted_while_nobody_listened_is_let_go(stage: DiscordStage) -> None:
    learners = stage.guild.role("learners", mentionable=True)
    await stage.person("boss").slash(stage.channel("#general"), "config", ping=learners)
    await stage.end()
    learners.delete()
    await stage.begin()
    await stage.until_tracks(lambda tracks: all(track.settings.ping_role is None for track in tracks))


async def test_an_invitation_is_answered(stage: DiscordStage) -> None:
    guild, _ = invited(stage, lobby=True)
    guild.joined_at = stage.clock.now().isoformat()
    await during_an_outage(stage, guild.join)
    await stage.discord.until(lambda: greetings(stage, guild))
    await stage.heard()
    assert len(greetings(stage, guild)) == 1


async def test_the_commands_are_registered(stage: DiscordStage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.adapters.discord.registration.FIRST_WAIT", 0.02)
    await stage.end()
    stage.discord.commands.replace(None, stage.discord.commands.of(None)[:1])
    refused = stage.discord.on("PUT", "/applications/*/commands", Fail(400, 50035))
    await stage.begin()
    await stage.discord.until(lambda: refused.hits)

    failing = Failing(stage)
    tried = refused.hits
    await stage.discord.until(lambda: refused.hits > tried)
    refused.stop()
    # Registered, but it cannot be kept: it is done again until it can.
    await stage.discord.until(lambda: len(stage.discord.commands.of(None)) > 1)
    failing.now = False
    stage.logged.errors.clear()
    await stage.discord.until(lambda: any("are registered now" in line for line in stage.said))
