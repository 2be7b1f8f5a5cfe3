"""Everything people can do, in the order help lists it."""

from __future__ import annotations

from bot.commands.registry import Registry
from bot.features import answer, away, daily, find, help, leaderboard, privacy, progress, review, roadmap, roles
from bot.features.bank import pasting, questions
from bot.features.config import panel, saving, steering
from bot.features.practice import ask, past_rounds, report, trying


def all_commands() -> Registry:
    """Every command, press and form there is, in the order help lists them."""
    practice = (ask, trying, past_rounds, report)
    config = (saving, steering, panel)
    return Registry(
        (
            daily,
            answer,
            *practice,
            review,
            roles,
            find,
            roadmap,
            progress,
            away,
            leaderboard,
            privacy,
            help,
            *config,
            questions,
            pasting,
        ),
    )
