"""The Web API on the wire: who may call, what goes wrong, and how the answer is written."""

from __future__ import annotations

import asyncio
import base64

from aiohttp import web

from tests.fakes.slack.api.app import oauth_access
from tests.fakes.slack.api.call import Call
from tests.fakes.slack.api.methods import METHODS
from tests.fakes.slack.api.refused import Refused
from tests.fakes.slack.misbehaviour import Delay, Fail, Hang, LoseAnswer, Misbehaviour, Plan, ServerError
from tests.fakes.slack.parameters import Unreadable, arguments_of, token_of
from tests.fakes.slack.rate_limits import RateLimits
from tests.fakes.slack.request_log import Request, RequestLog
from tests.fakes.slack.socket_mode import Sockets
from tests.fakes.slack.team import Team
from tests.fakes.slack.wire import JsonObject
from tests.fakes.slack.world import APP_ID, World

_WITHOUT_BOT_TOKEN = frozenset({"api.test", "apps.connections.open", "oauth.v2.access"})


class WebApi:
    """Answers ``/api/<method>``."""

    def __init__(self, world: World, sockets: Sockets, plan: Plan, log: RequestLog, limits: RateLimits | None) -> None:
        self._world = world
        self._sockets = sockets
        self._plan = plan
        self._log = log
        self._limits = limits

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One call."""
        method = request.match_info["method"]
        logged = Request(method, {}, "", self._world.clock.now(), request.method)
        self._log.all.append(logged)
        try:
            arguments = await arguments_of(request)
        except Unreadable:
            return self._answer(logged, {"ok": False, "error": "invalid_json"})
        logged.token = token_of(request, arguments)
        logged.arguments = arguments
        self._world.changes.notify()
        channel = arguments.get("channel")
        behaviour = self._plan.next(method, channel if isinstance(channel, str) else None)
        return await self._behave(request, logged, behaviour)

    async def _behave(
        self, request: web.Request, logged: Request, behaviour: Misbehaviour | None
    ) -> web.StreamResponse:
        match behaviour:
            case Fail(error="ratelimited" | "rate_limited" as error, retry_after=wait):
                return self._too_often(logged, error, wait or 1)
            case Fail(error=error, extra=extra):
                return self._answer(logged, {"ok": False, "error": error, **extra})
            case ServerError(status=status, done=done):
                if done:
                    self._carry_out(request, logged)
                logged.status = status
                return web.Response(status=status, text="upstream connect error", content_type="text/html")
            case LoseAnswer(done=done):
                if done:
                    self._carry_out(request, logged)
                    logged.status = None
                return _cut(request)
            case Delay(seconds=seconds):
                answer = self._carry_out(request, logged)
                await asyncio.sleep(seconds)
                return answer
            case Hang() as hang:
                early = self._carry_out(request, logged) if hang.done_before else None
                hang.reached.set()
                await hang.released.wait()
                return early or self._carry_out(request, logged)
            case None:
                return self._carry_out(request, logged)

    def _carry_out(self, request: web.Request, logged: Request) -> web.Response:
        try:
            team = None if logged.method in _WITHOUT_BOT_TOKEN else self._team_of(logged)
            if self._limits is not None:
                channel = logged.arguments.get("channel")
                team_id = "" if team is None else team.id
                wait = self._limits.wait(logged.method, team_id, channel if isinstance(channel, str) else None)
                if wait is not None:
                    return self._too_often(logged, "ratelimited", wait)
            said = self._for_the_app(request, logged) if team is None else self._for_a_team(team, logged)
        except Refused as refused:
            return self._answer(logged, {"ok": False, "error": refused.error, **refused.extra})
        logged.done = True
        scopes = "" if team is None else ",".join(sorted(team.scopes))
        return self._answer(logged, {"ok": True, **said}, {"X-OAuth-Scopes": scopes})

    def _for_a_team(self, team: Team, logged: Request) -> JsonObject:
        method, scope = METHODS.get(logged.method, (None, None))
        if method is None:
            raise Refused("unknown_method")
        call = Call(self._world, team, logged.arguments, logged.method)
        if scope is not None:
            call.needs_scope(scope)
        return method(call)

    def _for_the_app(self, request: web.Request, logged: Request) -> JsonObject:
        if logged.method == "api.test":
            return {}
        if logged.method == "oauth.v2.access":
            return oauth_access(self._world, logged.arguments, _credentials(request, logged.arguments))
        if not logged.token:
            raise Refused("not_authed")
        if logged.token.startswith("xoxb-"):
            raise Refused("not_allowed_token_type")
        if logged.token != self._world.app_token:
            raise Refused("invalid_auth")
        url = self._world.base.replace("http", "ws", 1)
        return {"url": f"{url}/link/?ticket={self._sockets.ticket()}&app_id={APP_ID}"}

    def _team_of(self, logged: Request) -> Team:
        if not logged.token:
            raise Refused("not_authed")
        if logged.token == self._world.app_token:
            raise Refused("not_allowed_token_type")
        team = self._world.of_token(logged.token)
        if team is None:
            raise Refused("invalid_auth")
        state = team.tokens[logged.token]
        if state != "good":
            raise Refused("token_revoked" if state == "revoked" else "account_inactive")
        return team

    def _too_often(self, logged: Request, error: str, wait: int) -> web.Response:
        return self._answer(logged, {"ok": False, "error": error}, {"Retry-After": str(wait)}, status=429)

    def _answer(
        self, logged: Request, body: JsonObject, headers: dict[str, str] | None = None, *, status: int = 200
    ) -> web.Response:
        logged.status = status
        logged.error = body.get("error")
        self._world.changes.notify()
        return web.json_response(body, status=status, headers=headers)


def _credentials(request: web.Request, arguments: JsonObject) -> tuple[str, str]:
    header = request.headers.get("Authorization", "")
    if header.startswith("Basic "):
        login, _, password = base64.b64decode(header.removeprefix("Basic ")).decode().partition(":")
        return login, password
    return str(arguments.get("client_id") or ""), str(arguments.get("client_secret") or "")


def _cut(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
