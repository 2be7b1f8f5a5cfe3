"""HTTP mode: one address for commands, presses, forms and events, each signed by Slack; and two pages to install."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_sdk.signature import SignatureVerifier

from bot.adapters.slack.installing import BACK, INSTALL, Installing
from bot.adapters.slack.listeners import Listeners
from bot.ports.face import FaceEnded

log = logging.getLogger(__name__)

EVENTS = "/slack/events"
BODY_AT_MOST = 1024 * 1024
"""Bytes; what Slack sends is far below."""
# Nothing is gained by sending again what was refused.
_NO_MORE = {"X-Slack-No-Retry": "1"}


class HttpLine:
    """Listens on an address of this machine, behind a reverse proxy that speaks TLS."""

    def __init__(
        self,
        bind: str,
        signing_secret: str,
        installing: Installing | None,
        listeners: Listeners,
        ready: Callable[[], Awaitable[None]],
        say: Callable[[str], None],
    ) -> None:
        self._host, _, port = bind.rpartition(":")
        self._port = int(port)
        self._verifier = SignatureVerifier(signing_secret)
        self._installing = installing
        self._listeners = listeners
        self._ready = ready
        self._say = say
        self._heard_at: float | None = None
        self.alive = False
        """Whether people can reach us now, as far as this machine can tell."""
        self.port = 0
        """Where it listens, once it does; of use where any free port was asked for."""

    @property
    def silence(self) -> float | None:
        """Seconds since Slack last sent something; None if it has not yet."""
        return None if self._heard_at is None else asyncio.get_running_loop().time() - self._heard_at

    async def run(self) -> None:
        """Listen until cancelled."""
        server = web.Application(client_max_size=BODY_AT_MOST)
        server.router.add_post(EVENTS, self._events)
        if self._installing is not None:
            server.router.add_get(INSTALL, self._installing.begin)
            server.router.add_get(BACK, self._installing.come_back)
        runner = web.AppRunner(server, access_log=None, shutdown_timeout=2.0)
        await runner.setup()
        try:
            try:
                await web.TCPSite(runner, self._host.strip("[]"), self._port).start()
            except OSError as error:
                raise FaceEnded(
                    f"Studybot cannot listen on {self._host}:{self._port} ({error.strerror or 'refused'}). Stop what "
                    "listens there, or set STUDYBOT_HTTP_BIND to another address."
                ) from None
            self.port = int(runner.addresses[0][1])
            self.alive = True
            self._say(f"Slack: listening on {self._host}:{self.port}.")
            await self._ready()
            await asyncio.Event().wait()
        finally:
            self.alive = False
            await runner.cleanup()

    async def _events(self, request: web.Request) -> web.Response:
        body = await request.read()  # too long a body is refused with 413 here
        if not self._signed(body, dict(request.headers.items())):
            log.warning("a request was refused: its signature is missing, wrong or too old")
            return web.Response(status=401, text="invalid signature", headers=_NO_MORE)
        self._heard_at = asyncio.get_running_loop().time()
        try:
            payload = _read(request.content_type, body)
        except _Unsupported:
            return web.Response(status=415, text="unsupported content type", headers=_NO_MORE)
        except ValueError:
            return web.Response(status=400, text="malformed body", headers=_NO_MORE)
        return await to_aiohttp_response(await self._listeners.answer(payload))

    def _signed(self, body: bytes, headers: dict[str, str]) -> bool:
        try:
            return self._verifier.is_valid_request(body, headers)
        except ValueError:
            return False  # the SDK trips over a time that is no number, and over a body that is no text


class _Unsupported(Exception):
    """A body of a kind Slack does not send."""


def _read(content_type: str, body: bytes) -> dict[str, Any]:
    match content_type:
        case "application/json":
            payload = json.loads(body)
        case "application/x-www-form-urlencoded":
            fields = dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=100))
            payload = json.loads(fields["payload"]) if "payload" in fields else fields
        case _:
            raise _Unsupported
    if not isinstance(payload, dict):
        raise ValueError("no object")
    return payload
