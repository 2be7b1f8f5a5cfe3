"""The bot's own short limits, lengthened where a test is about something else.

On a machine that is busy an answer takes longer than a second and a half now and then, and is then put off as it should
be. A test of what the answer says must not depend on that; a test of the limit holds time in its hands.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module

import pytest

from tests.fakes.patience import PATIENCE

DISCORD = ("bot.adapters.discord.door.PUT_OFF_AFTER",)
SLACK = (
    "bot.adapters.slack.running.PUT_OFF_AFTER",
    "bot.adapters.slack.socket_mode.HEARTBEAT",
    "bot.adapters.slack.web.ANSWERING_CONNECTS_WITHIN",
    "bot.adapters.slack.web.TALKING_WITHIN",
)


@cache
def _shipped(name: str) -> float:
    module, _, limit = name.rpartition(".")
    return float(getattr(import_module(module), limit))


def unhurried(patch: pytest.MonkeyPatch, *limits: str) -> None:
    """Give the bot all the time there is."""
    for name in limits:
        _shipped(name)
        patch.setattr(name, PATIENCE)


def as_shipped(patch: pytest.MonkeyPatch, *limits: str) -> None:
    """Give the bot the time it has, in a test that says how it passes."""
    for name in limits:
        patch.setattr(name, _shipped(name))
