"""Servers that come and go, channels and roles that are deleted, permissions lost and returned."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

import discord

from bot.adapters.discord.greeting import Greeting
from bot.adapters.discord.permissions import why_not
from bot.domain.community import Platform
from bot.domain.identifiers import PlaceRef
from bot.ports.clock import Clock
from bot.ports.storage import Transact
from bot.services import presence

log = logging.getLogger(__name__)

HERE = Platform.DISCORD


class Life:
    """Keeps what is stored in step with the servers the bot is in."""

    def __init__(
        self,
        transact: Transact,
        clock: Clock,
        greeting: Greeting,
        wake: Callable[[], None],
    ) -> None:
        self._transact = transact
        self._clock = clock
        self._greeting = greeting
        self._wake = wake
        # Who removes us and asks us back at once must not be taken the other way round.
        self._in_turn = asyncio.Lock()

    async def ready(self, client: discord.Client) -> None:
        """Connected with a full list of servers: put right what came and went while nobody listened."""
        async with self._in_turn:
            await self._ready(client)

    async def _ready(self, client: discord.Client) -> None:
        present = frozenset(str(guild.id) for guild in client.guilds)
        now = self._clock.now()
        gone = await self._transact.write(lambda uow: presence.reconcile(uow, HERE, present, now))
        if gone:
            log.info("%d servers were left while we were away", len(gone))
        for guild in client.guilds:
            if not guild.unavailable:
                await self._greeting.make_up_for(guild)
        await self._resume(client.get_guild)

    async def joined(self, guild: discord.Guild) -> None:
        """Invited: what stood still goes on, and where to begin is said once."""
        async with self._in_turn:
            await self._joined(guild)

    async def _joined(self, guild: discord.Guild) -> None:
        now = self._clock.now()
        back = await self._transact.write(lambda uow: presence.came_back(uow, HERE, str(guild.id), now))
        if back:
            self._wake()
        else:
            await self._greeting.say(guild)

    async def removed(self, guild: discord.Guild) -> None:
        """Removed, which an outage is not: nothing more is posted there, and after a while everything is erased."""
        now = self._clock.now()
        async with self._in_turn:
            await self._transact.write(lambda uow: presence.left(uow, HERE, str(guild.id), now))
            await self._greeting.forget(guild)

    def disconnected(self) -> None:
        """The connection has ended; the next begins with ``ready``."""
        self._greeting.stop()

    async def place_gone(self, guild: int, place: int) -> None:
        """A channel or thread was deleted."""
        now = self._clock.now()
        ref = PlaceRef(str(place))
        if await self._transact.read(lambda uow: bool(uow.communities.find(HERE, str(guild)))):
            await self._transact.write(lambda uow: presence.place_gone(uow, HERE, str(guild), ref, now))

    async def role_gone(self, guild: int, role: int) -> None:
        """A role was deleted."""
        now = self._clock.now()
        if await self._transact.read(lambda uow: bool(uow.communities.find(HERE, str(guild)))):
            await self._transact.write(lambda uow: presence.ping_gone(uow, HERE, str(guild), str(role), now))

    async def allowed_again(self, guild: discord.Guild) -> None:
        """Permissions changed: what a refusal paused goes on where posting is allowed now."""
        await self._resume(lambda id: guild if id == guild.id else None)

    async def _resume(self, changed: Callable[[int], discord.Guild | None]) -> None:
        refused = await self._transact.read(lambda uow: presence.refused_places(uow, HERE))
        for community, place in refused:
            guild = changed(int(community))
            channel = guild.get_channel_or_thread(int(place)) if guild and place.isdigit() else None
            if channel is not None and why_not(channel) is None:
                await self._resume_in(community, place)

    async def _resume_in(self, community: str, place: PlaceRef) -> None:
        now = self._clock.now()
        if await self._transact.write(lambda uow: presence.place_usable(uow, HERE, community, place, now)):
            self._wake()
