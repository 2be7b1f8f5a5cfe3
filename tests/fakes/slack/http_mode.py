"""HTTP mode: signed requests to the app's own address, and requests no Slack would send."""

from __future__ import annotations

import io
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

import aiohttp

from tests.fakes.slack.line import Acked, Answer, Kind, Retry, Unacked
from tests.fakes.slack.signature import sign
from tests.fakes.slack.wire import JsonObject

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Reply:
    """The app's answer to a request."""

    status: int
    text: str
    headers: Mapping[str, str]
    content_type: str


class HttpLine:
    """Sends to the app's address as Slack does."""

    def __init__(self, url: str, secret: str, patience: float) -> None:
        self.url = url
        self._secret = secret
        self.patience = patience
        """How many real seconds an answer may take."""
        self._session = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())

    async def close(self) -> None:
        """Let go of the connections."""
        await self._session.close()

    async def deliver(self, kind: Kind, payload: JsonObject, retry: Retry | None = None) -> Answer:
        """Send something, signed, and wait for the answer."""
        body, content_type = encode(kind, payload)
        headers = (
            {} if retry is None else {"X-Slack-Retry-Num": str(retry.attempt), "X-Slack-Retry-Reason": retry.reason}
        )
        began = time.perf_counter()
        try:
            reply = await self.send(body, content_type, headers=headers)
        except TimeoutError:
            return Unacked("operation_timeout")
        except aiohttp.ClientError:
            return Unacked("dispatch_failed")
        if not 200 <= reply.status < 300:
            return Unacked("dispatch_failed", reply.status, again=reply.headers.get("X-Slack-No-Retry") != "1")
        return Acked(_read(reply), (time.perf_counter() - began) * 1000)

    async def send(
        self,
        body: bytes,
        content_type: str,
        *,
        timestamp: int | None = None,
        signature: str | None = None,
        signed: bool = True,
        headers: dict[str, str] | None = None,
    ) -> Reply:
        """Send any body: signed now, at another time, with a signature of the test's own, or not at all."""
        at = int(time.time()) if timestamp is None else timestamp
        sent = {"Content-Type": content_type, "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)"}
        if signed:
            sent |= {
                "X-Slack-Request-Timestamp": str(at),
                "X-Slack-Signature": sign(self._secret, at, body) if signature is None else signature,
            }
        timeout = aiohttp.ClientTimeout(total=self.patience)
        sent |= headers or {}
        async with self._session.post(self.url, data=io.BytesIO(body), headers=sent, timeout=timeout) as response:
            return Reply(response.status, await response.text(), response.headers, response.content_type)


def encode(kind: Kind, payload: JsonObject) -> tuple[bytes, str]:
    """A body as Slack sends that kind, and its content type."""
    match kind:
        case "events_api":
            return json.dumps(payload).encode(), "application/json"
        case "slash_commands":
            return urlencode(payload).encode(), FORM
        case "interactive":
            return urlencode({"payload": json.dumps(payload)}).encode(), FORM


def _read(reply: Reply) -> JsonObject | None:
    """The answer in the body: JSON, or plain text, which Slack shows as it is."""
    if not reply.text.strip():
        return None
    if reply.content_type == "application/json":
        read = json.loads(reply.text)
        return read if isinstance(read, dict) else None
    return {"text": reply.text}
