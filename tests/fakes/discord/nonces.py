"""Limits that keep a repeated post from becoming two, and an old post from being edited for ever."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from tests.fakes.discord.errors import refusal
from tests.fakes.discord.messages import Message


class Nonces:
    """With `enforce_nonce`, a nonce used lately in the same channel returns its first message."""

    def __init__(self, now: Callable[[], datetime], window: timedelta) -> None:
        self._now = now
        self.window = window
        self._first: dict[tuple[str, str], Message] = {}

    def first(self, channel: str, nonce: str) -> Message | None:
        known = self._first.get((channel, nonce))
        return known if known is not None and self._now() - known.created <= self.window else None

    def remember(self, message: Message) -> None:
        assert message.nonce is not None
        self._first[message.channel.id, message.nonce] = message


class OldEdits:
    """Posts older than an hour take only some edits in a while (30046). Discord does not say how many.

    None is no limit.
    """

    def __init__(self, now: Callable[[], datetime], most: int | None, window: timedelta) -> None:
        self._now = now
        self._most = most
        self._window = window
        self._edits: dict[str, list[datetime]] = {}

    def check(self, message: Message) -> None:
        now = self._now()
        if self._most is None or now - message.created < timedelta(hours=1):
            return
        lately = [at for at in self._edits.get(message.channel.id, []) if now - at < self._window]
        if len(lately) >= self._most:
            raise refusal(30046)
        self._edits[message.channel.id] = [*lately, now]
