"""Ids that carry their time, as Discord's do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

EPOCH_MS = 1_420_070_400_000
_WORLD_MS = 1_609_459_200_000 - EPOCH_MS  # servers, channels, roles and people of the tests were born in 2021


class Snowflakes:
    """Makes ids. Each is new, and grows with time."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._last = 0
        self._guilds = 0
        self._things = 0

    def now(self) -> str:
        """The id of what comes to be at this moment: a message, an interaction."""
        ms = int(self._now().timestamp() * 1000) - EPOCH_MS
        self._last = max(self._last + 1, ms << 22)
        return str(self._last)

    def guild(self) -> str:
        """A server's id. They follow each other by one millisecond, so shards get equally many."""
        self._guilds += 1
        return str((_WORLD_MS + self._guilds) << 22)

    def thing(self) -> str:
        """The id of a channel, a role or a person, older than every message."""
        self._things += 1
        return str((_WORLD_MS << 22) + self._things)
