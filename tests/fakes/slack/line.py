"""The way by which something reaches the app, and what the app said to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from tests.fakes.slack.seen import Trouble
from tests.fakes.slack.wire import JsonObject

Kind = Literal["slash_commands", "interactive", "events_api"]

RetryReason = Literal["http_timeout", "http_error", "connection_failed", "timeout"]


@dataclass(frozen=True, slots=True)
class Retry:
    """That something is sent again, and why."""

    attempt: int
    reason: RetryReason


@dataclass(frozen=True, slots=True)
class Acked:
    """The app acknowledged it in time."""

    payload: JsonObject | None
    ms: float


@dataclass(frozen=True, slots=True)
class Unacked:
    """The app did not, or not well."""

    trouble: Trouble
    status: int | None = None
    """What an HTTP app answered instead."""
    again: bool = True
    """Whether Slack may send it again; an HTTP app can forbid that with ``X-Slack-No-Retry: 1``."""


Answer = Acked | Unacked


class Line(Protocol):
    """A way to the app: Socket Mode or HTTP."""

    async def deliver(self, kind: Kind, payload: JsonObject, retry: Retry | None = None) -> Answer:
        """Send something and wait for the acknowledgement, but not for ever."""
        ...
