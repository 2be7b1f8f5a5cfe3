"""The app's answers to an interaction: in its acknowledgement, or later to the response url."""

from __future__ import annotations

import asyncio

from aiohttp import web

from tests.fakes.slack.message import Message
from tests.fakes.slack.misbehaviour import Delay, Fail, Hang, LoseAnswer, Plan, ServerError
from tests.fakes.slack.request_log import Request, RequestLog
from tests.fakes.slack.response_urls import ResponseUrl
from tests.fakes.slack.wire import JsonObject, is_true
from tests.fakes.slack.world import World

METHOD = "response_url"
"""What answers to response urls are called in the log and in plans of misbehaviour."""

_KEYS = {
    "text",
    "blocks",
    "attachments",
    "response_type",
    "replace_original",
    "delete_original",
    "thread_ts",
    "metadata",
    "unfurl_links",
    "unfurl_media",
    "mrkdwn",
}


class Answers:
    """Takes answers to response urls."""

    def __init__(self, world: World, plan: Plan, log: RequestLog) -> None:
        self._world = world
        self._plan = plan
        self._log = log

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One answer."""
        logged = Request(METHOD, {}, "", self._world.clock.now())
        self._log.all.append(logged)
        try:
            said = await request.json()
        except ValueError:
            return self._reply(logged, 400, "invalid_payload")
        if not isinstance(said, dict):
            return self._reply(logged, 400, "invalid_payload")
        logged.arguments = said
        key = f"{request.match_info['team']}/{request.match_info['number']}"
        match self._plan.next(METHOD, None):
            case Fail(error=error, retry_after=wait):
                status = 429 if wait is not None else 404
                return self._reply(logged, status, error, {} if wait is None else {"Retry-After": str(wait)})
            case ServerError(status=status, done=done):
                if done:
                    self._take(logged, key)
                return self._reply(logged, status, "")
            case LoseAnswer(done=done):
                if done:
                    self._take(logged, key)
                if request.transport is not None:
                    request.transport.abort()
                return web.Response()
            case Hang() as hang:
                hang.reached.set()
                await hang.released.wait()
            case Delay(seconds=seconds):
                await asyncio.sleep(seconds)
            case None:
                pass
        refusal = self._take(logged, key)
        if refusal is None:
            return self._reply(logged, 200, "ok")
        return self._reply(logged, 404 if refusal.endswith("_url") else 400, refusal)

    def _take(self, logged: Request, key: str) -> str | None:
        url = self._world.response_urls.use(key)
        if isinstance(url, str):
            return url
        logged.done = True
        return answer(self._world, url, logged.arguments, METHOD)

    def _reply(self, logged: Request, status: int, text: str, headers: dict[str, str] | None = None) -> web.Response:
        logged.status = status
        logged.error = None if status == 200 else text
        self._world.changes.notify()
        return web.Response(status=status, text=text, headers=headers)


def answer(world: World, url: ResponseUrl, said: JsonObject, source: str) -> str | None:
    """Put an answer where it belongs; or why Slack does not take it."""
    for key in said.keys() - _KEYS:
        world.note(source, f"{key} is no key Slack knows in an answer")
    if is_true(said.get("delete_original")):
        return _delete(world, url)
    if not said.get("text") and not said.get("blocks"):
        return "no_text"
    if world.check_message(said, source):
        return "invalid_blocks"
    if is_true(said.get("replace_original")) and url.original is not None:
        world.rewrite(url.original, said)
        url.seen.replaced.append(url.original)
        return None
    message = world.compose(url.workspace, url.channel, said)
    if said.get("response_type", "ephemeral") == "in_channel":
        message.command = url.command
        world.post(url.channel, message, url.seen)
    else:
        world.whisper(url.workspace, url.user_id, message, url.seen)
    return None


def _delete(world: World, url: ResponseUrl) -> str | None:
    original: Message | None = url.original
    if original is None:
        return "no_original"
    original.deleted = True
    world.changes.notify()
    return None
