"""/privacy."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from bot.commands.declare import Opt, command, pressed
from bot.features import private_data, ranking
from bot.ports.call import Call, Outcome
from bot.ports.catalog import Catalog
from bot.ports.storage import UnitOfWork


class PrivacyAction(StrEnum):
    """What to do with your data."""

    SHOW = "show"
    EXPORT = "export"
    DELETE = "delete"
    HIDE = "hide"


@command("privacy", needs="write", example="/privacy export")
def privacy(
    call: Call,
    uow: UnitOfWork,
    catalog: Catalog,
    action: Annotated[PrivacyAction, Opt("show, export, delete, or hide me from leaderboards")] = PrivacyAction.SHOW,
) -> Outcome:
    """See what is stored about you; export it, delete it, or stay off leaderboards."""
    match action:
        case PrivacyAction.EXPORT:
            return private_data.export(call, uow, catalog)
        case PrivacyAction.DELETE:
            return private_data.ask_forget(call, catalog)
        case PrivacyAction.HIDE:
            return ranking.set_hidden(call, uow, catalog, True)
        case PrivacyAction.SHOW:
            return private_data.stored(call, uow, catalog)


@pressed("export")
def export(call: Call, uow: UnitOfWork, catalog: Catalog) -> Outcome:
    """Export your data."""
    return private_data.export(call, uow, catalog)


@pressed("forget", needs="catalog")
def forget(call: Call, catalog: Catalog) -> Outcome:
    """Ask before deleting your data."""
    return private_data.ask_forget(call, catalog)


@pressed("forget-yes", needs="write")
def forget_yes(call: Call, uow: UnitOfWork, catalog: Catalog) -> Outcome:
    """Delete your data."""
    return private_data.forget(call, uow, catalog)
