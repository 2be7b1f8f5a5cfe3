"""Servers that come and go, channels and roles that are deleted, permissions lost and returned."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from datetime import datetime

import discord

from bot.adapters.discord.faults import PASSED_OVER, log_failure
from bot.adapters.discord.greeting import Greeting
from bot.adapters.discord.permissions import why_not
from bot.adapters.discord.places import channel_at, known_channel
from bot.domain.community import Platform
from bot.domain.identifiers import PlaceRef
from bot.kit import Background
from bot.ports.clock import Clock
from bot.ports.publisher import Address
from bot.ports.storage import StorageFault, Transact, UnitOfWork
from bot.posting import places

log = logging.getLogger(__name__)

HERE = Platform.DISCORD
AGAIN_AFTER = 5.0
"""Seconds until what the database could not take is corrected from what the client knows."""


class Life:
    """Keeps what is stored in step with the servers the bot is in."""

    def __init__(
        self,
        transact: Transact,
        clock: Clock,
        greeting: Greeting,
        wake: Callable[[], None],
        say: Callable[[str], None],
    ) -> None:
        self._transact = transact
        self._clock = clock
        self._greeting = greeting
        self._wake = wake
        self._say = say
        # Who removes us and asks us back at once must not be taken the other way round.
        self._in_turn = asyncio.Lock()
        self._client: discord.Client | None = None
        self._missed = False
        """Something happened that the database could not take."""
        self._catching_up: asyncio.Task[None] | None = None
        self._at_work = Background()

    async def ready(self, client: discord.Client) -> None:
        """Connected with a full list of servers: correct what came and went while nobody listened."""
        self._client = client
        await self.take_in(self._catch_up(client))

    async def _catch_up(self, client: discord.Client) -> None:
        async with self._in_turn:
            present = frozenset(str(guild.id) for guild in client.guilds)
            now = self._clock.now()
            gone = await self._transact.write(lambda uow: places.reconcile(uow, HERE, present, now))
            if gone:
                log.info("%d servers were left while we were away", len(gone))
            for community in gone:
                await self._greeting.forget(int(community))
            for guild in client.guilds:
                if not guild.unavailable:
                    await self._greeting.make_up_for(guild)
            await self._let_roles_go(client)
            await self._resume(client.get_guild)
        # Discord is asked for each of them; nothing waits for it.
        self._at_work.start(self._look_for_archived(client))

    async def _look_for_archived(self, client: discord.Client) -> None:
        """Resume in threads that were unlocked while nobody listened: put away, they are in no list."""
        try:
            for community, place in await self._transact.read(lambda uow: places.refused_places(uow, HERE)):
                if known_channel(client, community, place) is None and await _usable(client, community, place):
                    await self._resume_in(community, place)
        except StorageFault as fault:
            log.warning("threads were not looked for: %s", fault.reference)
        except Exception as error:
            log_failure(log, "looking for threads failed", error)

    async def joined(self, guild: discord.Guild) -> None:
        """Invited: what stood still goes on, and where to begin is said once."""
        self._say(f"Discord: invited to {guild.name}.")
        async with self._in_turn:
            now = self._clock.now()
            back = await self._transact.write(lambda uow: places.came_back(uow, HERE, str(guild.id), now))
            if back:
                self._wake()
            else:
                await self._greeting.say(guild)

    async def removed(self, guild: discord.Guild) -> None:
        """Removed, which an outage is not: nothing more is posted there, and after a while everything is erased."""
        self._say(f"Discord: removed from {guild.name}.")
        now = self._clock.now()
        async with self._in_turn:
            await self._transact.write(lambda uow: places.left(uow, HERE, str(guild.id), now))
            await self._greeting.forget(guild.id)

    def disconnected(self) -> None:
        """The connection has ended; the next begins with ``ready``, which corrects what was cut off here."""
        self._client = None
        self._greeting.stop()
        self._at_work.cancel()

    async def place_gone(self, guild: int, place: int) -> None:
        """A channel or thread was deleted."""
        await self._change(guild, lambda uow, now: places.place_gone(uow, HERE, str(guild), PlaceRef(str(place)), now))

    async def role_gone(self, guild: int, role: int) -> None:
        """A role was deleted."""
        await self._change(guild, lambda uow, now: places.ping_gone(uow, HERE, str(guild), str(role), now))

    async def _change(self, guild: int, change: Callable[[UnitOfWork, datetime], object]) -> None:
        """Change what is kept of a server, if anything is."""
        now = self._clock.now()
        if await self._transact.read(lambda uow: bool(uow.communities.find(HERE, str(guild)))):
            await self._transact.write(lambda uow: change(uow, now))

    async def _let_roles_go(self, client: discord.Client) -> None:
        for community, role in await self._transact.read(lambda uow: places.pinged_roles(uow, HERE)):
            guild = client.get_guild(int(community))
            if guild and not guild.unavailable and role.isdigit() and guild.get_role(int(role)) is None:
                await self.role_gone(guild.id, int(role))

    async def allowed_again(self, guild: discord.Guild, thread: discord.Thread | None = None) -> None:
        """Permissions changed: what a refusal paused goes on where posting is allowed now.

        ``thread`` is one that was opened; one that is still put away is not known to the client.
        """
        await self._resume(lambda id: guild if id == guild.id else None, thread)

    async def take_in(self, doing: Coroutine[None, None, None]) -> None:
        """Take something in; where the database cannot, all is corrected from the client's full list once it can."""
        try:
            await self._at_work.start(doing)
        except StorageFault as fault:
            if fault.ended:
                raise
            self._missed = True
            if self._catching_up is None or self._catching_up.done():
                self._catching_up = self._at_work.start(self._catch_up_later())

    async def _catch_up_later(self) -> None:
        while self._missed:
            await asyncio.sleep(AGAIN_AFTER)
            if self._client is None:
                return
            self._missed = False
            try:
                await self._catch_up(self._client)
            except StorageFault as fault:
                self._missed = not fault.ended
            except Exception as error:
                log_failure(log, "catching up on what was missed failed", error)

    async def _resume(
        self, changed: Callable[[int], discord.Guild | None], thread: discord.Thread | None = None
    ) -> None:
        refused = await self._transact.read(lambda uow: places.refused_places(uow, HERE))
        for community, place in refused:
            guild = changed(int(community))
            channel = guild.get_channel_or_thread(int(place)) if guild and place.isdigit() else None
            if channel is None and thread is not None and place == str(thread.id):
                channel = thread
            if channel is not None and why_not(channel) is None:
                await self._resume_in(community, place)

    async def _resume_in(self, community: str, place: PlaceRef) -> None:
        now = self._clock.now()
        if await self._transact.write(lambda uow: places.place_usable(uow, HERE, community, place, now)):
            self._wake()


async def _usable(client: discord.Client, community: str, place: PlaceRef) -> bool:
    """Return whether something can be posted in a place that is in no list; false where Discord does not say now."""
    try:
        return why_not(await channel_at(client, Address(community, place))) is None
    except PASSED_OVER:
        return False
