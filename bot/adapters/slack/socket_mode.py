"""Socket Mode: one line to Slack, no public address; taken up again whenever it breaks.

Not the SDK's own client: that one takes up to ten seconds to see that a line was torn, connects twice where an
announced end and the end itself meet, and has been reported to fall silent for good.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.adapters.slack.web import FAILED, Web, error_of
from bot.ports.face import FaceEnded

log = logging.getLogger(__name__)

HEARTBEAT = 10.0
"""Seconds of silence after which we ask whether anyone is there; half as many for the answer."""
FIRST_WAIT, LONGEST_WAIT = 0.5, 60.0
"""Seconds between two attempts to connect; doubled each time."""
SHORT_LIFE = 0.02
"""Seconds; a line that ends sooner was never one, and is not made anew at once."""
LEAVING_WITHIN = 15.0
"""Seconds in which Slack closes a line it announced to close."""
FATAL = {
    "invalid_auth": "Slack does not accept SLACK_APP_TOKEN.",
    "not_authed": "Slack does not accept SLACK_APP_TOKEN.",
    "token_revoked": "SLACK_APP_TOKEN was revoked.",
    "account_inactive": "The app was removed from Slack.",
    "not_allowed_token_type": "SLACK_APP_TOKEN is no app-level token; those begin with xapp-.",
    "missing_scope": "SLACK_APP_TOKEN lacks connections:write.",
}
MAKE_ONE = (
    "Make an app-level token with connections:write in the app's settings (Basic Information, App-Level Tokens) and "
    "put it into SLACK_APP_TOKEN."
)
DISABLED = "Socket Mode is switched off for this app. Switch it on in the app's settings, under Socket Mode."

Take = Callable[[str, dict[str, Any]], Awaitable[dict[str, Any] | None]]


class TooManyLines(OSError):
    """Slack takes no other line of this app for now; unlike one that breaks, it is not made anew at once."""


class Socket:
    """Keeps a line to Slack and hands on what comes down it."""

    def __init__(
        self,
        web: Web,
        app_token: str,
        take: Take,
        ready: Callable[[], Awaitable[None]],
        line: Callable[[bool], None],
    ) -> None:
        """``ready`` is called at each new line, ``line`` when one is lost (False) or there again (True)."""
        self._web = web
        self._app_token = app_token
        self._take = take
        self._ready = ready
        self._line = line
        self._heard_at: float | None = None
        self._lines: set[asyncio.Task[None]] = set()
        self._taking: set[asyncio.Task[None]] = set()

    @property
    def silence(self) -> float | None:
        """Seconds since the last frame came down the line; None if there is no line."""
        if self._heard_at is None:
            return None
        return asyncio.get_running_loop().time() - self._heard_at

    @property
    def alive(self) -> bool:
        """Whether people can reach us now."""
        silence = self.silence
        return silence is not None and silence < HEARTBEAT * 2

    async def run(self) -> None:
        """Connect, and again whenever the line ends. ``FaceEnded`` for what only a person can mend."""
        wait = FIRST_WAIT
        try:
            while True:
                try:
                    if await self._one_line() >= SHORT_LIFE:
                        wait = FIRST_WAIT
                        continue
                except SlackApiError as error:
                    if error_of(error) in FATAL:
                        raise FaceEnded(f"{FATAL[error_of(error)]} {MAKE_ONE}") from None
                    log.warning("Slack gave no line: %s", error_of(error))
                except FAILED as error:
                    log.warning("connecting to Slack failed: %s", type(error).__name__)
                self._line(False)
                await asyncio.sleep(wait)
                wait = min(wait * 2, LONGEST_WAIT)
        finally:
            self._heard_at = None
            for task in (*self._lines, *self._taking):
                task.cancel()

    async def _one_line(self) -> float:
        """One line until it ends or its end is announced; what still comes down it then is heard all the same.

        Returns the seconds it lasted.
        """
        client = self._web.client(None)
        told = await client.apps_connections_open(app_token=self._app_token)
        socket = await self._web.session.ws_connect(
            str(told["url"]), heartbeat=HEARTBEAT, autoping=False, max_msg_size=0, timeout=_CLOSING
        )
        began = asyncio.get_running_loop().time()
        ending = asyncio.Event()
        hearing = asyncio.get_running_loop().create_task(self._hear(socket, ending))
        self._lines.add(hearing)
        hearing.add_done_callback(self._lines.discard)
        announced = asyncio.get_running_loop().create_task(ending.wait())
        try:
            await asyncio.wait({hearing, announced}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            announced.cancel()
        if hearing.done():
            self._heard_at = None
            self._line(False)
            hearing.result()
        return asyncio.get_running_loop().time() - began

    async def _hear(self, socket: aiohttp.ClientWebSocketResponse, ending: asyncio.Event) -> None:
        loop = asyncio.get_running_loop()
        try:
            while True:
                async with asyncio.timeout(LEAVING_WITHIN if ending.is_set() else None):
                    frame = await socket.receive()
                if not ending.is_set():
                    self._heard_at = loop.time()
                match frame.type:
                    case aiohttp.WSMsgType.TEXT:
                        await self._frame(socket, frame, ending)
                    case aiohttp.WSMsgType.PING:
                        await socket.pong(frame.data)
                    case aiohttp.WSMsgType.PONG | aiohttp.WSMsgType.BINARY:
                        pass
                    case _:
                        return
        except (TimeoutError, aiohttp.ClientError, ConnectionError):
            return
        finally:
            await socket.close()

    async def _frame(self, socket: aiohttp.ClientWebSocketResponse, frame: Any, ending: asyncio.Event) -> None:  # noqa: ANN401
        try:
            said = frame.json()
        except ValueError:
            said = None
        if not isinstance(said, dict):
            log.warning("Slack sent something that is no message")
            return
        match said.get("type"):
            case "hello":
                if int(said.get("num_connections") or 1) > 1:
                    log.info(
                        "this app has %s lines open; Slack sends each thing down any of them", said["num_connections"]
                    )
                self._line(True)
                self._begin(self._ready())
            case "disconnect":
                reason = str(said.get("reason"))
                log.info("Slack ends the line: %s", reason)
                if reason == "link_disabled":
                    raise FaceEnded(DISABLED)
                if reason == "too_many_websockets":
                    raise TooManyLines
                ending.set()
            case kind if "envelope_id" in said:
                self._begin(self._acknowledged(socket, str(kind), said))
            case _:
                log.info("Slack sent a message of an unknown kind")

    async def _acknowledged(self, socket: aiohttp.ClientWebSocketResponse, kind: str, said: dict[str, Any]) -> None:
        payload = said.get("payload")
        body = await self._take(kind, payload) if isinstance(payload, dict) else None
        acknowledgement: dict[str, Any] = {"envelope_id": said["envelope_id"]}
        if body is not None and said.get("accepts_response_payload", True):
            acknowledgement["payload"] = body
        try:
            await socket.send_json(acknowledgement)
        except (ConnectionError, aiohttp.ClientError):
            log.warning("an acknowledgement did not reach Slack: the line was gone")

    def _begin(self, work: Any) -> None:  # noqa: ANN401 - a coroutine of nothing
        task = asyncio.get_running_loop().create_task(work)
        self._taking.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._taking.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.error("handling what Slack sent failed", exc_info=task.exception())


_CLOSING = aiohttp.ClientWSTimeout(ws_close=1.0)
