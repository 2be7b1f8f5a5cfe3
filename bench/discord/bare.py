"""The least a bot of discord.py can be: it hears of its servers and acknowledges whatever people do.

The first argument, if any, is how many seconds without another server it takes until it is ready, where the library's
own two are not wanted. The rest are modules of other people that it imports as well.
"""

from __future__ import annotations

import importlib
import os
import sys
from typing import Any

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route


class Bare(discord.Client):
    async def on_ready(self) -> None:
        print("ready", flush=True)

    async def on_interaction(self, interaction: discord.Interaction[discord.Client]) -> None:
        await interaction.response.send_message("Noted.", ephemeral=True)


def main() -> None:
    last_server_within, *others = sys.argv[1:] or [""]
    for name in others:
        importlib.import_module(name)
    options: dict[str, Any] = {"guild_ready_timeout": float(last_server_within)} if last_server_within else {}
    Route.BASE = os.environ["DISCORD_API_URL"]
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(os.environ["DISCORD_GATEWAY_URL"])
    client = Bare(intents=discord.Intents(guilds=True), max_messages=None, chunk_guilds_at_startup=False, **options)
    client.run(os.environ["DISCORD_TOKEN"], log_handler=None)


if __name__ == "__main__":
    main()
