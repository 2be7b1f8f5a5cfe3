"""/leaderboard, and staying off it."""

from __future__ import annotations

from typing import Annotated

from bot.commands.declare import Opt, command, pressed
from bot.domain.identifiers import PlaceRef, TrackRef
from bot.features import ranking
from bot.ports.call import Call, Outcome
from bot.ports.catalog import Catalog
from bot.ports.storage import UnitOfWork


@command("leaderboard")
def leaderboard(
    call: Call,
    uow: UnitOfWork,
    catalog: Catalog,
    track: Annotated[PlaceRef | None, Opt("The channel of the daily question, if there are several")] = None,
) -> Outcome:
    """See this week's full-week members, the longest running streaks and your own line."""
    return ranking.board_here(call, uow, catalog, track)


@pressed("board")
def board(call: Call, uow: UnitOfWork, catalog: Catalog, track: TrackRef) -> Outcome:
    """See the board of one track."""
    return ranking.board_of(call, uow, catalog, track)


@pressed("hide-me", needs="write")
def hide_me(call: Call, uow: UnitOfWork, catalog: Catalog) -> Outcome:
    """Stay off leaderboards."""
    return ranking.set_hidden(call, uow, catalog, True)


@pressed("show-me", needs="write")
def show_me(call: Call, uow: UnitOfWork, catalog: Catalog) -> Outcome:
    """Appear on leaderboards again."""
    return ranking.set_hidden(call, uow, catalog, False)
