"""Limits on calls of a method: tiers per minute, and one message a second in a channel."""

from __future__ import annotations

import math
from collections import defaultdict, deque
from datetime import datetime, timedelta

from tests.fakes.slack.clock import Clock

MINUTE = timedelta(minutes=1)
POST_EVERY = timedelta(seconds=1)

TIERS = {
    "apps.connections.open": 1,
    "auth.test": 600,
    "chat.delete": 50,
    "chat.getPermalink": 600,
    "chat.postEphemeral": 100,
    "chat.postMessage": 300,
    "chat.update": 50,
    "conversations.info": 50,
    "conversations.join": 50,
    "conversations.list": 20,
    "conversations.open": 50,
    "files.completeUploadExternal": 100,
    "files.getUploadURLExternal": 100,
    "team.info": 50,
    "users.info": 100,
    "users.list": 20,
    "views.open": 100,
    "views.publish": 100,
    "views.push": 100,
    "views.update": 100,
}
"""Calls a minute per method and workspace: the floor of each tier, and of the special rules."""


class RateLimits:
    """Counts calls by the fake's clock."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._calls: dict[tuple[str, str], deque[datetime]] = defaultdict(deque)
        self._posts: dict[str, datetime] = {}

    def wait(self, method: str, team_id: str, channel: str | None) -> int | None:
        """The seconds to wait before this call is taken; None takes it."""
        now = self._clock.now()
        calls = self._calls[method, team_id]
        while calls and now - calls[0] >= MINUTE:
            calls.popleft()
        if len(calls) >= TIERS.get(method, 20):
            return _whole_seconds(MINUTE - (now - calls[0]))
        if method == "chat.postMessage" and channel is not None:
            last = self._posts.get(channel)
            if last is not None and now - last < POST_EVERY:
                return _whole_seconds(POST_EVERY - (now - last))
            self._posts[channel] = now
        calls.append(now)
        return None


def _whole_seconds(left: timedelta) -> int:
    return max(1, math.ceil(left.total_seconds()))
