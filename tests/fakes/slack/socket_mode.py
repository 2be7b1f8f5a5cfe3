"""Socket Mode: connections of the app, envelopes on one of them, acknowledgements by envelope id."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import time
from dataclasses import dataclass
from typing import Literal

from aiohttp import WSMsgType, web

from tests.fakes.slack.changes import Changes
from tests.fakes.slack.ids import Ids
from tests.fakes.slack.line import Acked, Answer, Kind, Retry, Unacked
from tests.fakes.slack.wire import JsonObject, an_object

CONNECTIONS_LIMIT = 10

DisconnectReason = Literal["warning", "refresh_requested", "link_disabled", "too_many_websockets"]


@dataclass(slots=True, eq=False)
class Connection:
    """One socket of the app."""

    number: int
    socket: web.WebSocketResponse
    request: web.Request
    frozen: bool = False
    """Half open: nothing arrives and nothing is answered, yet the line does not break."""

    async def say(self, message: JsonObject) -> None:
        """Send a message down this socket; a frozen or broken one loses it."""
        if self.frozen:
            return
        with contextlib.suppress(ConnectionError):
            await self.socket.send_json(message)

    def tear(self) -> None:
        """Break the line."""
        if self.request.transport is not None:
            self.request.transport.abort()


@dataclass(frozen=True, slots=True)
class Ack:
    """An acknowledgement that came: by which connection, how fast, and whether anyone still waited for it."""

    envelope_id: str
    kind: str
    connection: int
    ms: float
    payload: JsonObject | None
    late: bool


@dataclass(slots=True)
class _Awaited:
    kind: Kind
    sent: float
    answer: asyncio.Future[tuple[JsonObject | None, float]]
    over: bool = False


class Sockets:
    """Every connection of the app."""

    def __init__(self, ids: Ids, changes: Changes, app_id: str, patience: float) -> None:
        self.open: list[Connection] = []
        self.sent: list[JsonObject] = []
        """Every envelope, in order."""
        self.acks: list[Ack] = []
        """Every acknowledgement that came, in order."""
        self.stray_acks: list[JsonObject] = []
        """Acknowledgements of envelopes that were never sent."""
        self.opened = 0
        """How many connections there ever were."""
        self._ids = ids
        self._changes = changes
        self._app_id = app_id
        self.patience = patience
        """How many real seconds an acknowledgement may take."""
        self._tickets: set[str] = set()
        self._awaited: dict[str, _Awaited] = {}
        self._turn = itertools.count()
        self._alive: set[Connection] = set()
        """Those too that nothing is sent on any more."""

    # --- the app connects -----------------------------------------------------------------------------------------

    def ticket(self) -> str:
        """The right to connect once, for ``apps.connections.open``."""
        ticket = f"ticket-{self._ids.number('ticket')}"
        self._tickets.add(ticket)
        return ticket

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """The app connects; this lasts as long as the connection."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=401, text="invalid_ticket")
        self._tickets.remove(ticket)
        socket = web.WebSocketResponse(autoping=False, timeout=0.5)
        await socket.prepare(request)
        self.opened += 1
        self._changes.notify()
        connection = Connection(self.opened, socket, request)
        self._alive.add(connection)
        if len(self.open) >= CONNECTIONS_LIMIT:
            await connection.say({"type": "disconnect", "reason": "too_many_websockets"})
            await socket.close()
            self._alive.discard(connection)
            return socket
        self.open.append(connection)
        await connection.say(self._hello(debug="debug_reconnects" in request.query))
        self._changes.notify()
        try:
            async for message in socket:
                if connection.frozen:
                    continue
                if message.type == WSMsgType.PING:
                    await socket.pong(message.data)
                elif message.type == WSMsgType.TEXT:
                    self._acknowledged(connection, message.json())
        finally:
            self._alive.discard(connection)
            if connection in self.open:
                self.open.remove(connection)
            self._changes.notify()
        return socket

    def _hello(self, *, debug: bool) -> JsonObject:
        return {
            "type": "hello",
            "num_connections": len(self.open),
            "debug_info": {
                "host": "applink-fake",
                "build_number": 1,
                "approximate_connection_time": 360 if debug else 18060,
            },
            "connection_info": {"app_id": self._app_id},
        }

    def _acknowledged(self, connection: Connection, message: JsonObject) -> None:
        awaited = self._awaited.get(str(message.get("envelope_id")))
        if awaited is None:
            self.stray_acks.append(message)
            self._changes.notify()
            return
        payload = message.get("payload")
        ms = (time.perf_counter() - awaited.sent) * 1000
        said = an_object(payload) if payload is not None else None
        late = awaited.over or awaited.answer.done()
        self.acks.append(Ack(str(message["envelope_id"]), awaited.kind, connection.number, ms, said, late))
        if not awaited.answer.done():
            awaited.answer.set_result((said, ms))
        self._changes.notify()

    # --- Slack speaks -----------------------------------------------------------------------------------------------

    async def deliver(self, kind: Kind, payload: JsonObject, retry: Retry | None = None) -> Answer:
        """Send an envelope to any one connection and wait for its acknowledgement."""
        connection = self._any_one()
        if connection is None:
            return Unacked("dispatch_failed")
        envelope_id = f"envelope-{self._ids.number('envelope')}"
        envelope: JsonObject = {
            "envelope_id": envelope_id,
            "type": kind,
            "accepts_response_payload": _accepts_payload(kind, payload),
            "payload": payload,
        }
        if kind == "events_api":
            envelope |= {
                "retry_attempt": 0 if retry is None else retry.attempt,
                "retry_reason": "" if retry is None else retry.reason,
            }
        awaited = _Awaited(kind, time.perf_counter(), asyncio.get_running_loop().create_future())
        self._awaited[envelope_id] = awaited
        self.sent.append(envelope)
        await connection.say(envelope)
        try:
            async with asyncio.timeout(self.patience):
                said, ms = await awaited.answer
        except TimeoutError:
            awaited.over = True
            return Unacked("operation_timeout")
        return Acked(said, ms)

    async def connected(self, count: int = 1) -> None:
        """Wait until the app has that many connections."""
        await self._changes.until(lambda: len(self.open) == count, f"{count} Socket Mode connections of the app")

    async def reconnected(self, after: int) -> None:
        """Wait until the app connected again, after that many connections ever."""
        await self._changes.until(lambda: self.opened > after and bool(self.open), "a new connection of the app")

    def _any_one(self) -> Connection | None:
        return self.open[next(self._turn) % len(self.open)] if self.open else None

    async def babble(self, text: str) -> None:
        """Send any text down every connection."""
        for connection in self.open:
            await connection.socket.send_str(text)

    # --- what a test breaks -------------------------------------------------------------------------------------

    async def disconnect(self, reason: DisconnectReason = "refresh_requested", *, at_once: bool = False) -> None:
        """Announce to every connection that it ends; after more than a warning, nothing is sent on it any more.

        The app leaves it by itself; ``at_once`` closes it, so that the announcement and the end meet.
        """
        for connection in list(self.open):
            await connection.say({"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-fake"}})
            if reason != "warning":
                self.open.remove(connection)
                self._changes.notify()
            if at_once:
                await connection.socket.close()

    async def drop(self) -> None:
        """Close every connection without a word."""
        for connection in list(self.open):
            self.open.remove(connection)
            await connection.socket.close()

    def abort(self) -> None:
        """Tear every connection, as a network does."""
        for connection in list(self.open):
            self.open.remove(connection)
            connection.tear()

    def freeze(self) -> None:
        """Leave every connection half open: what is sent on it is lost, and nothing answers."""
        for connection in self.open:
            connection.frozen = True

    async def close(self) -> None:
        """Slack goes home."""
        await self.drop()
        for connection in list(self._alive):
            connection.tear()
        await self._changes.until(lambda: not self._alive, "the end of every connection")


def _accepts_payload(kind: Kind, payload: JsonObject) -> bool:
    return kind == "slash_commands" or payload.get("type") in ("view_submission", "block_suggestion")
