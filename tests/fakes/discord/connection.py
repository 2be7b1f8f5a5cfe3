"""One gateway socket, as seen by the server: what waits to be written, and how it ends."""

from __future__ import annotations

import asyncio
import json
import time
import zlib
from collections import deque
from typing import TYPE_CHECKING

from aiohttp import web

from tests.fakes.discord.wire import Json

if TYPE_CHECKING:
    from tests.fakes.discord.sessions import Session

_MOST_SENDS, _WINDOW = 120, 60.0


class Connection:
    """Writes in order, through one compressor a connection, as the client asked for."""

    def __init__(
        self, socket: web.WebSocketResponse, transport: asyncio.Transport | None, *, zlib_stream: bool
    ) -> None:
        self.session: Session | None = None
        self.silent = False
        self.closed_here = False
        self._socket = socket
        self._transport = transport
        self._deflate = zlib.compressobj(1) if zlib_stream else None
        self._queue: asyncio.Queue[str | int | None] = asyncio.Queue()
        self._received: deque[float] = deque()

    def send(self, payload: Json) -> None:
        self.send_text(json.dumps(payload, separators=(",", ":")))

    def send_text(self, text: str) -> None:
        if not self.silent:
            self._queue.put_nowait(text)

    def close(self, code: int) -> None:
        """Close with a code, after what was sent before."""
        self.closed_here = True
        self._queue.put_nowait(code)

    def abort(self) -> None:
        """Cut the line."""
        if self._transport is not None:
            self._transport.abort()

    def stop(self) -> None:
        self._queue.put_nowait(None)

    def may_send(self) -> bool:
        """Count a message; return whether the client keeps to 120 a minute."""
        now = time.monotonic()
        self._received.append(now)
        while self._received[0] < now - _WINDOW:
            self._received.popleft()
        return len(self._received) <= _MOST_SENDS

    async def write(self) -> None:
        """Write until told to stop. What cannot be written any more is dropped: the session keeps it for a replay."""
        while (item := await self._queue.get()) is not None:
            try:
                if isinstance(item, int):
                    await self._socket.close(code=item)
                elif self._deflate is None:
                    await self._socket.send_str(item)
                else:
                    data = self._deflate.compress(item.encode()) + self._deflate.flush(zlib.Z_SYNC_FLUSH)
                    await self._socket.send_bytes(data)
            except (ConnectionError, RuntimeError):
                continue
