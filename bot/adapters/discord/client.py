"""The gateway client: hears what happens on Discord and hands it on."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable, Coroutine
from typing import Protocol

import discord
import yarl
from discord.gateway import DiscordWebSocket

from bot.adapters.discord import once
from bot.adapters.discord.faults import log_failure
from bot.adapters.discord.life import Life
from bot.adapters.discord.publisher import NOBODY

log = logging.getLogger(__name__)

# Nobody speaks here; without this the library warns at every start that it could not.
discord.VoiceClient.warn_nacl = False
discord.VoiceClient.warn_dave = False


LAST_SERVER_WITHIN = 0.5
"""Seconds without another server until we are ready, the library waits two. One that comes later counts as in an
outage until it comes, and loses nothing by it."""


SILENT_AT_MOST = 60.0
"""Seconds of silence, heartbeats included, before we reconnect."""


SLEPT_OUT = 30.0
"""Seconds of a limit that the library waits for by itself; its least. A longer one is put off and tried again."""


class Hears(Protocol):
    """The face, as the client tells it what happens."""

    async def logged_in(self, client: discord.Client) -> None:
        """The token was accepted; the gateway comes next."""
        ...

    async def ready(self, client: discord.Client) -> None:
        """Connected, and every server is known."""
        ...

    def line(self, good: bool) -> None:
        """The line to Discord was lost, or is back."""
        ...


class Client(discord.AutoShardedClient):
    """Hears; knows servers, their channels and roles, and no members or messages."""

    def __init__(
        self,
        hears: Hears,
        answer: Callable[[discord.Interaction[discord.Client]], Awaitable[None]],
        life: Life,
        gateway: str | None,
        date: Callable[[str], None],
    ) -> None:
        """``answer`` takes what people do; ``date`` takes the date that each answer of Discord's carries."""
        super().__init__(
            intents=discord.Intents(guilds=True),
            max_messages=None,
            chunk_guilds_at_startup=False,
            guild_ready_timeout=LAST_SERVER_WITHIN,
            heartbeat_timeout=SILENT_AT_MOST,
            allowed_mentions=NOBODY,
            max_ratelimit_timeout=SLEPT_OUT,
            http_trace=once.trace(date),
        )
        self._hears = hears
        self._answer = answer
        self._life = life
        self._gateway = yarl.URL(gateway) if gateway else None
        self._known: set[int] = set()
        """Servers that are no news."""

    async def launch_shard(self, gateway: yarl.URL, shard_id: int, *, initial: bool = False) -> None:
        """Connect a shard, to the gateway that was set, or to the one Discord's API names."""
        wanted = self._gateway or gateway
        # Where a line that cannot be resumed is opened again: the library would go to Discord's own, past any proxy.
        DiscordWebSocket.DEFAULT_GATEWAY = wanted.with_query(None)
        await super().launch_shard(wanted, shard_id, initial=initial)

    @property
    def alive(self) -> bool:
        """Return whether every shard has an open line."""
        return self.is_ready() and bool(self.shards) and not any(shard.is_closed() for shard in self.shards.values())

    async def setup_hook(self) -> None:
        """Before the gateway."""
        await self._hears.logged_in(self)

    async def on_ready(self) -> None:
        """After the first connection, and after each that could not be resumed."""
        if self.is_closed():
            return  # the library waits for the last server, and then is ready, closed or not
        self._known = {guild.id for guild in self.guilds}
        await self._safely(self._hears.ready(self))

    async def on_interaction(self, interaction: discord.Interaction[discord.Client]) -> None:
        """A command, a press, a form, a half-typed option."""
        await self._answer(interaction)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """An invitation."""
        self._known.add(guild.id)
        await self._take_in(self._life.joined(guild))

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Removed; the library tells an outage apart."""
        self._known.discard(guild.id)
        await self._take_in(self._life.removed(guild))

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """A channel."""
        await self._take_in(self._life.place_gone(channel.guild.id, channel.id))

    async def on_raw_thread_delete(self, thread: discord.RawThreadDeleteEvent) -> None:
        """A thread, known or not."""
        await self._take_in(self._life.place_gone(thread.guild_id, thread.thread_id))

    async def on_guild_role_delete(self, role: discord.Role) -> None:
        """A role; with it may go what it allowed."""
        await self._take_in(self._life.role_gone(role.guild.id, role.id))

    async def on_guild_channel_update(self, before: discord.abc.GuildChannel, after: discord.abc.GuildChannel) -> None:
        """Permissions of a channel, among others, and the tags a forum wants."""
        if before.overwrites != after.overwrites or _tags(before) != _tags(after):
            await self._take_in(self._life.allowed_again(after.guild))

    async def on_thread_update(self, before: discord.Thread, after: discord.Thread) -> None:
        """A thread that was unlocked, among others."""
        if before.locked and not after.locked:
            await self._take_in(self._life.allowed_again(after.guild, after))

    async def on_thread_join(self, thread: discord.Thread) -> None:
        """A thread the library did not know: one that comes back after it was put away, among others."""
        if not thread.locked:
            await self._take_in(self._life.allowed_again(thread.guild, thread))

    async def on_guild_role_update(self, before: discord.Role, after: discord.Role) -> None:
        """Permissions of a role, among others."""
        if before.permissions != after.permissions:
            await self._take_in(self._life.allowed_again(after.guild))

    async def on_member_update(self, before: discord.Member, after: discord.Member) -> None:
        """Our own roles; nobody else's are heard."""
        if after.id == after.guild.me.id and before.roles != after.roles:
            await self._take_in(self._life.allowed_again(after.guild))

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Back from an outage; an invitation can come under this name too."""
        if not self.is_ready():
            return
        if guild.id in self._known:
            await self._take_in(self._life.allowed_again(guild))
        else:
            await self.on_guild_join(guild)

    async def on_shard_disconnect(self, shard_id: int) -> None:
        """A line was lost; the library takes it up again."""
        self._hears.line(False)

    async def on_shard_resumed(self, shard_id: int) -> None:
        """The line is back, and what was said meanwhile came with it."""
        self._hears.line(True)

    async def on_error(self, event: str, /, *args: object, **kwargs: object) -> None:
        """Never a stack trace on a console; the log has it."""
        error = sys.exception()
        if isinstance(error, Exception):
            log_failure(log, f"handling {event} failed", error)

    async def _take_in(self, what: Coroutine[None, None, None]) -> None:
        await self._safely(self._life.take_in(what))

    async def _safely(self, doing: Awaitable[None]) -> None:
        try:
            await doing
        except asyncio.CancelledError:
            raise
        except Exception as error:
            if not self.is_closed():  # being stopped; the next start finds out what was missed
                log_failure(log, "keeping up with Discord failed", error)


def _tags(channel: discord.abc.GuildChannel) -> object:
    """The tags of a forum, and its demand for one."""
    return (channel.flags.require_tag, channel.available_tags) if isinstance(channel, discord.ForumChannel) else None
