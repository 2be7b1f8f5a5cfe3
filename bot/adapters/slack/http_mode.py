"""HTTP mode: one address for commands, presses, forms and events, each signed by Slack; and two pages to install."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import time
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web
from aiohttp.http import HttpProcessingError
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_sdk.signature import SignatureVerifier

from bot.adapters.slack.installing import BACK, INSTALL, Installing
from bot.adapters.slack.listeners import Listeners, lost
from bot.ports.face import FaceEnded

log = logging.getLogger(__name__)

EVENTS = "/slack/events"
WHOLE_WITHIN = 5.0
"""Seconds for the head of a request, and as many for its body. Slack itself waits three for the answer."""
LINGER = 2.0
"""Seconds in which the rest of a refused body is still read, so that the sender sees the refusal."""
REFUSALS_EVERY = 60.0
"""Seconds between two log lines that a stranger can cause."""

# Nothing is gained by sending again what was refused.
_NO_MORE = {"X-Slack-No-Retry": "1"}
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")
_TIMESTAMP = re.compile(r"[0-9]{1,12}")


class OnceAMinute(logging.Filter):
    """Lets one record a minute through, in one line, with how many there were since the last."""

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._seconds = seconds
        self._last: float | None = None
        self._held = 0

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether the record is let through."""
        now = self._seconds()
        if self._last is not None and now - self._last < REFUSALS_EVERY:
            self._held += 1
            return False
        more = f" ({self._held} more since the last such line)" if self._held else ""
        record.msg, record.args = record.getMessage() + more, ()
        record.exc_info = record.exc_text = None
        if record.levelno > logging.WARNING:
            record.levelno, record.levelname = logging.WARNING, "WARNING"
        self._last, self._held = now, 0
        return True


# Anyone can cause these lines, as often as they like.
refusals = logging.getLogger(f"{__name__}.refusals")
refusals.addFilter(OnceAMinute())
server_log = logging.getLogger(f"{__name__}.server")
server_log.addFilter(OnceAMinute())


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
        """People can reach us now, as far as this machine can tell."""
        self.port = 0
        """Where it listens, once it does; of use where any free port was asked for."""

    @property
    def silence(self) -> float | None:
        """Seconds since Slack last sent something; None if it has not yet."""
        return None if self._heard_at is None else asyncio.get_running_loop().time() - self._heard_at

    async def run(self) -> None:
        """Listen until cancelled."""
        # No application of aiohttp's: its own answers to odd requests, before a handler is asked, can be 500.
        server = web.Server(
            self._handle,
            logger=server_log,
            access_log=None,
            keepalive_timeout=WHOLE_WITHIN,
            lingering_time=LINGER,
        )
        runner = web.ServerRunner(server, shutdown_timeout=2.0)
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

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer anything that is a request. A connection carries one, so no proxy uses one that is about to end."""
        try:
            answer = await self._routed(request)
        except web.HTTPException as error:  # a body over aiohttp's limit of 1 MiB
            answer = _refused(error.status, "the body is too large")
        except TimeoutError:
            answer = _refused(408, "the body did not come in time")
        except (HttpProcessingError, web.RequestPayloadError):
            answer = _refused(400, "malformed body")
        except Exception:
            log.exception("answering a request failed")
            answer = web.Response(status=500)
        answer.force_close()
        return answer

    async def _routed(self, request: web.BaseRequest) -> web.StreamResponse:
        match request.method, request.path:
            case "POST", path if path == EVENTS:
                return await self._events(request)
            case "GET" | "HEAD", path if path == INSTALL and self._installing is not None:
                return await self._installing.begin(request)
            case "GET" | "HEAD", path if path == BACK and self._installing is not None:
                return await self._installing.come_back(request)
            case _:
                return web.Response(status=404, text="There is nothing here.")

    async def _events(self, request: web.BaseRequest) -> web.StreamResponse:
        timestamp, signature = _only(request, "X-Slack-Request-Timestamp"), _only(request, "X-Slack-Signature")
        if not (_TIMESTAMP.fullmatch(timestamp) and _SIGNATURE.fullmatch(signature)):
            return _refused(401, "invalid signature")
        async with asyncio.timeout(WHOLE_WITHIN):
            body = await request.read()
        if not self._signed(body, timestamp, signature):
            return _refused(401, "invalid signature")
        self._heard_at = asyncio.get_running_loop().time()
        try:
            payload = _read(request.content_type, body)
        except _Unsupported:
            return _refused(415, "unsupported content type")
        except (ValueError, RecursionError):
            return _refused(400, "malformed body")
        answer = await self._listeners.answer(payload)
        return await _sent(request, await to_aiohttp_response(answer), lambda: lost(answer))

    def _signed(self, body: bytes, timestamp: str, signature: str) -> bool:
        try:
            return bool(self._verifier.is_valid(body, timestamp, signature))
        except ValueError:
            return False  # the SDK trips over a body that is no text


async def _sent(request: web.BaseRequest, response: web.Response, lost: Callable[[], None]) -> web.Response:
    """The response, sent here and not by the server: ``lost`` is called if the request is gone."""
    response.force_close()
    try:
        await response.prepare(request)
        await response.write_eof()
    except ConnectionError:
        log.warning("an acknowledgement did not reach Slack: the request was gone")
        lost()
    return response


def _only(request: web.BaseRequest, header: str) -> str:
    """The value of a header that is there once; else nothing."""
    found = request.headers.getall(header, [])
    return found[0] if len(found) == 1 else ""


def _refused(status: int, why: str) -> web.Response:
    refusals.warning("a request was refused with %d: %s", status, why)
    return web.Response(status=status, text=why, headers=_NO_MORE)


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
