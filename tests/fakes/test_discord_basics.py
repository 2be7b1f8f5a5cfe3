"""The unmodified discord.py lives in the fake Discord: it starts, answers, posts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import discord
import pytest
import yarl
from discord import app_commands, ui

from tests.fakes.discord import Answer, FakeDiscord, NotOffered


@pytest.fixture
async def fake(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[FakeDiscord]:
    async with FakeDiscord(patience=0.5) as server:
        monkeypatch.setattr(discord.http.Route, "BASE", server.api_url)
        monkeypatch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(server.gateway_url))
        yield server


class Bot(discord.Client):
    def __init__(self, **options: Any) -> None:
        super().__init__(intents=discord.Intents(guilds=True), max_messages=None, guild_ready_timeout=0.02, **options)
        self.tree = app_commands.CommandTree(self)
        self.came = asyncio.Event()

    async def on_ready(self) -> None:
        self.came.set()


@asynccontextmanager
async def running(bot: Bot, fake: FakeDiscord) -> AsyncIterator[Bot]:
    task = asyncio.create_task(bot.start(fake.token))
    try:
        await asyncio.wait_for(bot.came.wait(), 5)
        yield bot
    finally:
        await bot.close()
        await asyncio.gather(task, return_exceptions=True)


class Card(ui.LayoutView):
    def __init__(self) -> None:
        super().__init__(timeout=None)
        row: ui.ActionRow[Card] = ui.ActionRow()
        for letter in "AB":
            row.add_item(ui.Button(label=letter, custom_id=f"sb1:{letter}"))
        self.add_item(ui.Container(ui.TextDisplay("What is a token?"), row))


async def test_a_command_is_called_and_its_buttons_pressed(fake: FakeDiscord) -> None:
    group = fake.guild("Study group")
    general = group.text_channel("general")
    ana = group.person("ana")
    bot = Bot()

    @bot.tree.command(description="A question for you")
    async def quiz(interaction: discord.Interaction[Bot], topic: str | None = None) -> None:
        assert topic == "rag"
        await interaction.response.send_message(view=Card(), ephemeral=True)

    @bot.event
    async def on_interaction(interaction: discord.Interaction[Bot]) -> None:
        if interaction.type is discord.InteractionType.component:
            assert interaction.data is not None
            assert interaction.message is not None
            await interaction.response.send_message(f"You chose {interaction.data['custom_id']}", ephemeral=True)  # type: ignore[typeddict-item]

    async with running(bot, fake):
        with pytest.raises(NotOffered):
            await ana.slash(general, "quiz", topic="rag")
        await bot.tree.sync()
        seen = await ana.slash(general, "quiz", topic="rag")
        assert seen.answer is Answer.MESSAGE
        assert seen.ephemeral
        assert seen.text == "What is a token?"
        assert seen.message.buttons == ["A", "B"]
        assert (await ana.press(seen.message, "B")).text == "You chose sb1:B"
        assert fake.messages(general) == []


async def test_a_post_in_a_channel_is_edited(fake: FakeDiscord) -> None:
    group = fake.guild("Study group")
    general = group.text_channel("general")
    async with running(Bot(), fake) as bot:
        channel = bot.get_channel(int(general.id))
        assert isinstance(channel, discord.TextChannel)
        assert channel.permissions_for(channel.guild.me).send_messages
        message = await channel.send(view=Card(), nonce="n1", silent=True)
        again = await channel.send(view=Card(), nonce="n1", silent=True)
        assert message.id == again.id
        with pytest.raises(discord.HTTPException) as refused:
            await message.edit(view=None)
        assert refused.value.code == 50006
        await message.edit(view=discord.ui.LayoutView().add_item(ui.TextDisplay("Closed.")))
        [seen] = fake.messages(general)
        assert (seen.text, seen.silent, len(seen.history)) == ("Closed.", True, 1)
