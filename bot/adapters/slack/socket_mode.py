"""Socket Mode: one line to Slack, no public address; taken up again whenever it breaks.

The classes are those of the SDK and of Bolt, the line is ours: the SDK's own comes back from a torn line after about
eight seconds, and there are open reports of it falling silent for good.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import logging
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

import aiohttp
from slack_bolt.adapter.socket_mode.async_base_handler import AsyncBaseSocketModeHandler
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from bot.adapters.slack.faults import limited_for
from bot.adapters.slack.listeners import REFUSED, Listeners, content, lost
from bot.adapters.slack.web import FAILED, Web, error_of
from bot.kit import Background, Backoff
from bot.ports.face import FaceEnded

log = logging.getLogger(__name__)

HEARTBEAT = 10.0
"""Seconds of silence after which we ask whether anyone is there; half as many for the answer."""
FIRST_WAIT, LONGEST_WAIT = 0.1, 60.0
"""Seconds between two attempts to connect; doubled each time."""
SHORT_LIFE = 5.0
"""Seconds; after a line that ended sooner the next is waited for a little longer each time."""
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


class TooManyLines(OSError):
    """Slack takes no other line of this app for now; unlike one that breaks, it is not opened again at once."""


class SocketLine(AsyncBaseSocketModeClient):
    """One line to Slack: a WebSocket, until either side ends it."""

    def __init__(
        self, web: Web, app_token: str, greeted: Callable[[], None], heard: Callable[[SocketLine], None]
    ) -> None:
        """``greeted`` is called at Slack's hello, ``heard`` at each frame until the end is announced."""
        self.logger = log
        self.web_client = web.client(None)
        self.app_token = app_token
        self.wss_uri = ""
        self.socket_mode_request_listeners = []
        self.ending = asyncio.Event()
        """Slack announced that it ends this line; what still comes down it is answered all the same."""
        self.unsure: dict[bytes, Callable[[], None]] = {}
        """The other way for each acknowledgement not echoed yet, taken if the line ends before it is."""
        self._marks = itertools.count(1)
        self._session = web.session
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._greeted = greeted
        self._heard = heard
        self._taking = Background(_failed)

    async def is_connected(self) -> bool:
        """Return whether it is open, as far as can be told."""
        return self._socket is not None and not self._socket.closed

    async def connect(self) -> None:
        """Open it."""
        told = await self.web_client.apps_connections_open(app_token=self.app_token)
        self.wss_uri = str(told["url"])
        self._socket = await self._session.ws_connect(
            self.wss_uri, heartbeat=HEARTBEAT, autoping=False, max_msg_size=0, timeout=_CLOSING
        )

    async def disconnect(self) -> None:
        """Close it."""
        if self._socket is not None:
            await self._socket.close()

    async def send_message(self, message: str) -> None:
        """Send a frame of text."""
        assert self._socket is not None  # connected
        await self._socket.send_str(message)

    async def acknowledge(self, response: SocketModeResponse, otherwise: Callable[[], None]) -> None:
        """Send an acknowledgement that carries an answer; ``otherwise`` where the line ends before it is echoed.

        A half-open line takes all that is written to it. A ping behind the acknowledgement comes back only after it.
        """
        assert self._socket is not None  # connected
        mark = b"%d" % next(self._marks)
        self.unsure[mark] = otherwise
        try:
            await self.send_socket_mode_response(response)
            await self._socket.ping(mark)
        except (ConnectionError, aiohttp.ClientError):
            self._lost(mark)

    def cancel(self) -> None:
        """Stop handling what came in."""
        self._taking.cancel()

    async def hear(self) -> None:
        """Take in what comes down it until it ends; what may not have arrived by then goes another way."""
        await self._hear()
        for mark in list(self.unsure):
            self._lost(mark)

    def _lost(self, mark: bytes) -> None:
        otherwise = self.unsure.pop(mark, None)
        if otherwise is not None:
            log.warning("an acknowledgement may not have reached Slack: the line was gone")
            otherwise()

    async def _hear(self) -> None:
        assert self._socket is not None  # connected
        try:
            while True:
                async with asyncio.timeout(LEAVING_WITHIN if self.ending.is_set() else None):
                    frame = await self._socket.receive()
                if not self.ending.is_set():
                    self._heard(self)
                match frame.type:
                    case aiohttp.WSMsgType.TEXT:
                        self._frame(frame)
                    case aiohttp.WSMsgType.PING:
                        await self._socket.pong(frame.data)
                    case aiohttp.WSMsgType.PONG:
                        self.unsure.pop(bytes(frame.data), None)
                    case aiohttp.WSMsgType.BINARY:
                        pass
                    case _:
                        return
        except (TimeoutError, aiohttp.ClientError, ConnectionError):
            return
        finally:
            await self.disconnect()

    def _frame(self, frame: Any) -> None:  # noqa: ANN401 - aiohttp's own
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
                self._greeted()
            case "disconnect":
                reason = str(said.get("reason"))
                log.info("Slack ends the line: %s", reason)
                if reason == "link_disabled":
                    raise FaceEnded(DISABLED)
                if reason == "too_many_websockets":
                    raise TooManyLines
                self.ending.set()
            case _ if "envelope_id" in said:
                self._taking.start(self._requested(said))
            case _:
                log.info("Slack sent a message of an unknown kind")

    async def _requested(self, said: dict[str, Any]) -> None:
        payload = said.get("payload")
        request = SocketModeRequest.from_dict(
            {"type": "", **said, "payload": payload if isinstance(payload, dict) else {}}
        )
        assert request is not None  # all it takes is there
        for listener in self.socket_mode_request_listeners:
            await listener(self, request)  # type: ignore[call-arg, arg-type, misc] # as the SDK's own do


class Socket(AsyncBaseSocketModeHandler):
    """Keeps a line to Slack and hands to Bolt what comes down it."""

    def __init__(
        self,
        web: Web,
        app_token: str,
        listeners: Listeners,
        ready: Callable[[], Coroutine[Any, Any, None]],
        line: Callable[[bool], None],
    ) -> None:
        """``ready`` is called at each new line, ``line`` when one is lost (False) or there again (True)."""
        self.app = listeners.app
        self._listeners = listeners
        self._web = web
        self._app_token = app_token
        self._ready = ready
        self._line = line
        self._heard_at: float | None = None
        self._hearing: dict[asyncio.Task[None], SocketLine] = {}
        self._readying = Background(_failed)

    @property
    def silence(self) -> float | None:
        """Seconds since the last frame came down the line; None if there is no line."""
        if self._heard_at is None:
            return None
        return asyncio.get_running_loop().time() - self._heard_at

    @property
    def alive(self) -> bool:
        """Return whether people can reach us now."""
        silence = self.silence
        return silence is not None and silence < HEARTBEAT * 2

    async def handle(self, client: AsyncBaseSocketModeClient, req: SocketModeRequest) -> None:
        """Answer something on the line it came down."""
        answer = await self._listeners.answer(req.payload)
        if answer.status == REFUSED:
            return
        payload = content(answer) if req.accepts_response_payload else None
        response = SocketModeResponse(req.envelope_id, payload)
        if payload is not None and isinstance(client, SocketLine):
            await client.acknowledge(response, partial(lost, answer))
            return
        with contextlib.suppress(ConnectionError, aiohttp.ClientError):  # Slack sends it again, or tells who asked
            await client.send_socket_mode_response(response)

    async def run(self) -> None:
        """Connect, and again whenever the line ends. ``FaceEnded`` for what only a person can mend."""
        waits = Backoff(FIRST_WAIT, LONGEST_WAIT)
        try:
            while True:
                limit = 0.0
                try:
                    if await self._one_line() >= SHORT_LIFE:
                        waits.reset()
                        continue
                except SlackApiError as error:
                    if error_of(error) in FATAL:
                        raise FaceEnded(f"{FATAL[error_of(error)]} {MAKE_ONE}") from None
                    log.warning("Slack gave no line: %s", error_of(error))
                    limit = min(limited_for(error), LONGEST_WAIT)
                except FAILED as error:
                    log.warning("connecting to Slack failed: %s", type(error).__name__)
                self._line(False)
                await asyncio.sleep(max(waits.next(), limit))
        finally:
            self._heard_at = None
            for hearing, line in self._hearing.items():
                hearing.cancel()
                line.cancel()
            self._readying.cancel()

    async def _one_line(self) -> float:
        """One line until it ends or its end is announced; what still comes down it then is heard all the same.

        Returns the seconds it lasted.
        """
        loop = asyncio.get_running_loop()
        line = SocketLine(self._web, self._app_token, self._greeted, self._heard)
        line.socket_mode_request_listeners.append(self.handle)
        self.client = line
        await line.connect()
        began = loop.time()
        hearing = loop.create_task(line.hear())
        self._hearing[hearing] = line
        hearing.add_done_callback(self._hearing.pop)
        announced = loop.create_task(line.ending.wait())
        try:
            await asyncio.wait({hearing, announced}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            announced.cancel()
        if hearing.done():
            self._heard_at = None
            self._line(False)
            hearing.result()
        return loop.time() - began

    def _heard(self, line: SocketLine) -> None:
        if line is self.client:
            self._heard_at = asyncio.get_running_loop().time()

    def _greeted(self) -> None:
        self._line(True)
        self._readying.start(self._ready())


def _failed(error: BaseException) -> None:
    log.error("handling what Slack sent failed", exc_info=error)


_CLOSING = aiohttp.ClientWSTimeout(ws_close=1.0)
