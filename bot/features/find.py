"""/find."""

from __future__ import annotations

from typing import Annotated

from bot.commands.declare import Opt, command, pressed
from bot.commands.kinds import SearchText
from bot.features import finding
from bot.ports.call import Call, Outcome
from bot.ports.catalog import Catalog


@command("find", needs="catalog", example="/find rag or fine-tuning")
def find(
    call: Call,
    catalog: Catalog,
    text: Annotated[SearchText | None, Opt("A word or two to look for", example="rag or fine-tuning")] = None,
) -> Outcome:
    """Search everything: roles, steps, terms, answers, myths, projects, interview questions."""
    return finding.find(catalog, text) if text else finding.shelves(catalog)


@pressed("show", needs="catalog")
def show(call: Call, catalog: Catalog, kind: str, id: str) -> Outcome:
    """Show an entry in full."""
    return finding.show(catalog, kind, id)


@pressed("found", needs="catalog")
def found(call: Call, catalog: Catalog, page: int, text: SearchText) -> Outcome:
    """Show more of what a search found."""
    return finding.find(catalog, text, page)


@pressed("shelf", needs="catalog")
def shelf(call: Call, catalog: Catalog, kind: str, page: int = 0) -> Outcome:
    """List everything of one kind."""
    return finding.shelf(catalog, kind, page)
