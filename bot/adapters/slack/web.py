"""Calls of Slack's Web API: who makes them, on which line, and what is tried again.

The SDK's own client tries once more when a line breaks, which posts twice where only the answer was lost. So what may
not be done twice goes out on a fresh line each time and is never repeated.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry import HttpRequest, HttpResponse, RetryState
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient
from yarl import URL

log = logging.getLogger(__name__)

SLACK = "https://slack.com/api/"
HOSTS = ("slack.com", "hooks.slack.com", "wss-primary.slack.com", "wss-backup.slack.com")
"""Where the bot connects to: calls, answers to presses, and Socket Mode."""
TALKING_WITHIN, POSTING_WITHIN = 10.0, 25.0
"""Seconds for a call; the scheduler gives a post thirty."""
ANSWERING_CONNECTS_WITHIN = 2.0
"""Seconds to reach the host of answers to presses, another than that of calls; firewalls may know only that one."""
AWAY_FOR = 60.0
"""Seconds in which a host that could not be reached is not tried again: nobody waits for it with each press."""
LIMITED_FOR_AT_MOST = 3
"""Seconds of a limit that a call waits out; with a longer one it fails, and people are told instead of kept waiting."""
FAILED = (SlackApiError, aiohttp.ClientError, OSError, TimeoutError)
"""Everything a call can raise."""


class ShortLimits(AsyncRateLimitErrorRetryHandler):
    """Waits out a short limit; the SDK's own would sleep for as long as Slack says."""

    async def can_retry_async(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        """Return whether the call waits and is made once more."""
        if not await super().can_retry_async(state=state, request=request, response=response, error=error):
            return False
        named = {name.lower(): values for name, values in response.headers.items()} if response else {}
        seconds = next(iter(named.get("retry-after", ())), "1")
        return seconds.isdecimal() and int(seconds) <= LIMITED_FOR_AT_MOST


class Web:
    """The lines to Slack, open while the face runs."""

    def __init__(self, api_url: str | None = None, date: Callable[[str], object] = lambda _: None) -> None:
        """``date`` takes the date that each answer of Slack's carries."""
        self._url = api_url or SLACK
        self._date = date
        self._talking: aiohttp.ClientSession | None = None
        self._posting: aiohttp.ClientSession | None = None
        self._away: dict[str | None, float] = {}
        """Hosts of answers that could not be reached, and when each is tried again."""

    async def __aenter__(self) -> Web:
        trace = aiohttp.TraceConfig()
        trace.on_request_end.append(self._answered)
        self._talking = aiohttp.ClientSession(
            timeout=aiohttp.ClientTimeout(total=TALKING_WITHIN),
            trust_env=not self._here,
            trace_configs=[trace],
        )
        # A line kept open can be closed by Slack at the moment it is used again, and then nobody knows what arrived.
        self._posting = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(force_close=True),
            timeout=aiohttp.ClientTimeout(total=POSTING_WITHIN),
            trust_env=not self._here,
            trace_configs=[trace],
        )
        return self

    async def __aexit__(self, *error: object) -> None:
        for session in (self._talking, self._posting):
            if session is not None:
                await session.close()

    async def _answered(self, _: object, __: object, end: aiohttp.TraceRequestEndParams) -> None:
        self._date(end.response.headers.get("Date", ""))

    @property
    def session(self) -> aiohttp.ClientSession:
        """The line for all but posts."""
        assert self._talking is not None  # open while the face runs
        return self._talking

    @property
    def _here(self) -> bool:
        """Return whether Slack is on this machine, where no proxy leads."""
        return URL(self._url).host in ("127.0.0.1", "localhost", "::1")

    def client(self, token: str | None) -> AsyncWebClient:
        """For what may be done again: short limits are waited for."""
        return self._client(token, self._talking, [ShortLimits(max_retry_count=1)])

    def poster(self, token: str) -> AsyncWebClient:
        """For posts: nothing is done again."""
        return self._client(token, self._posting, [])

    def _client(self, token: str | None, session: aiohttp.ClientSession | None, again: list[Any]) -> AsyncWebClient:
        made = AsyncWebClient(token=token, base_url=self._url, session=session, retry_handlers=again)
        if self._here:
            made.proxy = None  # the SDK takes one from the environment, for every address
        return made

    async def ask_the_time(self) -> None:
        """Call Slack, for the date in its answer."""
        await self.client(None).api_test()

    async def respond(self, url: str, body: dict[str, Any]) -> str | None:
        """Answer an interaction at its own address; what Slack said if it was not taken."""
        host, now = URL(url).host, asyncio.get_running_loop().time()
        if now < self._away.get(host, now):
            return "away"
        timeout = aiohttp.ClientTimeout(total=TALKING_WITHIN, connect=ANSWERING_CONNECTS_WITHIN)
        try:
            async with self.session.post(url, json=body, timeout=timeout) as response:
                return None if response.status == 200 else (await response.text())[:60] or str(response.status)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.ClientHttpProxyError) as error:
            log.warning("%s cannot be reached; answers go another way for a minute", host)
            self._away[host] = now + AWAY_FOR
            return type(error).__name__
        except FAILED as error:
            return type(error).__name__


def error_of(error: Exception) -> str:
    """Slack's own name for what went wrong, or that of the fault on the way."""
    if isinstance(error, SlackApiError):
        return str(_body(error).get("error") or f"HTTP {status_of(error)}")
    return type(error).__name__


def status_of(error: SlackApiError) -> int:
    """The HTTP status; where the answer was no JSON the SDK hands over aiohttp's own."""
    return int(getattr(error.response, "status_code", None) or getattr(error.response, "status", None) or 0)


def needed_scope(error: Exception) -> str:
    """The permission that was missing."""
    return str(_body(error).get("needed") or "a permission") if isinstance(error, SlackApiError) else ""


def _body(error: SlackApiError) -> dict[str, Any]:
    data = getattr(error.response, "data", None)
    return data if isinstance(data, dict) else {}
