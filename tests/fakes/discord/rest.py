"""The REST door: reads a request, lets it suffer what a test asked for, checks it, answers it."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiohttp import web
from multidict import CIMultiDict

from tests.fakes.discord import (  # noqa: F401  (importing them fills the table)
    channel_routes,
    command_routes,
    forum_routes,
    interaction_routes,
    world_routes,
)
from tests.fakes.discord.calls import Call, Reply, Route, Upload, routes
from tests.fakes.discord.errors import ApiError, plain, refusal
from tests.fakes.discord.misbehaviour import (
    CloudflarePage,
    CutBefore,
    Delay,
    Fail,
    Fault,
    Hang,
    LoseAnswer,
    RateLimited,
    Refuse,
    WaitFor,
)
from tests.fakes.discord.openapi import tally
from tests.fakes.discord.wire import Json, JsonValue

if TYPE_CHECKING:
    from tests.fakes.discord.server import FakeDiscord

_CLOUDFLARE = (
    "<!doctype html><html><head><title>Access denied | discord.com used Cloudflare to restrict access</title>"
    "</head><body><h1>Error 1015</h1><p>You are being rate limited</p></body></html>"
)


@dataclass(slots=True)
class Request:
    """A request the bot made, and how it ended. Status 0: no answer reached the bot (yet)."""

    method: str
    path: str
    body: JsonValue
    time: float
    uploads: tuple[Upload, ...] = ()
    status: int = 0
    code: int = 0
    answer: JsonValue = None


class Rest:
    """Answers /api/v10."""

    def __init__(self, discord: FakeDiscord) -> None:
        self._discord = discord
        self._hanging = asyncio.Event()

    def stop(self) -> None:
        """Let go of every request that hangs."""
        self._hanging.set()

    async def serve(self, request: web.Request) -> web.StreamResponse:
        discord = self._discord
        path = "/" + request.match_info["tail"]
        body, uploads = await _read(request)
        told = Request(request.method, path, body, discord.time(), uploads)
        if discord.keep_requests:
            discord.requests.append(told)
        fault = discord.misbehaviour.fault_for(request.method, path)
        if (early := await self._suffer(request, fault)) is not None:
            return self._note(told, early)
        answer = self._answer(request, path, told)
        if isinstance(fault, LoseAnswer):
            if fault.status is not None:
                return self._note(told, _json(fault.status, {"message": "Something went wrong", "code": 0}))
            _cut(request)
        elif isinstance(fault, Delay) and fault.answer:
            await asyncio.sleep(fault.seconds)
        return self._note(told, answer)

    def _note(self, told: Request, answer: web.Response) -> web.Response:
        told.status = answer.status
        self._discord.pulse.beat()
        return answer

    async def _suffer(self, request: web.Request, fault: Fault | None) -> web.Response | None:
        """Play out a fault before anything is processed. A response ends it here."""
        if isinstance(fault, Refuse):
            fault = fault.as_fail()
        if isinstance(fault, Fail):
            message = fault.message or f"{fault.status}: Refused"
            return _json(fault.status, {"message": message, "code": fault.code})
        if isinstance(fault, CloudflarePage):
            return web.Response(status=fault.status, text=_CLOUDFLARE, content_type="text/html")
        if isinstance(fault, RateLimited):
            return _too_many(fault.retry_after, scope=fault.scope, via=fault.via)
        if isinstance(fault, CutBefore):
            _cut(request)
            return _json(500, None)
        if isinstance(fault, Hang):
            await self._hanging.wait()
            return _json(500, None)
        if isinstance(fault, WaitFor):
            await fault.event.wait()
        if isinstance(fault, Delay) and not fault.answer:
            await asyncio.sleep(fault.seconds)
        return None

    def _answer(self, request: web.Request, path: str, told: Request) -> web.Response:
        discord = self._discord
        headers: dict[str, str] = {}
        try:
            route, args = self._route(request.method, path)
            if route.needs_token and request.headers.get("Authorization") != f"Bot {discord.token}":
                raise plain(401, "Unauthorized")
            verdict = discord.rate_limits.check(request.method, path, route.template, discord.time())
            headers = verdict.headers
            if not verdict.passes:
                scope = "global" if verdict.is_global else "user"
                told.answer = {"global": verdict.is_global, "retry_after": verdict.retry_after}
                return _too_many(verdict.retry_after, scope=scope, headers=headers)
            self._check(route, path, request, told.body)
            call = Call(
                discord, request.method, path, route.template, args, dict(request.query), told.body, told.uploads
            )
            status, answer = self._handle(route, call)
        except ApiError as error:
            told.code = error.code
            told.answer = error.body()
            if error.code == 50035:
                discord.violations.append(f"{request.method} {path}: {json.dumps(error.errors)}")
            if error.status == 429:
                return _too_many(1.0, scope="shared", code=error.code, message=error.message)
            return _json(error.status, error.body(), headers)
        told.answer = answer
        if discord.check_answers and discord.spec is not None:
            discord.violations.extend(discord.spec.answer_violations(request.method, path, status, answer))
        return _json(status, answer, headers)

    def _route(self, method: str, path: str) -> tuple[Route, dict[str, str]]:
        """Find the route that answers. A request this fake does not know is said aloud, for Discord may know it."""
        try:
            return routes.find(method, path)
        except ApiError:
            self._discord.violations.append(f"{method} {path}: the fake Discord knows no such request")
            raise

    def _handle(self, route: Route, call: Call) -> Reply:
        if isinstance(call.body, _NotJson):
            raise refusal(50109)
        try:
            return route.handler(call)
        except ApiError:
            raise
        except Exception as error:
            # The client would take a 500 for a bad moment and try again; the test shall see what it was.
            self._discord.violations.append(f"{call.method} {call.path}: the fake Discord failed: {error!r}")
            raise plain(500, "Internal Server Error") from error

    def _check(self, route: Route, path: str, request: web.Request, body: JsonValue) -> None:
        if self._discord.spec is None:
            tally["not found" if self._discord.wants_spec else "left out"] += 1
            return
        tally["checked"] += 1
        self._discord.violations.extend(
            self._discord.spec.violations(request.method, path, route.template, dict(request.query), body)
        )


class _NotJson(str):
    """A body that could not be read."""


async def _read(request: web.Request) -> tuple[JsonValue, tuple[Upload, ...]]:
    if request.content_type == "multipart/form-data":
        body: JsonValue = None
        uploads = []
        async for part in await request.multipart():
            name = getattr(part, "name", None)
            data = bytes(await part.read(decode=False))  # type: ignore[union-attr]
            if name == "payload_json":
                body = json.loads(data)
            else:
                uploads.append(Upload(str(name), str(getattr(part, "filename", "")), data))
        return body, tuple(uploads)
    text = await request.text()
    if not text:
        return None, ()
    try:
        return json.loads(text), ()
    except ValueError:
        return _NotJson(text), ()


def _cut(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()


def _json(status: int, body: JsonValue, headers: dict[str, str] | None = None) -> web.Response:
    """The type is exactly `application/json`: with a charset, discord.py takes the body for text."""
    all_headers = CIMultiDict(headers or {})
    all_headers["Via"] = "1.1 google"
    if body is None:
        return web.Response(status=status, headers=all_headers)
    all_headers["Content-Type"] = "application/json"
    return web.Response(status=status, body=json.dumps(body).encode(), headers=all_headers)


def _too_many(
    retry_after: float,
    *,
    scope: str,
    via: bool = True,
    headers: dict[str, str] | None = None,
    code: int | None = None,
    message: str = "You are being rate limited.",
) -> web.Response:
    body: Json = {"message": message, "retry_after": round(retry_after, 3), "global": scope == "global"}
    if code is not None:
        body["code"] = code
    response = _json(429, body, headers)
    response.headers["Retry-After"] = str(max(1, round(retry_after)))
    response.headers["X-RateLimit-Scope"] = scope
    if scope == "global":
        response.headers["X-RateLimit-Global"] = "true"
    if not via:
        del response.headers["Via"]
    return response
