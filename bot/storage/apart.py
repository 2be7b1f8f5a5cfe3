"""Many things in one transaction, so that a fault nobody foresaw with one of them harms no other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from bot.ports.storage import Each
from bot.storage.known import Known
from bot.storage.transaction import Transaction, Undone

X = TypeVar("X")
R = TypeVar("R")


def for_each(
    transaction: Transaction,
    known: Known,
    things: Iterable[X],
    work: Callable[[X], R],
    give_up: Callable[[X, str], object],
    name: Callable[[X], str],
) -> Each[R]:
    """Together, as it should go; where that fails, each by itself, and those that fail are given up."""
    wanted = tuple(things)
    try:
        return Each(transaction.apart(lambda: tuple([work(thing) for thing in wanted])))
    except Undone:
        pass
    results: list[R] = []
    stuck = 0
    for thing in wanted:
        try:
            results.append(transaction.apart(lambda thing=thing: work(thing)))  # type: ignore[misc]
        except Undone as undone:
            reference = known.troubles.noted(name(thing), undone.__cause__)
            try:
                transaction.apart(lambda thing=thing, reference=reference: give_up(thing, reference))  # type: ignore[misc]
            except Undone as again:
                known.troubles.noted(f"giving up {name(thing)}", again.__cause__)
                stuck += 1
    return Each(tuple(results), stuck)
