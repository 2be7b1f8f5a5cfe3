"""Acknowledgements: what one carries, and what is done if it does not reach Slack."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.adapters.slack.cards import Json


@dataclass(frozen=True, slots=True)
class Ack:
    """An acknowledgement, empty or with an answer in it."""

    carried: Json | None = None
    lost: Callable[[], object] | None = None
    """Answers another way, where the line or the request ended before this was sent."""


class NothingToSay(Exception):
    """There is no workspace and no address to answer at: not acknowledged, Slack itself says that it did not work."""
