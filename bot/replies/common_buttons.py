"""Ways on that many replies offer: the buttons that lead to the bot's commands."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from bot.domain.review import DueNow
from bot.replies.card import Choice, Weight
from bot.replies.routes import route

ALL_COMMANDS = Choice("All commands", route("run", "help"))
ALL_SETTINGS = Choice("All settings", route("run", "config"))
FIND = Choice("Find", route("run", "find"))
HOW_IT_WORKS = Choice("How this works", route("how"))
LEADERBOARD = Choice("Leaderboard", route("run", "leaderboard"))
MY_BACKGROUND = Choice("My background", route("run", "find", "text=backgrounds"))
MY_PROGRESS = Choice("My progress", route("run", "progress"))
OUR_QUESTIONS = Choice("Our questions", route("run", "bank"))
PRACTISE = Choice("Practise", route("run", "quiz"))
PRIVACY = Choice("Privacy", route("run", "privacy"))
REVIEW = Choice("Review", route("run", "review"))
ROADMAP = Choice("Roadmap", route("run", "roadmap"))
ROLES = Choice("Roles", route("run", "role"))
SET_UP = Choice("Set up daily question", route("cfg-new"), weight=Weight.LEADS)
TODAYS_QUESTION = Choice("Today's question", route("run", "daily"))
WHAT_I_MISSED = Choice("What I missed", route("run", "quiz", "only=missed"))
HOME = (
    PRACTISE,
    REVIEW,
    ROLES,
    ROADMAP,
    FIND,
    LEADERBOARD,
    Choice("Help", route("run", "help")),
    HOW_IT_WORKS,
    PRIVACY,
)
"""Buttons on a page of one's own, such as a Home tab."""


def leading(ways: Iterable[Choice], offered: Collection[str]) -> tuple[Choice, ...]:
    """The ways without those to a command that is not offered."""
    return tuple(way for way in ways if way.route.what != "run" or way.route.args[0] in offered)


def review_offered(due: DueNow) -> tuple[Choice, ...]:
    """The way to what is due today, as long as some of it may still come today."""
    return (Choice(f"Review, {due.words()}", REVIEW.route),) if due.left else ()


def hiding(hidden: bool) -> Choice:
    """The way onto the leaderboard again for somebody hidden from it, and off it for anybody else."""
    return Choice("Show me", route("show-me")) if hidden else Choice("Hide me", route("hide-me"))
