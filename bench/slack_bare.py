"""The least a Slack app can do: Bolt as it comes, acknowledging a command with a word."""

from __future__ import annotations

import asyncio
import sys

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient


def app(api_url: str, token: str, secret: str) -> AsyncApp:
    made = AsyncApp(client=AsyncWebClient(token=token, base_url=api_url), signing_secret=secret)

    @made.command("/study")
    async def answer(ack: AsyncAck) -> None:
        await ack("Here.")

    return made


async def in_socket_mode(made: AsyncApp, app_token: str) -> None:
    await AsyncSocketModeHandler(made, app_token).start_async()  # type: ignore[no-untyped-call]


def main() -> None:
    line, api_url, token, secret, app_token, port = sys.argv[1:]
    made = app(api_url, token, secret)
    if line == "http":
        made.server(port=int(port), path="/slack/events", host="127.0.0.1").start()
    else:
        asyncio.run(in_socket_mode(made, app_token))


if __name__ == "__main__":
    main()
