"""Sessions and shards: the unmodified discord.py comes back after everything that a gateway does to it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import aiohttp
import discord
import pytest

from tests.fakes.bare_bot import Act, Bot, ShardedBot, channel_of, running, words
from tests.fakes.discord import FakeDiscord, Guild, Person
from tests.fakes.discord.client_base import keep_alive_time
from tests.fakes.patience import PATIENCE


def with_ping(bot: Bot) -> Bot:
    @bot.tree.command(description="Ping")
    async def ping(act: Act) -> None:
        await act.response.send_message("pong", ephemeral=True)

    return bot


def place(fake: FakeDiscord) -> tuple[Guild, Person]:
    group = fake.guild("Study group")
    group.text_channel("general")
    return group, group.person("ana")


def _close(fake: FakeDiscord, code: int) -> None:
    fake.gateway.close(code)


async def answers(group: Guild, person: Person) -> bool:
    [channel] = group.channels.values()
    return (await person.slash(channel, "ping")).text == "pong"


RESUMING: list[Callable[[FakeDiscord], None]] = [
    *(partial(_close, code=code) for code in (1000, 4000, 4001, 4002, 4003, 4005, 4007, 4008, 4009)),
    lambda fake: fake.gateway.abort(),
    lambda fake: fake.gateway.ask_to_reconnect(),
    lambda fake: fake.gateway.invalidate(resumable=True),
]


@pytest.mark.parametrize("kind", [Bot, ShardedBot])
@pytest.mark.parametrize("break_it", RESUMING)
async def test_what_happens_while_the_line_is_down_is_replayed(
    fake: FakeDiscord, break_it: Callable[[FakeDiscord], None], kind: type[Bot]
) -> None:
    group, ana = place(fake)
    async with running(fake, with_ping(kind())) as bot:
        assert await answers(group, ana)
        break_it(fake)
        assert await answers(group, ana)
        group.text_channel("new")
        await fake.until(lambda: len(bot.guilds[0].text_channels) == 2)
        assert len(bot.acts) == 2
        assert (fake.gateway.identifies, fake.gateway.resumes) == (1, 1)


@pytest.mark.parametrize("kind", [Bot, ShardedBot])
async def test_a_lost_session_is_made_anew(fake: FakeDiscord, kind: type[Bot]) -> None:
    group, ana = place(fake)
    async with running(fake, with_ping(kind())):
        fake.gateway.invalidate()
        await fake.until(lambda: fake.gateway.identifies == 2)
        await fake.gateway.connected()
        assert await answers(group, ana)


async def test_a_resume_that_is_refused_becomes_a_new_session(fake: FakeDiscord) -> None:
    group, ana = place(fake)
    async with running(fake, with_ping(Bot())):
        fake.gateway.refuse_resumes()
        fake.gateway.abort()
        await fake.until(lambda: fake.gateway.identifies == 2)
        assert fake.gateway.resumes == 1
        assert await answers(group, ana)


async def test_a_half_open_line_is_noticed_and_resumed() -> None:
    async with FakeDiscord(heartbeat_interval_ms=30) as fake:
        group, ana = place(fake)
        with keep_alive_time() as time:
            async with running(fake, with_ping(Bot())):
                await fake.until(lambda: fake.gateway.heartbeats > 3)
                fake.gateway.go_silent()
                await time.passes(61)
                assert await answers(group, ana)
                assert fake.gateway.resumes == 1


async def test_a_line_cut_again_and_again_is_taken_up_each_time(fake: FakeDiscord) -> None:
    group, ana = place(fake)
    async with running(fake, with_ping(Bot())):
        for times in (1, 2):
            fake.gateway.abort()
            await fake.until(lambda times=times: fake.gateway.resumes == times)  # type: ignore[misc]
            assert await answers(group, ana)


async def test_a_first_connection_that_is_refused_ends_discord_py(fake: FakeDiscord) -> None:
    fake.gateway.refuse_connections()
    with pytest.raises(AttributeError, match="sequence"):
        async with running(fake):
            pass


FATAL = [
    (4004, discord.ConnectionClosed),
    (4013, discord.ConnectionClosed),
    (4014, discord.PrivilegedIntentsRequired),
    (4011, discord.ConnectionClosed),
]


@pytest.mark.parametrize(("code", "error"), FATAL)
async def test_close_codes_that_are_final(fake: FakeDiscord, code: int, error: type[Exception]) -> None:
    fake.gateway.refuse_identify(code)
    with pytest.raises(error):
        async with running(fake):
            pass
    assert fake.gateway.identifies == 1


async def test_intents_that_were_not_granted_are_refused(fake: FakeDiscord) -> None:
    with pytest.raises(discord.PrivilegedIntentsRequired):
        async with running(fake, Bot(intents=discord.Intents(guilds=True, members=True))):
            pass


async def test_a_wrong_token_is_refused_before_the_gateway(fake: FakeDiscord) -> None:
    with pytest.raises(discord.LoginFailure):
        async with running(fake, token="wrong"):
            pass
    assert fake.gateway.log == []


async def test_events_come_twice_and_out_of_order(fake: FakeDiscord) -> None:
    group, ana = place(fake)
    [general] = group.channels.values()
    async with running(fake, with_ping(Bot())) as bot:
        fake.gateway.send_twice("INTERACTION_CREATE")
        assert await answers(group, ana)
        await fake.until(lambda: len(bot.acts) == 2)
        assert bot.acts[0].id == bot.acts[1].id
        fake.gateway.swap()
        first = asyncio.create_task(ana.slash(general, "ping"))
        await asyncio.sleep(0)
        second = asyncio.create_task(ana.slash(general, "ping"))
        await asyncio.gather(first, second)
        assert bot.acts[2].id > bot.acts[3].id


async def test_an_event_may_never_come(fake: FakeDiscord) -> None:
    group, ana = place(fake)
    [general] = group.channels.values()
    async with running(fake, with_ping(Bot())) as bot:
        fake.gateway.lose("INTERACTION_CREATE")
        with fake.nobody_waits():
            assert (await ana.slash(general, "ping")).did_not_respond
        assert await answers(group, ana)
        assert len(bot.acts) == 1


async def test_members_are_asked_for(fake: FakeDiscord) -> None:
    _, ana = place(fake)
    async with running(fake) as bot:
        assert [one.id for one in await bot.guilds[0].query_members("an")] == [int(ana.id)]


async def test_messages_are_heard_with_the_intent_only(fake: FakeDiscord) -> None:
    group, _ = place(fake)
    [general] = group.channels.values()
    heard: list[str] = []
    bot = Bot(intents=discord.Intents(guilds=True, guild_messages=True))

    @bot.event
    async def on_message(message: discord.Message) -> None:
        heard.append(str(message.channel))

    async with running(fake, bot):
        await channel_of(bot, general.id).send(view=words("Hello."))
        await fake.until(lambda: heard == ["general"])
    quiet = Bot()
    quiet.event(on_message)
    async with running(fake, quiet):
        await channel_of(quiet, general.id).send(view=words("Hello."))
        group.text_channel("marker")
        await fake.until(lambda: len(quiet.guilds[0].text_channels) == 2)
        assert heard == ["general"]


async def test_servers_are_spread_over_shards() -> None:
    async with FakeDiscord(shards=3) as fake:
        groups = [fake.guild(f"Group {number}") for number in range(9)]
        for group in groups:
            group.text_channel("general")
        async with running(fake, with_ping(ShardedBot())) as bot:
            assert [one[:2] for one in fake.gateway.log] == [("identify", 0), ("identify", 1), ("identify", 2)]
            assert sorted(guild.shard_id for guild in bot.guilds) == [0, 0, 0, 1, 1, 1, 2, 2, 2]
            assert all(await asyncio.gather(*(answers(group, group.person("ana")) for group in groups)))
            fake.gateway.abort(shard=1)
            assert all(await asyncio.gather(*(answers(group, group.person("ana")) for group in groups)))
            assert [one[:2] for one in fake.gateway.log[3:]] == [("resume", 1)]
            # A private conversation belongs to shard 0.
            ana = groups[1].person("ana")
            assert (await ana.slash(fake.dm_with(ana.user), "ping")).text == "pong"


async def test_identifying_too_fast_is_refused_when_that_is_enforced() -> None:
    async with FakeDiscord(shards=2, max_concurrency=1, enforce_max_concurrency=True) as fake:
        starting = asyncio.create_task(_start(fake))
        await fake.until(lambda: fake.gateway.identifies >= 3)
        assert len(fake.gateway.sessions) == 1
        starting.cancel()
        await asyncio.wait({starting})
    async with FakeDiscord(shards=2, max_concurrency=2, enforce_max_concurrency=True) as fake:
        await _start(fake)
        assert (fake.gateway.identifies, len(fake.gateway.sessions)) == (2, 0)


async def _start(fake: FakeDiscord) -> None:
    async with running(fake, ShardedBot()):
        assert len(fake.gateway.sessions) == 2


async def test_too_many_servers_for_one_shard() -> None:
    async with FakeDiscord(most_guilds_a_shard=2) as fake:
        for number in range(3):
            fake.guild(f"Group {number}")
        with pytest.raises(discord.ConnectionClosed) as closed:
            async with running(fake):
                pass
        assert closed.value.code == 4011


async def test_a_thousand_servers_arrive() -> None:
    async with FakeDiscord(shards=2, check_spec=False) as fake:
        fake.many_guilds(1000, channels=30, roles=20)
        async with running(fake, ShardedBot(guild_ready_timeout=0.5)) as bot:
            assert len(bot.guilds) == 1000
            assert {len(guild.text_channels) for guild in bot.guilds} == {30}
            assert {len(guild.roles) for guild in bot.guilds} == {22}
            assert all(guild.me.guild_permissions.send_messages for guild in bot.guilds)


@asynccontextmanager
async def raw_socket(fake: FakeDiscord, query: str = "?v=10") -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(fake.gateway_url + query, autoclose=False) as socket,
    ):
        yield socket


def identify(fake: FakeDiscord, **changes: Any) -> dict[str, Any]:
    return {"op": 2, "d": {"token": fake.token, "intents": 1, "properties": {}} | changes}


RUDE: list[tuple[list[dict[str, Any]], int]] = [
    ([{"op": 3, "d": {}}], 4003),
    ([{"op": 2, "d": {}}, {"op": 99, "d": {}}], 4001),
    ([{"op": 2, "d": {}}, {"op": 2, "d": {}}], 4005),
    ([{"op": 2, "d": {"token": "wrong"}}], 4004),
    ([{"op": 2, "d": {"shard": [1, 1]}}], 4010),
    ([{"op": 2, "d": {"intents": -1}}], 4013),
    ([{"op": 2, "d": {"intents": 1 << 15}}], 4014),
    ([{"op": 1, "d": None}] * 121, 4008),
]


@pytest.mark.parametrize(("sent", "code"), RUDE)
async def test_rude_clients_are_shown_out(fake: FakeDiscord, sent: list[dict[str, Any]], code: int) -> None:
    async with raw_socket(fake) as socket:
        for one in sent:
            await socket.send_json(identify(fake, **one["d"]) if one["op"] == 2 else one)
        async with asyncio.timeout(PATIENCE):
            while (message := await socket.receive()).type is aiohttp.WSMsgType.TEXT:
                pass
        assert message.data == code


async def test_nonsense_an_old_version_and_a_future_sequence(fake: FakeDiscord) -> None:
    async with raw_socket(fake, "?v=9") as socket:
        assert (await socket.receive()).data == 4012
    async with raw_socket(fake) as socket:
        await socket.receive()
        await socket.send_str("{")
        assert (await socket.receive()).data == 4002
    async with raw_socket(fake) as socket:
        assert (await socket.receive_json())["d"]["heartbeat_interval"] == 41_250
        await socket.send_json(identify(fake))
        ready = await socket.receive_json()
        fake.gateway.beat()
        assert (await socket.receive_json())["op"] == 1
        fake.gateway.abort()
    await fake.until(lambda: not fake.gateway.connections)
    async with raw_socket(fake) as socket:
        await socket.receive()
        session = ready["d"]["session_id"]
        await socket.send_json({"op": 6, "d": {"token": fake.token, "session_id": session, "seq": 5}})
        assert (await socket.receive()).data == 4007
