"""A Discord of the tests' own, on loopback: the real client library talks to it as it would to the real one."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Self, TypeVar

from aiohttp import web

from tests.fakes.dates import dated
from tests.fakes.discord import openapi
from tests.fakes.discord.channels import Channel, Kind
from tests.fakes.discord.commands import Commands
from tests.fakes.discord.gateway import Gateway
from tests.fakes.discord.guilds import Guild
from tests.fakes.discord.interactions import Interaction
from tests.fakes.discord.messages import Message
from tests.fakes.discord.misbehaviour import Fault, Misbehaviour, Rule, path_pattern
from tests.fakes.discord.nonces import Nonces, OldEdits
from tests.fakes.discord.pulse import Pulse
from tests.fakes.discord.rate_limits import Allowance, RateLimits
from tests.fakes.discord.rest import Request, Rest
from tests.fakes.discord.snowflakes import Snowflakes
from tests.fakes.discord.users import User
from tests.fakes.discord.wire import Json
from tests.fakes.patience import PATIENCE, Patient

T = TypeVar("T")
PER_CHANNEL = Allowance(5, 5.0)
OVERALL = Allowance(50, 1.0)
AS_PATIENT = 3.0


class Violations(AssertionError):
    """The bot sent what Discord's document or limits do not allow."""


class FakeDiscord(Patient):
    """The server. Build the world before or while it runs, let a bot connect, act as people, look at what came.

    `patience` is how long a person waits for the first response, in real seconds: Discord's are `AS_PATIENT`, a test's
    do not go by time, see `nobody_waits`.
    `rate_limits` and `global_limit` are off unless asked for; `PER_CHANNEL` and `OVERALL` are Discord's.
    `check_spec` leaves the official document out when False, for timing. `check_answers` holds the fake's own answers
    against it, too.
    """

    def __init__(
        self,
        *,
        port: int = 0,
        token: str = "MTAwMDAwMDAwMDAwMDAwMDAwMA.fake.discord-token-of-the-tests",
        name: str = "Studybot",
        now: Callable[[], datetime] | None = None,
        patience: float = PATIENCE,
        shards: int = 1,
        max_concurrency: int = 1,
        enforce_max_concurrency: bool = False,
        most_guilds_a_shard: int = 2500,
        privileged_intents: int = 0,
        heartbeat_interval_ms: int = 41_250,
        rate_limits: Allowance | None = None,
        global_limit: Allowance | None = None,
        nonce_window: timedelta = timedelta(minutes=5),
        old_edits: int | None = None,
        check_spec: bool = True,
        check_answers: bool = False,
        keep_requests: bool = True,
    ) -> None:
        self.token = token
        self.now = now or (lambda: datetime.now(UTC))
        self.patience = patience
        self.shards = shards
        self.max_concurrency = max_concurrency
        self.enforce_max_concurrency = enforce_max_concurrency
        self.most_guilds_a_shard = most_guilds_a_shard
        self.privileged_intents = privileged_intents
        self.heartbeat_interval_ms = heartbeat_interval_ms
        self.keep_requests = keep_requests
        self.check_answers = check_answers

        self.ids = Snowflakes(self.now)
        self.pulse = Pulse()
        self.users: dict[str, User] = {}
        self.bot = self.new_user(name, bot=True)
        self.application_id = self.bot.id
        self.owner = self.new_user("owner of the bot")
        self.guilds: dict[str, Guild] = {}
        self.channels: dict[str, Channel] = {}
        self.messages_by_id: dict[str, Message] = {}
        self.interactions: dict[str, Interaction] = {}
        self.commands = Commands(self.application_id, self.ids)
        self.nonces = Nonces(self.now, nonce_window)
        self.old_edits = OldEdits(self.now, old_edits, timedelta(seconds=20))
        self.files: dict[str, bytes] = {}

        self.gateway = Gateway(self)
        self.misbehaviour = Misbehaviour()
        self.rate_limits = RateLimits(rate_limits, global_limit)
        self.requests: list[Request] = []
        self.violations: list[str] = []
        self.wants_spec = check_spec
        found = openapi.document() if check_spec else None
        self.spec = None if found is None else openapi.load(found)
        # Called for every message that comes, changes or goes: for who wants to look on.
        self.onlookers: list[Callable[[str, Message], None]] = []

        self.date: Callable[[], datetime | None] = lambda: None
        """What it is by Discord's own clock, as its answers say."""
        self._limits: set[asyncio.Timeout] = set()
        self._port = port
        self._runner: web.AppRunner | None = None
        self._rest = Rest(self)

    # --- where it is ---

    @property
    def port(self) -> int:
        return self._port

    @property
    def api_url(self) -> str:
        """For `discord.http.Route.BASE`."""
        return f"http://127.0.0.1:{self._port}/api/v10"

    @property
    def gateway_url(self) -> str:
        """For `discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY`."""
        return f"ws://127.0.0.1:{self._port}/gateway"

    @property
    def cdn_url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    @property
    def checked_against_spec(self) -> bool:
        """Return whether Discord's official document was found and is used."""
        return self.spec is not None

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=30 << 20)
        dated(app, lambda: self.date())  # noqa: PLW0108 - a test sets it later
        app.router.add_route("*", "/api/v10/{tail:.*}", self._rest.serve)
        app.router.add_get("/gateway", self.gateway.serve)
        app.router.add_get("/gateway/", self.gateway.serve)
        app.router.add_get("/attachments/{tail:.*}", self._serve_file)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self._port = int(self._runner.addresses[0][1])
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._rest.stop()
        self.gateway.abort()
        if self._runner is not None:
            await self._runner.cleanup()
        if error is None and self.violations:
            raise Violations("\n".join(self.violations))

    # --- the world ---

    def guild(self, name: str, *, locale: str = "en-US", joined: bool = True) -> Guild:
        """A new server with the bot in it. While a bot is connected, this is a join.

        With `joined=False` it is built first, and the bot is in it from `guild.join()` on.
        """
        found = Guild(self, name, locale=locale)
        if joined:
            found.join()
        return found

    def many_guilds(self, count: int, *, channels: int = 30, roles: int = 20) -> list[Guild]:
        """Servers of a common size, for load."""
        found = []
        for number in range(count):
            guild = Guild(self, f"Server {number}")
            for role in range(roles):
                guild.role(f"role {role}")
            for channel in range(channels):
                guild.text_channel(f"channel-{channel}")
            guild.join()
            found.append(guild)
        return found

    def new_user(self, name: str, *, bot: bool = False) -> User:
        found = User(self.ids.thing(), name, bot=bot)
        self.users[found.id] = found
        return found

    def dm_with(self, user: User) -> Channel:
        """The private conversation of the bot and somebody."""
        if user.dm is None:
            user.dm = Channel(self.ids.thing(), Kind.DM, user.name, recipient=user)
            self.channels[user.dm.id] = user.dm
        return user.dm

    # --- looking ---

    def messages(self, channel: Channel) -> list[Message]:
        """The messages in a channel that everybody sees, oldest first."""
        return list(channel.messages.values())

    def all_messages(self) -> list[Message]:
        """Every message there ever was, private answers and deleted ones too, oldest first."""
        return list(self.messages_by_id.values())

    def dms(self, user: User) -> list[Message]:
        """The bot's private messages to somebody."""
        return [] if user.dm is None else self.messages(user.dm)

    def requests_to(self, method: str, path: str) -> list[Request]:
        """The requests of one kind; `*` in the path is one step, `**` any."""
        pattern = path_pattern(path)
        return [one for one in self.requests if one.method == method and pattern.match(one.path)]

    @property
    def invalid_requests(self) -> int:
        """Answers of 401, 403 and 429 so far: Discord bans an address that gets 10,000 in 10 minutes."""
        return sum(one.status in (401, 403, 429) for one in self.requests)

    async def until(self, ask: Callable[[], T], *, timeout: float = PATIENCE, what: str = "") -> T:  # noqa: ASYNC109
        """Wait for something to become true: asked again after every request and event, and every 5 ms."""
        return await self.pulse.until(ask, timeout=timeout, what=what, look_every=0.005)

    def time(self) -> float:
        """Real seconds, for patience and rate limits."""
        return time.monotonic()

    # --- misbehaving ---

    def on(self, method: str, path: str, fault: Fault, *, times: int | None = None, after: int = 0) -> Rule:
        """Let requests suffer: `on("POST", "/channels/*/messages", Fail(503), times=2)`.

        `after` lets that number pass first.
        """
        return self.misbehaviour.add(method, path, fault, times=times, after=after)

    def give_up(self) -> None:
        """Nobody waits any longer for what has not been answered yet."""
        for limit in self._limits:
            limit.reschedule(asyncio.get_running_loop().time())

    def forgive_violations(self) -> list[str]:
        """Take back the violations so far: they were meant."""
        found, self.violations = self.violations, []
        return found

    @contextmanager
    def expecting_violations(self) -> Iterator[None]:
        """Expect limits to be broken in here; it is a mistake if none is."""
        before, self.violations = self.violations, []
        yield
        found, self.violations = self.violations, before
        if not found:
            raise AssertionError("Nothing was violated.")

    # --- inside ---

    async def send_interaction(self, interaction: Interaction, payload: Json) -> None:
        """Send an act to the bot and wait for its first response, as long as patience lasts."""
        self.interactions[interaction.token] = interaction
        guild = interaction.channel.guild
        self.gateway.dispatch("INTERACTION_CREATE", payload, guild=guild.id if guild else None)
        try:
            async with asyncio.timeout(self.patience) as limit:
                self._limits.add(limit)
                await interaction.answered.wait()
        except TimeoutError:
            interaction.too_late = True
        finally:
            self._limits.discard(limit)

    def announce(self, event: str, message: Message) -> None:
        """Tell whoever sees it that a message came, changed or went."""
        if not message.ephemeral:
            guild = message.channel.guild
            data = (
                message.payload() if event != "MESSAGE_DELETE" else {"id": message.id, "channel_id": message.channel.id}
            )
            if guild is not None:
                data["guild_id"] = guild.id
            self.gateway.dispatch(event, data, guild=guild.id if guild else None)
        for onlooker in self.onlookers:
            onlooker(event, message)
        self.pulse.beat()

    async def _serve_file(self, request: web.Request) -> web.Response:
        data = self.files.get(request.path)
        return web.Response(status=404) if data is None else web.Response(body=data)
