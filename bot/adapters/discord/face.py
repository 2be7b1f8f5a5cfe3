"""The Discord face: connected for as long as it may be, and everything that comes in led to its place."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

import aiohttp
import discord
from discord.http import Route

from bot.adapters.discord.cards import Names
from bot.adapters.discord.client import Client
from bot.adapters.discord.door import Door
from bot.adapters.discord.faults import log_failure
from bot.adapters.discord.life import Life
from bot.adapters.discord.places import can_ring, place_name, remark
from bot.adapters.discord.registration import Registration
from bot.kit import Backoff
from bot.ports.face import FaceEnded
from bot.ports.storage import StorageFault

log = logging.getLogger(__name__)

POSTS_PER_SECOND = 47.0
"""A turn that came late is made up for, so that any second has 48 at most. Discord takes fifty from one bot; the
library does not pace that limit."""
FIRST_WAIT, LONGEST_WAIT = 1.0, 300.0
"""Seconds between two attempts to connect: doubled each time. A thousand a day would have the token reset."""
READY_WITHIN = 120.0
"""Seconds for a first connection. After that we start over: the library's own retrying never ends and nests."""

FATAL = {
    4004: "Discord does not accept the token any more. Make a new one in the Developer Portal (Bot, Reset Token) "
    "and put it into DISCORD_TOKEN.",
    4010: "Discord says the shard is invalid. Start Studybot again.",
    4011: "Discord wants this bot in more shards than were asked for. Start Studybot again.",
    4012: "Discord does not speak this version of its gateway any more. Update Studybot.",
    4013: "Discord says the intents are invalid. Update Studybot.",
    4014: "Discord does not allow this bot the intents it asked for. Update Studybot.",
}
"""Close codes after which connecting again would change nothing."""


@dataclass(frozen=True, slots=True)
class Where:
    """Where Discord is: its own addresses, or those of a proxy."""

    api: str | None = None
    gateway: str | None = None

    def use(self) -> None:
        """Point the library's requests there; it keeps that address at a class."""
        if self.api:
            Route.BASE = self.api.rstrip("/")


class InBrief(logging.Filter):
    """A line that is taken up again is no fault of ours: said in one sentence, without where in the library it was."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep the record, in brief. What storage has said by itself is left as it is: the log leaves it out."""
        error = record.exc_info[1] if record.exc_info else None
        if error is not None and not isinstance(error, StorageFault):
            record.msg = f"{record.getMessage()} ({type(error).__name__})"
            record.args, record.exc_info, record.exc_text = (), None, None
            record.levelno, record.levelname = logging.WARNING, "WARNING"
        return True


for _name in ("discord.shard", "discord.client"):
    logging.getLogger(_name).addFilter(InBrief())


class Connected:
    """The client of the moment, what it knows by name, and the ids of the commands."""

    def __init__(self) -> None:
        self.client: Client | None = None
        self.commands: dict[str, int] = {}

    def present(self) -> Client | None:
        """The client, while there is a connection."""
        return self.client if self.client is not None and not self.client.is_closed() else None

    def names(self, community: str) -> Names:
        """Names of a server's channels, and what is known of them."""
        of = (self.client, community)
        return Names(partial(place_name, *of), self.commands, partial(can_ring, *of), partial(remark, *of))

    def alive(self) -> bool:
        """Return whether people can reach us now."""
        return self.client is not None and self.client.alive

    async def ask_the_time(self) -> None:
        """Call Discord, for the date in its answer."""
        if self.client is None:
            raise ConnectionError
        await self.client.application_info()


class DiscordFace:
    """Runs until stopped or unable to go on; hears what the client hears."""

    name = "Discord"

    def __init__(
        self,
        token: str,
        where: Where,
        connected: Connected,
        door: Door,
        life: Life,
        registration: Registration,
        on_ready: Callable[[], Awaitable[None]],
        say: Callable[[str], None],
        date: Callable[[str], None],
    ) -> None:
        self._token = token
        self._where = where
        self._connected = connected
        self._door = door
        self._life = life
        self._registration = registration
        self._on_ready = on_ready
        self._say = say
        self._date = date
        self._waits = Backoff(FIRST_WAIT, LONGEST_WAIT)
        self._lost = False
        self._registering: asyncio.Task[None] | None = None

    async def run(self) -> None:
        """Connect, and again after each failure that may pass. Raises ``FaceEnded`` for one that will not."""
        self._where.use()
        while True:
            await self._connect()
            wait = self._waits.next() * random.uniform(0.75, 1.25)
            self._say(f"Discord cannot be reached; trying again in {wait:.0f} s.")
            await asyncio.sleep(wait)

    async def _connect(self) -> None:
        """One connection until it ends; returns if another may do better."""
        client = Client(self, self._door.enter, self._life, self._where.gateway, self._date)
        self._connected.client = client
        try:
            async with client:
                try:
                    await self._held(client)
                finally:
                    self._disconnected()
        except discord.LoginFailure:
            raise FaceEnded(
                "Discord does not accept DISCORD_TOKEN. Copy the token again from the Developer Portal (Bot, "
                "Reset Token)."
            ) from None
        except discord.PrivilegedIntentsRequired:
            raise FaceEnded(FATAL[4014]) from None
        except discord.ConnectionClosed as error:
            if error.code in FATAL:
                raise FaceEnded(FATAL[error.code]) from None
            log.warning("Discord closed the line with %s", error.code)
        except (discord.HTTPException, discord.GatewayNotFound, aiohttp.ClientError, OSError, TimeoutError) as error:
            log.warning("connecting to Discord failed: %s", type(error).__name__)
        finally:
            self._connected.client = None

    def _disconnected(self) -> None:
        """Stop what needs the connection, before it is closed."""
        self._life.disconnected()
        if self._registering is not None:
            self._registering.cancel()

    async def _held(self, client: Client) -> None:
        running = asyncio.create_task(client.start(self._token))
        try:
            done, _ = await asyncio.wait({running}, timeout=READY_WITHIN)
            if not done and not client.shards:
                raise TimeoutError
            await running
        finally:
            running.cancel()

    # --- what the client hears ----------------------------------------------------------------------------------

    async def logged_in(self, client: discord.Client) -> None:
        """Begin to register the commands if they changed; nothing waits for it."""
        self._connected.commands = await self._registration.known(client)
        self._registering = asyncio.create_task(self._register(client))

    async def _register(self, client: discord.Client) -> None:
        try:
            self._connected.commands = await self._registration.keep_trying(client, self._say)
        except Exception as error:
            if not client.is_closed():  # else it is tried again with the next connection
                log_failure(log, "registering the commands failed for good", error)

    async def ready(self, client: discord.Client) -> None:
        """Say so, catch up with what happened meanwhile, begin to post."""
        self._waits.reset()
        self._lost = False
        servers = len(client.guilds)
        self._say(f"Discord: connected as {client.user}, in {servers} server{'' if servers == 1 else 's'}.")
        if not servers:
            self._say("Discord: `studybot invite` prints the address that invites it to one.")
        try:
            await self._life.ready(client)
        except Exception:
            await self._on_ready()
            raise
        await self._on_ready()

    def line(self, good: bool) -> None:
        """Say when the line is lost and when it is back, once each."""
        if good != self._lost:
            return
        self._lost = not good
        self._say("Discord: connected again." if good else "Discord: the line was lost; connecting again.")
