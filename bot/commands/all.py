"""The whole registry."""

from __future__ import annotations

from bot.commands import config, daily, find, help, leaderboard, privacy, progress, quiz, roadmap, role
from bot.commands.registry import Registry


def all_commands() -> Registry:
    """Every command, press and form there is, in the order help lists them."""
    return Registry((daily, quiz, role, find, roadmap, progress, leaderboard, privacy, help, config))
