"""Small Bolt apps for the fake Slack's own tests: the SDKs as they are, told where Slack is and nothing else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack import FakeSlack


def web_client(slack: FakeSlack, token: str | None = None) -> AsyncWebClient:
    """The SDK's client, with the fake for Slack."""
    return AsyncWebClient(token=slack.bot_token if token is None else token, base_url=slack.api_url)


def bolt_app(slack: FakeSlack) -> AsyncApp:
    """An app of one workspace with no listeners yet."""
    return AsyncApp(client=web_client(slack), signing_secret=slack.signing_secret)


@asynccontextmanager
async def in_socket_mode(slack: FakeSlack, app: AsyncApp, *, ping_interval: float = 10) -> AsyncIterator[AsyncApp]:
    """The app connected over Socket Mode."""
    before = len(slack.sockets.open)
    handler = AsyncSocketModeHandler(app, slack.app_token, ping_interval=ping_interval)
    try:
        await handler.connect_async()  # type: ignore[no-untyped-call]
        await slack.sockets.connected(before + 1)
        yield app
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]


@asynccontextmanager
async def over_http(app: AsyncApp) -> AsyncIterator[str]:
    """The app behind an address of its own."""

    async def events(request: web.Request) -> web.StreamResponse:
        return await to_aiohttp_response(await app.async_dispatch(await to_bolt_request(request)))

    async def pages(request: web.Request) -> web.StreamResponse:
        flow = app.oauth_flow
        assert flow is not None
        handle = flow.handle_installation if request.path == flow.install_path else flow.handle_callback
        return await to_aiohttp_response(await handle(await to_bolt_request(request)))

    entry = web.Application()
    entry.router.add_post("/slack/events", events)
    if app.oauth_flow is not None:
        entry.router.add_get(app.oauth_flow.install_path, pages)
        entry.router.add_get(app.oauth_flow.redirect_uri_path, pages)
    runner = web.AppRunner(entry, access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()
