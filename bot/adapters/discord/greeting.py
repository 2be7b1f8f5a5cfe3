"""Greet a server that has invited us: once, and later if the first try was cut off or failed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import discord

from bot.adapters.discord.faults import log_failure
from bot.adapters.discord.publisher import NONCE_WINDOW, DiscordPublisher
from bot.ports.clock import Clock
from bot.ports.publisher import Later, Posted, Refused, Seen
from bot.ports.storage import StorageFault

log = logging.getLogger(__name__)

WITHIN = timedelta(days=2)
"""A missed greeting is sent later, up to this long after the invitation."""
SAID = "yes"
SECONDS_BETWEEN = 60.0
"""Seconds until the next try where Discord does not say how long to wait."""


class Greeting:
    """Greets a server; keeps when that was first tried, and later that it was done."""

    def __init__(
        self,
        publisher: DiscordPublisher,
        clock: Clock,
        remembered: Callable[[str], Awaitable[str | None]],
        remember: Callable[[str, str], Awaitable[None]],
    ) -> None:
        self._publisher = publisher
        self._clock = clock
        self._remembered = remembered
        self._remember = remember
        self._later: dict[int, asyncio.Task[None]] = {}

    async def make_up_for(self, guild: discord.Guild) -> None:
        """Greet a server that invited us while nobody listened, or whose greeting was cut off."""
        kept = await self._remembered(_key(guild.id))
        joined = guild.me.joined_at
        began = datetime.fromisoformat(kept) if kept and kept != SAID else joined
        if began is not None and self._clock.now() - began < WITHIN:
            await self.say(guild)

    async def say(self, guild: discord.Guild) -> None:
        """Say where to begin, once: in the system channel, or to the server's owner."""
        kept = await self._remembered(_key(guild.id))
        if kept == SAID:
            return
        now = self._clock.now()
        first = datetime.fromisoformat(kept) if kept else now
        if not kept:
            await self._remember(_key(guild.id), now.isoformat())
        else:
            # Discord may have taken it; its nonce is not relied on where one can look, for clocks are set.
            found = await self._publisher.find_greeting(guild, first)
            if found is Seen.LATER:
                self._say_later(guild, SECONDS_BETWEEN)
                return
            known = timedelta() <= now - first < NONCE_WINDOW
            if found is not Seen.ABSENT and not (found is Seen.CANNOT_TELL and known):  # rather none than two
                await self._remember(_key(guild.id), SAID)
                return
        result = await self._publisher.greet(guild, f"{guild.id}:{first.isoformat()}")
        match result:
            case Posted() | Refused():
                await self._remember(_key(guild.id), SAID)
            case Later(seconds):
                self._say_later(guild, seconds)
            case _:
                self._say_later(guild, SECONDS_BETWEEN)

    async def forget(self, guild: int) -> None:
        """A server that removed us is greeted again when it invites us again."""
        self._stop_waiting(guild)
        await self._remember(_key(guild), "")

    def stop(self) -> None:
        """Stop waiting; what is left is sent once we are connected again."""
        for id in list(self._later):
            self._stop_waiting(id)

    def _stop_waiting(self, id: int) -> None:
        task = self._later.pop(id, None)
        if task is not None and task is not asyncio.current_task():
            task.cancel()

    def _say_later(self, guild: discord.Guild, seconds: float) -> None:
        self._stop_waiting(guild.id)
        self._later[guild.id] = asyncio.create_task(self._after(guild, seconds))

    async def _after(self, guild: discord.Guild, seconds: float) -> None:
        await asyncio.sleep(seconds)
        try:
            await self.make_up_for(guild)
        except StorageFault as fault:
            if not fault.ended:
                self._say_later(guild, SECONDS_BETWEEN)
        except Exception as error:
            log_failure(log, "greeting a server failed", error)


def _key(guild: int) -> str:
    return f"discord-greeted:{guild}"
