"""Two things to try after a verdict, so that nobody is left wondering what else there is."""

from __future__ import annotations

from bot.adapters.terminal.wrapping import Line, Look, Piece, wrapped
from bot.domain.bank import Shelf
from bot.ports.catalog import Catalog
from bot.replies.card import Reply
from bot.replies.judged import DailyVerdict, PracticeVerdict
from bot.replies.reviewing import ReviewVerdict

Try = tuple[str, str]
"""Words to type, and what they do."""


def tries(reply: Reply, catalog: Catalog) -> tuple[Try, Try] | None:
    """Things to try after this reply: for the same verdict always the same; None if it is no verdict."""
    match reply:
        case DailyVerdict(round=round, stands=True):
            return ("next", "practise"), _further(catalog, round.id)
        case DailyVerdict(round=round):
            return ("tomorrow", "live on to the next question"), _further(catalog, round.id)
        case ReviewVerdict(asked=asked):
            return ("next", "review another"), _further(catalog, sum(asked.question.id.encode()))
        case PracticeVerdict(asked=asked):
            return ("next", "practise another"), _further(catalog, sum(asked.question.id.encode()))
        case _:
            return None


def _further(catalog: Catalog, turn: int) -> Try:
    ways: list[Try] = [
        ("/progress", "see where you stand"),
        ("/leaderboard", "see the group's week"),
    ]
    if catalog.has(Shelf.ROADMAP):
        ways.insert(1, ("/roadmap", "see what to learn next"))
    if catalog.roles:
        role = catalog.roles[turn % len(catalog.roles)]
        ways.insert(0, (f"/role {role.name.casefold()}", "look up a role"))
    return ways[turn % len(ways)]


def tries_lines(both: tuple[Try, Try], width: int) -> list[Line]:
    """The line that ends a verdict."""
    (first, does), (second, then) = both
    return wrapped(
        [
            Piece("Try: ", Look.SMALL),
            Piece(first, Look.CODE),
            Piece(f" ({does}), ", Look.SMALL),
            Piece(second, Look.CODE),
            Piece(f" ({then})", Look.SMALL),
        ],
        width,
        rest=[Piece("     ")],
    )
