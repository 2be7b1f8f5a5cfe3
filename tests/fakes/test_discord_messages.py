"""Messages in channels and private conversations, as the unmodified discord.py writes them in the fake Discord."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import discord
import pytest
from discord import ui

from tests.fakes.bare_bot import Card, channel_of, running, words
from tests.fakes.discord import Can, FakeDiscord, Kind, LoseAnswer


async def code_of(call: object) -> int:
    """The JSON code that the call was refused with."""
    with pytest.raises(discord.HTTPException) as refused:
        await call  # type: ignore[misc]
    return refused.value.code


async def test_a_post_is_sent_edited_read_and_deleted(fake: FakeDiscord) -> None:
    general = fake.guild("Study group").text_channel("general")
    async with running(fake) as bot:
        channel = channel_of(bot, general.id)
        message = await channel.send(view=Card(), silent=True)
        [seen] = fake.messages(general)
        assert (seen.text, seen.buttons, seen.silent) == ("What is a token?", ["A", "B"], True)
        assert await code_of(message.edit(view=None)) == 50006
        await message.edit(view=words("Closed."))
        assert (seen.text, seen.edited is not None, len(seen.history)) == ("Closed.", True, 1)
        assert (await channel.fetch_message(message.id)).flags.components_v2
        second = await channel.send(view=words("Next."))
        assert [one.id async for one in channel.history(limit=5)] == [second.id, message.id]
        assert [one.id async for one in channel.history(limit=5, before=second)] == [message.id]
        await message.delete()
        assert await code_of(message.delete()) == 10008
        assert await code_of(message.edit(view=words("?"))) == 10008
        assert await code_of(channel.fetch_message(message.id)) == 10008
        assert [one.text for one in fake.messages(general)] == ["Next."]


async def test_the_same_nonce_is_one_message_and_gone_once_deleted(fake: FakeDiscord) -> None:
    group = fake.guild("Study group")
    general, other = group.text_channel("general"), group.text_channel("other")
    async with running(fake) as bot:
        channel = channel_of(bot, general.id)
        first = await channel.send(view=words("One."), nonce="day-1")
        again = await channel.send(view=words("One."), nonce="day-1")
        assert first.id == again.id
        assert (await channel_of(bot, other.id).send(view=words("One."), nonce="day-1")).id != first.id
        assert len(fake.messages(general)) == 1
        await first.delete()
        assert await code_of(channel.send(view=words("One."), nonce="day-1")) == 10008
        fake.nonces.window = timedelta(0)
        await channel.send(view=words("One."), nonce="day-1")
        assert len(fake.messages(general)) == 1


async def test_a_lost_answer_and_the_same_nonce_make_one_post(fake: FakeDiscord) -> None:
    general = fake.guild("Study group").text_channel("general")
    fake.on("POST", "/channels/*/messages", LoseAnswer(), times=1)
    async with running(fake) as bot:
        channel = channel_of(bot, general.id)
        with pytest.raises((OSError, discord.DiscordException, Exception)) as lost:
            await channel.send(view=words("One."), nonce="day-1")
        assert not isinstance(lost.value, discord.DiscordException)
        await channel.send(view=words("One."), nonce="day-1")
        assert len(fake.messages(general)) == 1
        assert len(fake.requests_to("POST", "/channels/*/messages")) == 2


async def test_pings_are_those_that_count(fake: FakeDiscord) -> None:
    group = fake.guild("Study group")
    general = group.text_channel("general")
    open_role, closed_role = group.role("open", mentionable=True), group.role("closed")
    group.everyone.grant(group.everyone.permissions & ~Can.MENTION_EVERYONE)
    ana, ben = group.person("ana", roles=(open_role,)), group.person("ben", roles=(closed_role,))
    text = f"@everyone {open_role.mention} {closed_role.mention} {ben.mention}"
    async with running(fake) as bot:
        channel = channel_of(bot, general.id)
        await channel.send(view=words(text))
        await channel.send(view=words(text), silent=True)
        await channel.send(view=words(text), allowed_mentions=discord.AllowedMentions.none())
        only_role = discord.AllowedMentions(everyone=False, users=False, roles=[discord.Object(int(open_role.id))])
        await channel.send(view=words(text), allowed_mentions=only_role)
        loud, silent, none, role = fake.messages(general)
        assert loud.pings.roles == {open_role.id}
        assert loud.notified() == {ana.id, ben.id}
        assert (bool(silent.pings), silent.notified()) == (True, frozenset())
        assert (bool(none.pings), none.notified()) == (False, frozenset())
        assert role.notified() == {ana.id}
        group.bot_role.grant(group.bot_role.permissions | Can.MENTION_EVERYONE)
        await channel.send(view=words("@everyone"))
        assert fake.messages(general)[-1].pings.everyone
        general.overwrite(ben, deny=Can.VIEW_CHANNEL)
        assert fake.messages(general)[-1].notified() == {ana.id}


async def test_places_that_cannot_be_written_to(fake: FakeDiscord) -> None:
    group = fake.guild("Study group")
    general, forum, news = group.text_channel("general"), group.forum("help"), group.announcement_channel("news")
    thread = group.thread("week 1", general)
    async with running(fake) as bot:

        async def send(channel_id: str) -> discord.Message:
            return await bot.get_partial_messageable(int(channel_id)).send(view=words("Hello."))

        await send(news.id)
        await send(thread.id)
        assert await code_of(send(forum.id)) == 40058
        assert await code_of(send(group.category("all").id)) == 50008
        assert await code_of(send("12345")) == 10003
        general.overwrite(group.me, deny=Can.SEND_MESSAGES)
        assert await code_of(send(general.id)) == 50013
        await send(thread.id)
        general.overwrite(group.me, deny=Can.SEND_MESSAGES_IN_THREADS)
        await send(general.id)
        assert await code_of(send(thread.id)) == 50013
        general.overwrite(group.bot_role, deny=Can.VIEW_CHANNEL)
        assert await code_of(send(general.id)) == 50001
        general.clear_overwrites()
        thread.archive()
        [first, *_] = fake.messages(thread)
        assert await code_of(bot.http.edit_message(thread.id, first.id, params=_edit())) == 50083
        await send(thread.id)
        assert not thread.archived
        thread.archive(locked=True)
        assert await code_of(send(thread.id)) == 50083
        general.delete()
        assert await code_of(send(general.id)) == 10003
        assert await code_of(send(thread.id)) == 10003
        group.leave()
        assert await code_of(send(news.id)) == 50001


def _edit() -> discord.http.MultipartParameters:
    return discord.http.handle_message_parameters(view=words("Changed."))


async def test_private_conversations(fake: FakeDiscord) -> None:
    group = fake.guild("Study group")
    ana, ben = group.person("ana"), group.person("ben")
    ben.user.accepts_dms = False
    async with running(fake) as bot:
        user = await bot.fetch_user(int(ana.id))
        await user.send(view=words("Your reminder."))
        assert [one.text for one in ana.dms] == ["Your reminder."]
        assert ana.dms[0].notified() == {ana.id}
        assert await code_of((await bot.fetch_user(int(ben.id))).send(view=words("?"))) == 50007
        assert ben.dms == []
        assert await code_of(bot.fetch_user(1)) == 10013


async def test_files_are_kept_and_must_be_shown(fake: FakeDiscord) -> None:
    general = fake.guild("Study group").text_channel("general")
    async with running(fake) as bot:
        channel = channel_of(bot, general.id)
        gallery: ui.MediaGallery[Any] = ui.MediaGallery(
            discord.MediaGalleryItem("attachment://week.png", description="Five bars")
        )
        file = discord.File(io.BytesIO(b"png"), "week.png", description="Five bars")
        message = await channel.send(view=ui.LayoutView().add_item(gallery), file=file)
        [kept] = message.attachments
        assert (kept.filename, kept.description, kept.size) == ("week.png", "Five bars", 3)
        assert await kept.read() == b"png"
        assert fake.messages(general)[0].components[0]["items"][0]["media"]["url"] == kept.url
        with fake.expecting_violations():
            assert await code_of(channel.send(view=ui.LayoutView().add_item(gallery))) == 50035
            stray = discord.File(io.BytesIO(b"x"), "stray.png")
            assert await code_of(channel.send(view=words("Words."), file=stray)) == 50035
        large = discord.File(io.BytesIO(bytes((10 << 20) + 1)), "week.png")
        assert await code_of(channel.send(view=ui.LayoutView().add_item(gallery), file=large)) == 40005
        await message.edit(view=words("No picture."), attachments=[])
        assert fake.messages(general)[0].attachments == []


@pytest.fixture
async def old() -> AsyncIterator[tuple[FakeDiscord, list[datetime]]]:
    clock = [datetime(2026, 3, 1, 9, tzinfo=UTC)]
    async with FakeDiscord(now=lambda: clock[0], old_edits=2) as server:
        yield server, clock


async def test_old_posts_take_few_edits(old: tuple[FakeDiscord, list[datetime]]) -> None:
    fake, clock = old
    general = fake.guild("Study group").text_channel("general")
    async with running(fake) as bot:
        message = await channel_of(bot, general.id).send(view=words("0"))
        assert message.created_at.hour == 9
        for number in range(3):
            await message.edit(view=words(str(number)))
        clock[0] += timedelta(hours=2)
        for number in range(2):
            await message.edit(view=words(str(number)))
        with pytest.raises(discord.HTTPException) as refused:
            await fake_edit(bot, general.id, message.id)
        assert (refused.value.status, refused.value.code) == (429, 30046)
        clock[0] += timedelta(seconds=21)
        await message.edit(view=words("later"))


async def fake_edit(bot: discord.Client, channel: str, message: int) -> None:
    """One try: discord.py itself would wait and repeat what looks like a rate limit."""
    async with bot.http._HTTPClient__session.patch(  # type: ignore[attr-defined]
        f"{discord.http.Route.BASE}/channels/{channel}/messages/{message}",
        json={"content": None},
        headers={"Authorization": f"Bot {bot.http.token}"},
    ) as response:
        raise discord.HTTPException(response, await response.json())


async def test_a_thread_grows_from_a_post(fake: FakeDiscord) -> None:
    group = fake.guild("Study group")
    general = group.text_channel("general")
    async with running(fake) as bot:
        message = await channel_of(bot, general.id).send(view=words("Discuss."))
        group.me.roles[0].grant(group.bot_role.permissions | Can.CREATE_PUBLIC_THREADS)
        thread = await message.create_thread(name="Day 1")
        assert thread.id == message.id
        await thread.send(view=words("Here."))
        assert group.channels[str(thread.id)].kind is Kind.PUBLIC_THREAD
        assert await code_of(message.create_thread(name="Day 1")) == 160004
