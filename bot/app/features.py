"""What people can do, in the order help lists it."""

from __future__ import annotations

from bot.commands.registry import Registry
from bot.features import daily, find, help, leaderboard, practice, privacy, progress, roadmap, roles
from bot.features.config import panel, saving, steering


def all_commands() -> Registry:
    """Every command, press and form there is, in the order help lists them."""
    return Registry(
        (daily, practice, roles, find, roadmap, progress, leaderboard, privacy, help, saving, steering, panel)
    )
