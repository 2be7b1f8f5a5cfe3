"""Changes to servers, channels and roles reach the unmodified discord.py as Discord tells them."""

from __future__ import annotations

import asyncio
import functools
import operator
from collections.abc import Callable

import discord
import pytest

from tests.fakes.bare_bot import Bot, channel_of, running
from tests.fakes.discord import Can, FakeDiscord
from tests.fakes.discord.permissions import EVERYONE, INVITED_WITH, Overwrite, in_channel, in_server


class Listener(Bot):
    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []

    def dispatch(self, event: str, /, *args: object, **kwargs: object) -> None:
        if event.startswith(("guild_", "thread_", "raw_thread")):
            self.heard.append(event)
        super().dispatch(event, *args, **kwargs)


async def test_servers_come_go_and_fall_silent(fake: FakeDiscord) -> None:
    group = fake.guild("Study group")
    async with running(fake, bot := Listener()):
        bot.heard.clear()
        group.go_down()
        assert await code(bot.fetch_guild(int(group.id))) == 50001
        group.come_back()
        other = fake.guild("Another", joined=False)
        lobby = other.text_channel("lobby")
        other.use_system_channel(lobby)
        assert await code(bot.fetch_channel(int(lobby.id))) == 50001
        other.join()
        await fake.until(lambda: len(bot.guilds) == 2)
        system = bot.guilds[1].system_channel
        assert system is not None
        assert system.name == "lobby"
        other.leave()
        await fake.until(lambda: len(bot.heard) == 4)
        assert bot.heard == ["guild_unavailable", "guild_available", "guild_join", "guild_remove"]
        assert [guild.name for guild in bot.guilds] == ["Study group"]
        assert await code(bot.fetch_guild(int(other.id))) == 10004
        other.join()
        await fake.until(lambda: len(bot.guilds) == 2)
        await bot.guilds[1].leave()
        assert list(fake.guilds) == [group.id]


async def code(call: object) -> int:
    with pytest.raises(discord.HTTPException) as refused:
        await call  # type: ignore[misc]
    return refused.value.code


async def test_channels_threads_and_roles_change(fake: FakeDiscord) -> None:
    group = fake.guild("Study group")
    general = group.text_channel("general")
    group.use_system_channel(general)
    thread = group.thread("week 1", general)
    role = group.role("learners")
    async with running(fake, bot := Listener()):
        [guild] = bot.guilds
        assert guild.system_channel is not None
        assert [one.name for one in guild.threads] == ["week 1"]
        bot.heard.clear()
        general.rename("main")
        thread.archive()
        thread.delete()
        role.grant(Can.MANAGE_GUILD)
        role.delete()
        general.overwrite(group.me, deny=Can.SEND_MESSAGES)
        await fake.until(lambda: bot.heard.count("guild_channel_update") == 2)
        assert not channel_of(bot, general.id).permissions_for(guild.me).send_messages
        general.delete()
        await fake.until(lambda: bot.heard[-1] == "guild_channel_delete")
        assert bot.heard == [
            "guild_channel_update",
            "raw_thread_update",
            "thread_update",
            "raw_thread_delete",
            "guild_role_update",
            "guild_role_delete",
            "guild_channel_update",
            "guild_channel_delete",
        ]
        assert guild.system_channel is None


async def test_the_rest_doors_agree_with_the_gateway(fake: FakeDiscord) -> None:
    group = fake.guild("Study group")
    general = group.text_channel("general")
    role = group.role("learners")
    ana = group.person("ana", roles=(role,))
    async with running(fake) as bot:
        guild = await bot.fetch_guild(int(group.id))
        assert guild.name == "Study group"
        assert {one.name for one in await guild.fetch_roles()} == {"@everyone", "Studybot", "learners"}
        assert (await guild.fetch_role(int(role.id))).name == "learners"
        assert [one.name for one in await guild.fetch_channels()] == ["general"]
        member = await guild.fetch_member(int(ana.id))
        assert (member.name, [one.id for one in member.roles][1:]) == ("ana", [int(role.id)])
        assert await code(guild.fetch_member(1)) == 10007
        found = await bot.fetch_channel(int(general.id))
        assert isinstance(found, discord.TextChannel)
        assert [one.id async for one in bot.fetch_guilds()] == [guild.id]
        group.thread("week 1", general)
        group.thread("week 0", general, archived=True)
        assert [one.name for one in await guild.active_threads()] == ["week 1"]


async def test_permissions_add_up_as_discord_py_adds_them(fake: FakeDiscord) -> None:
    group = fake.guild("Study group")
    general = group.text_channel("general")
    first, second = group.role("first", Can.MANAGE_GUILD), group.role("second")
    group.me.give(first, second)
    steps: list[Callable[[], None]] = [
        lambda: general.overwrite(first, deny=Can.SEND_MESSAGES),
        lambda: general.overwrite(second, allow=Can.SEND_MESSAGES),
        lambda: general.overwrite(group.me, deny=Can.EMBED_LINKS),
        general.clear_overwrites,
        lambda: group.everyone.grant(Can.NOTHING),
        lambda: group.bot_role.grant(Can.ADMINISTRATOR),
    ]
    async with running(fake) as bot:
        for step in steps:
            step()
            group.text_channel("marker")
            wanted = len(group.channels)
            await fake.until(lambda wanted=wanted: len(bot.guilds[0].channels) == wanted)  # type: ignore[misc]
            theirs = channel_of(bot, general.id).permissions_for(bot.guilds[0].me).value
            ours = int(group.me.permissions_in(general))
            # discord.py leaves voice permissions out of text channels; the bits that matter here are compared.
            known = functools.reduce(operator.or_, Can) & ~Can.CONNECT
            assert (theirs & known) == (ours & known), f"{theirs ^ ours:b}"


def test_permissions_by_themselves() -> None:
    nobody: frozenset[str] = frozenset()

    def here(*overwrites: Overwrite) -> Can:
        return in_channel(EVERYONE | INVITED_WITH, overwrites, guild="g", roles=nobody, user="u")

    assert Can.SEND_MESSAGES in here()
    assert here(Overwrite("g", for_role=True, deny=Can.VIEW_CHANNEL)) == Can.NOTHING
    mute = here(Overwrite("u", for_role=False, deny=Can.SEND_MESSAGES))
    assert not mute & (Can.SEND_MESSAGES | Can.EMBED_LINKS | Can.MENTION_EVERYONE)
    assert Can.MANAGE_GUILD in in_server(Can.NOTHING, [], owner=True)


async def test_a_bot_leaves_nothing_running(fake: FakeDiscord) -> None:
    fake.guild("Study group")
    before = len(asyncio.all_tasks())
    async with running(fake):
        pass
    await fake.until(lambda: not fake.gateway.connections)
    await fake.until(lambda: len(asyncio.all_tasks()) <= before)
