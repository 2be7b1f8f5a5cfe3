"""/daily, the letters on the post, and More."""

from __future__ import annotations

from bot.commands.declare import command, pressed
from bot.domain.identifiers import OptionId, RoundRef
from bot.features import answering, helping, today
from bot.ports.call import Call, Outcome
from bot.ports.catalog import Catalog
from bot.ports.storage import UnitOfWork


@command("daily", needs="write")
def daily(call: Call, uow: UnitOfWork, catalog: Catalog) -> Outcome:
    """Show today's question, answerable right here."""
    return today.today(call, uow, catalog)


@pressed("daily", needs="write")
def one_round(call: Call, uow: UnitOfWork, catalog: Catalog, round: RoundRef) -> Outcome:
    """Show one round, or your result on it."""
    return today.one_round(call, uow, catalog, round)


@pressed("ans", needs="write")
def answer(call: Call, uow: UnitOfWork, catalog: Catalog, round: RoundRef, option: OptionId) -> Outcome:
    """Take a press on a daily question."""
    return answering.answer(call, uow, catalog, round, option)


@pressed("more")
def more(call: Call, uow: UnitOfWork, catalog: Catalog, round: RoundRef) -> Outcome:
    """Open the door behind More."""
    return helping.more(call, uow, catalog, round)


@pressed("how", needs="catalog")
def how(call: Call, catalog: Catalog) -> Outcome:
    """Tell how the daily question works."""
    return helping.how(call, catalog)
