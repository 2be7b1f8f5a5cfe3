"""Requests that suffer: failures, lost answers, rate limits, and what the unmodified discord.py makes of them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

import aiohttp
import discord
import pytest

from tests.fakes.bare_bot import Act, Bot, channel_of, running, words
from tests.fakes.discord import (
    Allowance,
    Channel,
    CloudflarePage,
    CutBefore,
    Delay,
    Fail,
    FakeDiscord,
    Hang,
    LoseAnswer,
    RateLimited,
    Refuse,
    WaitFor,
)

POSTS = "/channels/*/messages"


@pytest.fixture
def general(fake: FakeDiscord) -> Channel:
    return fake.guild("Study group").text_channel("general")


@pytest.fixture
async def bot(fake: FakeDiscord, general: Channel) -> AsyncIterator[Bot]:
    async with running(fake) as one:
        yield one


async def refused(bot: Bot, channel: Channel) -> discord.HTTPException:
    with pytest.raises(discord.HTTPException) as error:
        await channel_of(bot, channel.id).send(view=words("Hello."))
    return error.value


async def test_an_error_without_a_retry_comes_through(fake: FakeDiscord, general: Channel, bot: Bot) -> None:
    rule = fake.on("POST", POSTS, Fail(503), times=1)
    assert isinstance(await refused(bot, general), discord.DiscordServerError)
    fake.on("POST", POSTS, Refuse(200000), times=1)
    assert (await refused(bot, general)).code == 200000
    fake.on("POST", POSTS, Refuse(50013), times=1)
    assert isinstance(await refused(bot, general), discord.Forbidden)
    assert rule.hits == 1
    await channel_of(bot, general.id).send(view=words("Hello."))
    assert [one.status for one in fake.requests_to("POST", POSTS)] == [503, 400, 403, 200]
    assert len(fake.messages(general)) == 1


async def test_a_server_error_is_repeated_by_discord_py(fake: FakeDiscord, general: Channel, bot: Bot) -> None:
    fake.on("POST", POSTS, Fail(500), times=1)
    await channel_of(bot, general.id).send(view=words("Hello."))
    first, second = fake.requests_to("POST", POSTS)
    assert (first.status, second.status) == (500, 200)
    assert first.body == second.body


async def test_cut_connections(fake: FakeDiscord, general: Channel, bot: Bot) -> None:
    fake.on("POST", POSTS, CutBefore(), times=1)
    fake.on("POST", POSTS, LoseAnswer(), times=1)
    channel = channel_of(bot, general.id)
    for there in (0, 1):
        with pytest.raises(aiohttp.ClientError):
            await channel.send(view=words("Hello."))
        assert len(fake.messages(general)) == there
    assert len(fake.requests_to("POST", POSTS)) == 2


async def test_a_cut_delete_is_sent_again_by_aiohttp(fake: FakeDiscord, general: Channel, bot: Bot) -> None:
    message = await channel_of(bot, general.id).send(view=words("Hello."))
    fake.on("DELETE", "/channels/*/messages/*", LoseAnswer(), times=1)
    with pytest.raises(discord.NotFound) as gone:
        await message.delete()
    assert gone.value.code == 10008
    assert len(fake.requests_to("DELETE", "/channels/*/messages/*")) == 2


async def test_slow_and_hanging_requests(fake: FakeDiscord, general: Channel, bot: Bot) -> None:
    fake.on("POST", POSTS, Delay(0.05), times=1)
    fake.on("POST", POSTS, Delay(0.05, answer=True), times=1)
    go = asyncio.Event()
    fake.on("POST", POSTS, WaitFor(go), times=1)
    fake.on("POST", POSTS, Hang(), times=1)
    channel = channel_of(bot, general.id)
    for _ in range(2):
        started = time.monotonic()
        await channel.send(view=words("Hello."))
        assert time.monotonic() - started >= 0.05
    waiting = asyncio.create_task(channel.send(view=words("Hello.")))
    await fake.until(lambda: len(fake.requests_to("POST", POSTS)) == 3)
    assert len(fake.messages(general)) == 2
    go.set()
    await waiting
    hanging = asyncio.create_task(channel.send(view=words("Hello.")))
    await fake.until(lambda: len(fake.requests_to("POST", POSTS)) == 4)
    assert len(fake.messages(general)) == 3
    assert not hanging.done()
    hanging.cancel()
    await asyncio.wait({hanging})


async def test_rate_limits_on_demand(fake: FakeDiscord, general: Channel, bot: Bot) -> None:
    for scope in ("user", "shared", "global"):
        fake.on("POST", POSTS, RateLimited(0.03, scope=scope), times=1)
    await channel_of(bot, general.id).send(view=words("Hello."))
    assert [one.status for one in fake.requests_to("POST", POSTS)] == [429, 429, 429, 200]
    for fault in (RateLimited(via=False), CloudflarePage()):
        fake.on("POST", POSTS, fault, times=1)
        assert (await refused(bot, general)).status == 429
    assert len(fake.messages(general)) == 1


async def test_a_limited_callback_is_repeated_in_time(fake: FakeDiscord, general: Channel) -> None:
    bot = Bot()

    @bot.tree.command(description="Ping")
    async def ping(act: Act) -> None:
        await act.response.send_message("pong")

    fake.on("POST", "/interactions/**", RateLimited(0.05), times=1)
    async with running(fake, bot):
        seen = await general.home.person("ana").slash(general, "ping")
        assert seen.text == "pong"
        assert seen.took >= 0.05


async def test_some_requests_pass_first(fake: FakeDiscord, general: Channel, bot: Bot) -> None:
    rule = fake.on("POST", POSTS, Refuse(50001), after=1)
    await channel_of(bot, general.id).send(view=words("Hello."))
    assert (await refused(bot, general)).code == 50001
    rule.stop()
    await channel_of(bot, general.id).send(view=words("Hello."))
    assert len(fake.messages(general)) == 2


async def test_discord_py_keeps_to_a_channels_bucket() -> None:
    async with FakeDiscord(rate_limits=Allowance(5, 0.3)) as fake:
        group = fake.guild("Study group")
        busy, calm = group.text_channel("busy"), group.text_channel("calm")
        async with running(fake) as bot:
            channel = channel_of(bot, busy.id)
            await channel.send(view=words("0"))
            for number in range(1, 7):
                await channel.send(view=words(str(number)))
                await channel_of(bot, calm.id).send(view=words(str(number))) if number == 1 else None
            assert {one.status for one in fake.requests} == {200}
            assert len(fake.messages(busy)) == 7


async def test_the_global_limit_holds_everything_up(monkeypatch: pytest.MonkeyPatch) -> None:
    async with FakeDiscord(global_limit=Allowance(10, 0.1)) as fake:
        # The second lasts until somebody was held up.
        monkeypatch.setattr(fake, "time", lambda: float(any(one.status == 429 for one in fake.requests)))
        group = fake.guild("Study group")
        channels = [group.text_channel(f"c{number}") for number in range(15)]
        async with running(fake) as bot:
            posts = [channel_of(bot, one.id).send(view=words("Hello.")) for one in channels]
            await asyncio.gather(*posts)
        assert all(len(fake.messages(one)) == 1 for one in channels)
        held = [one for one in fake.requests if one.status == 429]
        assert held
        assert all(one.answer["global"] for one in held)
