"""A Discord to try the bot in without an account: `python -m tests.fakes.discord --port 8710`."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import sys

from tests.fakes.discord.console import Console
from tests.fakes.discord.messages import Message
from tests.fakes.discord.rendering import plain
from tests.fakes.discord.server import AS_PATIENT, FakeDiscord

_WORDS = {"MESSAGE_CREATE": "", "MESSAGE_UPDATE": " (changed)", "MESSAGE_DELETE": " (deleted)"}


def _say(text: str) -> None:
    print(text, flush=True)


def _tell(event: str, message: Message) -> None:
    place = f"#{message.channel.name}" if message.channel.guild else f"@{message.channel.name}"
    _say(f"{place}{_WORDS[event]} {plain(message)}")


async def _lines() -> asyncio.StreamReader:
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    return reader


async def serve(port: int) -> None:
    """A demo server with two channels, until the input ends."""
    async with FakeDiscord(port=port, patience=AS_PATIENT) as discord:
        guild = discord.guild("Study group")
        guild.use_system_channel(guild.text_channel("general"))
        guild.text_channel("random")
        discord.onlookers.append(_tell)
        _say(
            "A Discord of our own is up. In another terminal, start the bot in it:\n\n"
            f"  DISCORD_TOKEN={discord.token} \\\n"
            f"  DISCORD_API_URL={discord.api_url} \\\n"
            f"  DISCORD_GATEWAY_URL={discord.gateway_url} \\\n"
            "  .venv/bin/studybot run\n\n"
            "Then act here, for example: boss /config   or: help"
        )
        console = Console(guild, _say)
        reader = await _lines()
        while (line := (await reader.readline()).decode()) and line.strip() not in ("quit", "exit"):
            await console.act(line)
            for violation in discord.forgive_violations():
                _say(f"! Discord would refuse this: {violation}")


def main() -> None:
    """Read the port and serve."""
    parser = argparse.ArgumentParser(prog="python -m tests.fakes.discord", description=__doc__)
    parser.add_argument("--port", type=int, default=8710)
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(parser.parse_args().port))


if __name__ == "__main__":
    main()
