"""Ids in Slack's shapes, the same in every run."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from tests.fakes.slack.wire import seconds


class Ids:
    """Hands out ids: a letter and ten characters, counted up per letter."""

    def __init__(self) -> None:
        self._used: Counter[str] = Counter()

    def next(self, letter: str) -> str:
        """An id never handed out before, such as ``C0000000001``."""
        self._used[letter] += 1
        return f"{letter}{self._used[letter]:010d}"

    def number(self, of: str) -> int:
        """A number never handed out before for that."""
        self._used[of] += 1
        return self._used[of]

    def ts(self, now: datetime) -> str:
        """The timestamp that names a message: unique, and sorted by time."""
        return f"{seconds(now)}.{self.number('ts'):06d}"
