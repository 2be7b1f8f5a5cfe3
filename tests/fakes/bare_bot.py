"""Bots of bare discord.py, to prove the fake Discord with."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import discord
from discord import app_commands, ui

from tests.fakes.discord import FakeDiscord
from tests.fakes.discord.client_base import discord_py_talks_to
from tests.fakes.patience import PATIENCE

Act = discord.Interaction[discord.Client]


class Bot(discord.Client):
    """Ready as soon as its servers have come; `acts` are all interactions it heard of."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("intents", discord.Intents(guilds=True))
        options.setdefault("guild_ready_timeout", 0.02)
        super().__init__(max_messages=None, **options)
        self.tree = app_commands.CommandTree(self)
        self.came = asyncio.Event()
        self.acts: list[Act] = []

    def dispatch(self, event: str, /, *args: object, **kwargs: object) -> None:
        """Not after the end: the library would say that it is ready even then, and fail at it."""
        if not self.is_closed():
            super().dispatch(event, *args, **kwargs)

    async def on_ready(self) -> None:
        self.came.set()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Not the 5 s that discord.py waits before it identifies again."""

    async def on_interaction(self, interaction: Act) -> None:
        self.acts.append(interaction)


class ShardedBot(Bot, discord.AutoShardedClient):
    """The same, in shards."""


class Card(ui.LayoutView):
    """A question with buttons A and B."""

    def __init__(self, text: str = "What is a token?") -> None:
        super().__init__(timeout=None)
        row: ui.ActionRow[Card] = ui.ActionRow()
        for letter in "AB":
            row.add_item(ui.Button(label=letter, custom_id=f"sb1:{letter}"))
        self.add_item(ui.Container(ui.TextDisplay(text), row))


def words(text: str) -> ui.LayoutView:
    """A message of words only."""
    return ui.LayoutView().add_item(ui.TextDisplay(text))


@asynccontextmanager
async def running(
    fake: FakeDiscord, bot: Bot | None = None, *, sync: bool = True, token: str | None = None
) -> AsyncIterator[Bot]:
    """A bot at work in the fake, its commands registered if it has any."""
    bot = bot or Bot()
    with discord_py_talks_to(fake):
        task = asyncio.create_task(bot.start(token or fake.token))
        ready = asyncio.create_task(bot.came.wait())
        try:
            await asyncio.wait({task, ready}, timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
            if task.done():
                await task
            assert ready.done(), "The bot did not become ready."
            if sync and bot.tree.get_commands():
                await bot.tree.sync()
            yield bot
        finally:
            ready.cancel()
            await bot.close()
            await asyncio.gather(task, return_exceptions=True)


def channel_of(bot: Bot, channel_id: str) -> discord.TextChannel:
    """The channel as discord.py has it cached."""
    found = bot.get_channel(int(channel_id))
    assert isinstance(found, discord.TextChannel)
    return found
