"""The gateway: sessions, shards, replay, and everything that can go wrong on a socket."""

from __future__ import annotations

import asyncio
import json
from collections import Counter, deque
from typing import TYPE_CHECKING

from aiohttp import WSMsgType, web

from tests.fakes.discord.connection import Connection
from tests.fakes.discord.identifying import close_code_for, too_soon
from tests.fakes.discord.sessions import GUILDS, Session
from tests.fakes.discord.wire import Json, JsonValue
from tests.fakes.patience import PATIENCE

if TYPE_CHECKING:
    from tests.fakes.discord.server import FakeDiscord

DISPATCH, HEARTBEAT, IDENTIFY, PRESENCE, VOICE, RESUME = 0, 1, 2, 3, 4, 6
RECONNECT, MEMBERS, INVALID_SESSION, HELLO, HEARTBEAT_ACK = 7, 8, 9, 10, 11


class Gateway:
    """Discord's side of all sockets."""

    def __init__(self, discord: FakeDiscord) -> None:
        self._discord = discord
        self.sessions: dict[str, Session] = {}
        self.connections: list[Connection] = []
        # What each shard sent to identify or resume, in order: ("identify", shard, time).
        self.log: list[tuple[str, int, float]] = []
        self.heartbeats = 0
        self._refused = 0
        self._refused_identifies: deque[int] = deque()
        self._refused_resumes = 0
        self._twice: Counter[str] = Counter()
        self._lost: Counter[str] = Counter()
        self._swap = 0
        self._held: tuple[str, Json, str | None] | None = None

    # --- telling the bot ---

    def dispatch(self, event: str, data: Json, *, guild: str | None = None) -> None:
        """Send an event to the shard it concerns, if its intents ask for it."""
        if self._swap and self._held is None:
            self._held = (event, data, guild)
            return
        self._deliver(event, data, guild)
        if self._held is not None:
            held, self._held, self._swap = self._held, None, self._swap - 1
            self._deliver(*held)

    def _deliver(self, event: str, data: Json, guild: str | None) -> None:
        times = 1
        if self._lost[event]:
            self._lost[event] -= 1
            return
        if self._twice[event]:
            self._twice[event] -= 1
            times = 2
        for session in self.sessions.values():
            if session.has(guild) and session.wants(event, guild):
                for _ in range(times):
                    session.dispatch(event, data)

    # --- misbehaving ---

    def close(self, code: int = 4000, *, shard: int | None = None) -> None:
        """Close the sockets with a code."""
        for connection in self._of(shard):
            connection.close(code)

    def abort(self, *, shard: int | None = None) -> None:
        """Cut the TCP connections without a word."""
        for connection in self._of(shard):
            connection.abort()

    def ask_to_reconnect(self, *, shard: int | None = None) -> None:
        """Op 7."""
        for connection in self._of(shard):
            connection.send({"op": RECONNECT, "d": None})

    def invalidate(self, *, resumable: bool = False, shard: int | None = None) -> None:
        """Op 9. A session that is not resumable is forgotten."""
        for connection in self._of(shard):
            if not resumable and connection.session is not None:
                self.sessions.pop(connection.session.id, None)
            connection.send({"op": INVALID_SESSION, "d": resumable})

    def forget_sessions(self) -> None:
        """No RESUME will be accepted any more: op 9 false is the answer."""
        self.sessions.clear()

    def go_silent(self, *, shard: int | None = None) -> None:
        """Half-open: the sockets stand, but nothing comes any more, not even a heartbeat's answer."""
        for connection in self._of(shard):
            connection.silent = True

    def refuse_connections(self, times: int = 1) -> None:
        """Answer the next connections with 503.

        A cut would be no refusal: the client repeats a cut GET on a connection it had open.
        """
        self._refused += times

    def refuse_identify(self, code: int, times: int = 1) -> None:
        """Answer the next IDENTIFYs with this close code: 4004, 4013, 4014 and the like."""
        self._refused_identifies.extend([code] * times)

    def refuse_resumes(self, times: int = 1) -> None:
        """Answer the next RESUMEs with op 9 false."""
        self._refused_resumes += times

    def send_twice(self, event: str = "INTERACTION_CREATE", times: int = 1) -> None:
        """Deliver the next events of this name twice, each with a sequence number of its own."""
        self._twice[event] += times

    def lose(self, event: str = "INTERACTION_CREATE", times: int = 1) -> None:
        """Never deliver the next events of this name, not even in a replay."""
        self._lost[event] += times

    def swap(self, times: int = 1) -> None:
        """Hold the next event back until the one after it was sent."""
        self._swap += times

    def beat(self) -> None:
        """Ask for a heartbeat at once (op 1)."""
        for connection in self.connections:
            connection.send({"op": HEARTBEAT, "d": None})

    # --- looking ---

    @property
    def identifies(self) -> int:
        return sum(1 for kind, _, _ in self.log if kind == "identify")

    @property
    def resumes(self) -> int:
        return sum(1 for kind, _, _ in self.log if kind == "resume")

    async def connected(self, shards: int = 1, *, timeout: float = PATIENCE) -> None:  # noqa: ASYNC109
        """Wait until this many shards are identified and have their socket."""
        await self._discord.pulse.until(
            lambda: sum(1 for one in self.sessions.values() if one.connection) >= shards,
            timeout=timeout,
            what="The bot did not connect.",
        )

    # --- the sockets ---

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """One socket, from its first byte to its last."""
        if self._refused:
            self._refused -= 1
            return web.Response(status=503)
        socket = web.WebSocketResponse(compress=False, autoping=True, max_msg_size=1 << 20)
        await socket.prepare(request)
        connection = Connection(socket, request.transport, zlib_stream=request.query.get("compress") == "zlib-stream")
        self.connections.append(connection)
        writer = asyncio.create_task(connection.write())
        try:
            if request.query.get("v") != "10":
                connection.close(4012)
            connection.send(
                {"op": HELLO, "d": {"heartbeat_interval": self._discord.heartbeat_interval_ms, "_trace": []}}
            )
            await self._read(socket, connection)
        finally:
            self.connections.remove(connection)
            if connection.session is not None and connection.session.connection is connection:
                connection.session.connection = None
                # A client that says goodbye ends its session; any other end leaves it to be resumed.
                if socket.close_code in (1000, 1001) and not connection.closed_here:
                    self.sessions.pop(connection.session.id, None)
            connection.stop()
            await writer
            self._discord.pulse.beat()
        return socket

    async def _read(self, socket: web.WebSocketResponse, connection: Connection) -> None:
        async for message in socket:
            if connection.silent:
                continue
            if message.type not in (WSMsgType.TEXT, WSMsgType.BINARY):
                break
            if not connection.may_send():
                connection.close(4008)
                break
            try:
                payload = json.loads(message.data)
            except ValueError:
                connection.close(4002)
                break
            self._receive(connection, payload)

    def _receive(self, connection: Connection, payload: Json) -> None:
        op: int | None = payload.get("op")
        data: JsonValue = payload.get("d")
        if op == HEARTBEAT:
            self.heartbeats += 1
            connection.send({"op": HEARTBEAT_ACK})
            self._discord.pulse.beat()
        elif op == IDENTIFY:
            self._identify(connection, data)
        elif op == RESUME:
            self._resume(connection, data)
        elif connection.session is None:
            connection.close(4003)
        elif op == MEMBERS:
            self._send_members(connection.session, data)
        elif op not in (PRESENCE, VOICE):
            connection.close(4001)

    def _identify(self, connection: Connection, data: Json) -> None:
        shard = tuple(data.get("shard") or (0, 1))
        self.log.append(("identify", shard[0], self._discord.time()))
        code = (
            self._refused_identifies.popleft()
            if self._refused_identifies
            else close_code_for(self._discord, data, shard)
        )
        if connection.session is not None:
            code = 4005
        if code is not None:
            connection.close(code)
            return
        if too_soon(self._discord, shard[0]):
            connection.send({"op": INVALID_SESSION, "d": False})
            return
        for old in [one for one in self.sessions.values() if one.shard == shard and one.connection is None]:
            del self.sessions[old.id]
        session = Session((shard[0], shard[1]), int(data.get("intents", 0)))
        self.sessions[session.id] = session
        connection.session, session.connection = session, connection
        guilds = [one for one in self._discord.guilds.values() if session.has(one.id)]
        session.dispatch(
            "READY",
            {
                "v": 10,
                "user": self._discord.bot.payload() | {"verified": True, "mfa_enabled": True, "email": None},
                "guilds": [{"id": one.id, "unavailable": True} for one in guilds],
                "session_id": session.id,
                "resume_gateway_url": self._discord.gateway_url,
                "session_type": "normal",
                "shard": list(shard),
                "application": {"id": self._discord.application_id, "flags": 0},
            },
        )
        if session.intents & GUILDS:
            for guild in guilds:
                if guild.unavailable:
                    session.dispatch("GUILD_DELETE", {"id": guild.id, "unavailable": True})
                else:
                    session.dispatch("GUILD_CREATE", guild.create_payload() | {"unavailable": False})
        self._discord.pulse.beat()

    def _resume(self, connection: Connection, data: Json) -> None:
        session = self.sessions.get(str(data.get("session_id")))
        shard = session.shard[0] if session else -1
        self.log.append(("resume", shard, self._discord.time()))
        if data.get("token") != self._discord.token:
            connection.close(4004)
            return
        if self._refused_resumes or session is None:
            self._refused_resumes = max(0, self._refused_resumes - 1)
            if session is not None:
                del self.sessions[session.id]
            connection.send({"op": INVALID_SESSION, "d": False})
            return
        known = int(data.get("seq") or 0)
        if known > session.sequence:
            connection.close(4007)
            return
        if not session.can_replay_after(known):
            del self.sessions[session.id]
            connection.close(4009)
            return
        if session.connection is not None:
            session.connection.abort()
        connection.session, session.connection = session, connection
        session.replay(known)
        session.dispatch("RESUMED", {"_trace": []})
        self._discord.pulse.beat()

    def _send_members(self, session: Session, data: Json) -> None:
        """The answer to a request for members, in one chunk."""
        guild = self._discord.guilds.get(str(data.get("guild_id")))
        if guild is None:
            return
        wanted = {str(one) for one in data.get("user_ids") or ()}
        start = data.get("query")
        found = [
            one.payload()
            for one in guild.members.values()
            if one.id in wanted or (start is not None and one.name.startswith(start))
        ]
        missing = sorted(wanted - set(guild.members))
        chunk = {"guild_id": guild.id, "members": found, "chunk_index": 0, "chunk_count": 1, "not_found": missing}
        session.dispatch("GUILD_MEMBERS_CHUNK", chunk | {"nonce": data.get("nonce")})

    def _of(self, shard: int | None) -> list[Connection]:
        return [
            one
            for one in self.connections
            if shard is None or (one.session is not None and one.session.shard[0] == shard)
        ]
