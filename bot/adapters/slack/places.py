"""Names of channels: texts name them by id, buttons have to spell them out."""

from __future__ import annotations

from collections.abc import Callable

from bot.adapters.slack.cards import Names
from bot.adapters.slack.text import Commands
from bot.adapters.slack.web import FAILED
from bot.adapters.slack.workspaces import Workspace
from bot.domain.identifiers import PlaceRef
from bot.kit import Latest
from bot.ports.clock import Clock
from bot.replies.card import Card

KEPT = 5000
KNOWN_FOR = 600.0
"""Seconds; nobody tells us of a channel that was renamed."""


class Places:
    """Names of public channels, asked for when a button needs one; private ones are not ours to spell out."""

    def __init__(self, commands: Commands, clock: Clock, silence: Callable[[], float | None]) -> None:
        """``silence`` is for how long nothing was heard of Slack."""
        self._commands = commands
        self._clock = clock
        self._silence = silence
        self._known = Latest[str, tuple[str | None, float]](KEPT)

    def names(self) -> Names:
        """The names known by now."""
        return Names(lambda place: self._known.get(place, (None,))[0], self._commands, self._silence)

    async def for_card(self, workspace: Workspace, card: Card) -> Names:
        """The names a card needs."""
        for place in {choice.place for choice in card.choices if choice.place}:
            known = self._known.get(place)
            if known is None or self._clock.monotonic() - known[1] > KNOWN_FOR:
                self.keep(place, await _name(workspace, place))
        return self.names()

    def keep(self, place: PlaceRef, name: str | None) -> None:
        """Remember a name for a while; the oldest are forgotten."""
        self._known[place] = (name, self._clock.monotonic())

    def renamed(self, place: str) -> None:
        """Forget a name that may not hold any more."""
        self._known.pop(place, None)


async def _name(workspace: Workspace, place: PlaceRef) -> str | None:
    try:
        told = await workspace.client.conversations_info(channel=place)
    except FAILED:
        return None
    channel = told.get("channel") or {}
    return None if channel.get("is_private") else channel.get("name")
