"""/progress, the history, and being away."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from bot.commands.declare import Opt, command, pressed, submitted
from bot.commands.registry import Registry
from bot.domain.calendar_dates import TypedDate
from bot.domain.identifiers import TrackRef
from bot.features import being_away, progressing
from bot.ports.call import Call, Outcome
from bot.ports.catalog import Catalog
from bot.ports.storage import UnitOfWork
from bot.replies.said import FormAsked


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
def history(call: Call, uow: UnitOfWork, catalog: Catalog, track: TrackRef, before: int = 0) -> Outcome:
    """See each round and what it was for you."""
    return progressing.history(call, uow, catalog, track, before if before > 0 else None)


@pressed("away", needs="catalog")
def away(call: Call, catalog: Catalog) -> Outcome:
    """Choose since when you are away."""
    return being_away.ask_away(call, catalog)


@pressed("away-since", needs="write")
def away_since(call: Call, uow: UnitOfWork, catalog: Catalog, days: int) -> Outcome:
    """Begin being away."""
    return being_away.begin_away(call, uow, catalog, days)


@pressed("away-form", needs="catalog")
def away_form(call: Call, registry: Registry) -> Outcome:
    """Open the form of a pause's end."""
    return Outcome(FormAsked(registry.form("away-until")))


@submitted("away-until", title="Away until")
def away_until(
    call: Call,
    uow: UnitOfWork,
    catalog: Catalog,
    until: Annotated[TypedDate, Opt("Date you are back", example="2026-12-24")],
) -> Outcome:
    """Let the pause end on a date."""
    return being_away.set_end(call, uow, catalog, until)


@pressed("back", needs="write")
def back(call: Call, uow: UnitOfWork, catalog: Catalog) -> Outcome:
    """Come back."""
    return being_away.end_away(call, uow, catalog)
