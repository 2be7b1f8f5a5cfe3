"""/progress, the history, and being away."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from bot.commands.declare import Opt, command, pressed
from bot.domain.identifiers import TrackId
from bot.ports.call import Call, Outcome
from bot.ports.catalog import Catalog
from bot.ports.storage import UnitOfWork
from bot.services import progressing


class ProgressView(StrEnum):
    """What to show of one's progress."""

    SUMMARY = "summary"
    HISTORY = "history"


@command("progress", example="/progress history")
def progress(
    call: Call,
    uow: UnitOfWork,
    catalog: Catalog,
    show: Annotated[ProgressView, Opt("summary, or history: every round")] = ProgressView.SUMMARY,
) -> Outcome:
    """See your streak, freezes, this week, accuracy by topic and what to review."""
    if show is ProgressView.HISTORY:
        return progressing.history_here(call, uow, catalog)
    return progressing.progress(call, uow, catalog)


@pressed("history")
def history(call: Call, uow: UnitOfWork, catalog: Catalog, track: TrackId) -> Outcome:
    """See each round and what it was for you."""
    return progressing.history(call, uow, catalog, track)


@pressed("away", needs="catalog")
def away(call: Call, catalog: Catalog) -> Outcome:
    """Choose since when you are away."""
    return progressing.ask_away(call, catalog)


@pressed("away-since", needs="write")
def away_since(call: Call, uow: UnitOfWork, catalog: Catalog, days: int) -> Outcome:
    """Begin being away."""
    return progressing.begin_away(call, uow, catalog, days)


@pressed("back", needs="write")
def back(call: Call, uow: UnitOfWork, catalog: Catalog) -> Outcome:
    """Come back."""
    return progressing.end_away(call, uow, catalog)
