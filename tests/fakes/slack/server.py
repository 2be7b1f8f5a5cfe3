"""The fake itself: a small Slack on 127.0.0.1."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from types import TracebackType

from aiohttp import web

from tests.fakes.clock import FakeClock
from tests.fakes.dates import dated
from tests.fakes.patience import PATIENCE, Patient
from tests.fakes.slack.answers import Answers
from tests.fakes.slack.changes import Changes
from tests.fakes.slack.channel import Channel
from tests.fakes.slack.clock import Clock
from tests.fakes.slack.events import Events
from tests.fakes.slack.http_mode import HttpLine
from tests.fakes.slack.installing import Browser
from tests.fakes.slack.lines import Lines
from tests.fakes.slack.manifest import Manifest
from tests.fakes.slack.message import Message
from tests.fakes.slack.misbehaviour import Misbehaviour, Plan
from tests.fakes.slack.person import Person
from tests.fakes.slack.rate_limits import RateLimits
from tests.fakes.slack.request_log import RequestLog
from tests.fakes.slack.socket_mode import Sockets
from tests.fakes.slack.view import View
from tests.fakes.slack.web_api import WebApi
from tests.fakes.slack.wire import JsonObject
from tests.fakes.slack.workspace import Workspace
from tests.fakes.slack.world import APP_ID, World

AS_PATIENT = 3.0


class RulesBroken(AssertionError):
    """The app sent what Slack refuses, or what would serve a person badly."""


class FakeSlack(Patient):
    """A Slack that the unmodified SDKs can talk to.

    ``patience`` is how many real seconds people wait for an acknowledgement: Slack's are ``AS_PATIENT``; a test's do
    not go by time, see ``nobody_waits``. ``clock`` is what triggers, response urls and rate limits go by;
    without one it stands still. ``rate_limits`` switches those on.
    """

    app_id = APP_ID
    client_id = "1111.2222"
    client_secret = "client-secret"
    signing_secret = "signing-secret"
    app_token = "xapp-1-A0000000001-1-fake"

    def __init__(
        self,
        *,
        clock: Clock | None = None,
        manifest: Manifest | JsonObject | None = None,
        patience: float = PATIENCE,
        rate_limits: bool = False,
        port: int = 0,
    ) -> None:
        declared = Manifest.parse(manifest) if isinstance(manifest, dict) else manifest or Manifest()
        self.world = World(
            clock or FakeClock(datetime.now(UTC)), declared, self.client_id, self.client_secret, self.app_token
        )
        self.requests = RequestLog()
        self.sockets = Sockets(self.world.ids, self.world.changes, APP_ID, patience)
        self.lines = Lines(self.sockets)
        self.events = Events(self.world, self.lines)
        self._plan = Plan()
        self._port = port
        limits = RateLimits(self.world.clock) if rate_limits else None
        self._web_api = WebApi(self.world, self.sockets, self._plan, self.requests, limits)
        self._answers = Answers(self.world, self._plan, self.requests)
        self.date: Callable[[], datetime | None] = lambda: None
        """What it is by Slack's own clock, as its answers say."""
        self._runner: web.AppRunner | None = None
        self._first: Workspace | None = None

    # --- being there --------------------------------------------------------------------------------------------------

    async def __aenter__(self) -> FakeSlack:
        app = web.Application(client_max_size=8 * 1024**2)
        dated(app, lambda: self.date())  # noqa: PLW0108 - a test sets it later
        app.router.add_route("*", "/api/{method}", self._web_api.handle)
        app.router.add_post("/response/{team}/{number}", self._answers.handle)
        app.router.add_post("/upload/{file}", self._upload)
        app.router.add_get("/link/", self.sockets.handle)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        port = self._runner.addresses[0][1]
        self.world.base = f"http://127.0.0.1:{port}"
        self.world.response_urls.base = self.world.base
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._plan.release_all()
        await self.sockets.close()
        if self.lines.http is not None:
            await self.lines.http.close()
        if self._runner is not None:
            await self._runner.cleanup()
        if kind is None and self.world.violations:
            raise RulesBroken("\n".join(self.world.violations))

    @property
    def url(self) -> str:
        """Where it listens."""
        return self.world.base

    @property
    def api_url(self) -> str:
        """The ``base_url`` of the SDK's web client."""
        return f"{self.world.base}/api/"

    @property
    def bot_token(self) -> str:
        """The bot token of the first workspace."""
        return self.home_workspace.token

    @property
    def patience(self) -> float:
        """The real seconds people wait for an acknowledgement."""
        return self.sockets.patience

    @patience.setter
    def patience(self, seconds: float) -> None:
        self.sockets.patience = seconds
        if self.lines.http is not None:
            self.lines.http.patience = seconds

    # --- what there is ------------------------------------------------------------------------------------------------

    def workspace(
        self, name: str = "learners", *, installed: bool = True, enterprise_id: str | None = None
    ) -> Workspace:
        """A new workspace."""
        team = self.world.workspace(name, installed=installed, enterprise_id=enterprise_id)
        made = Workspace(self.world, team, self.lines, self.events)
        self._first = self._first or made
        return made

    @property
    def home_workspace(self) -> Workspace:
        """The first workspace, made if there is none yet."""
        return self._first or self.workspace()

    def messages(self, channel: Channel) -> list[Message]:
        """The messages everyone in a channel sees."""
        return [message for message in channel.messages if not message.deleted]

    def home(self, person: Person) -> View | None:
        """A person's Home tab, if it was ever published."""
        return person.home

    @property
    def changes(self) -> Changes:
        """Wakes those who wait; see ``until``."""
        return self.world.changes

    async def until(self, holds: Callable[[], bool], what: str = "what the test waits for") -> None:
        """Wait until something holds, looked at whenever anything happened here."""
        await self.changes.until(holds, what)

    async def posted(self, channel: Channel, number: int = 1) -> Message:
        """Wait until a channel has that many messages."""
        await self.until(lambda: len(self.messages(channel)) >= number, f"message {number} in #{channel.name}")
        return self.messages(channel)[number - 1]

    # --- what goes wrong ----------------------------------------------------------------------------------------------

    def on(self, method: str, behaviour: Misbehaviour, *, times: int = 1, channel: Channel | None = None) -> None:
        """The next calls of a method go like this. Answers to interactions are the method ``response_url``."""
        self._plan.add(method, behaviour, times, None if channel is None else channel.id)

    def unspent(self) -> list[str]:
        """Faults that were planned and have not come yet."""
        return self._plan.unused()

    def forgive(self) -> list[str]:
        """Forget the violations so far and return them, so that the fake may end in peace."""
        forgiven = list(self.world.violations)
        self.world.violations.clear()
        return forgiven

    # --- HTTP instead of Socket Mode ----------------------------------------------------------------------------------

    async def deliver_to(self, url: str) -> HttpLine:
        """From now on, send everything to the app's own address, signed."""
        if self.lines.http is not None:
            await self.lines.http.close()
        self.lines.http = HttpLine(url, self.signing_secret, self.patience)
        return self.lines.http

    def browser(self, person: Person, app_url: str) -> Browser:
        """A person's browser, for installing the app from its own pages."""
        return Browser(self.world, person.team, person.id, app_url)

    async def _upload(self, request: web.Request) -> web.Response:
        file = self.world.files.get(request.match_info["file"])
        content = await request.read()
        if file is None or len(content) != file["length"]:
            return web.Response(status=400, text="wrong length")
        file["content"] = content
        return web.Response(text=f"OK - {len(content)}")
