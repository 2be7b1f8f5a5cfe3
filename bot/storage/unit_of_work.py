"""One transaction's families of facts, in one hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TypeVar

from bot.ports.storage import Each, UnitOfWork
from bot.storage.answers import Answers
from bot.storage.cache import Cache
from bot.storage.communities import Communities
from bot.storage.health import Health
from bot.storage.installations import ChatState, Installations
from bot.storage.ledger import DatesAhead, Ledger
from bot.storage.members import Members
from bot.storage.outbox import Outbox
from bot.storage.own_bank import OwnBank
from bot.storage.personal_data import PersonalData
from bot.storage.practice import Practice, Roadmaps
from bot.storage.questions import Questions
from bot.storage.reviews import Reviews
from bot.storage.rounds import Rounds
from bot.storage.standings import Standings
from bot.storage.tracks import Tracks
from bot.storage.transaction import Transaction, Undone

X = TypeVar("X")
R = TypeVar("R")


class SqlUnitOfWork(UnitOfWork):
    def __init__(self, transaction: Transaction, cache: Cache) -> None:
        self.transaction = transaction
        self._cache = cache
        self.communities = Communities(transaction)
        self.members = Members(transaction)
        self.personal_data = PersonalData(transaction)
        self.tracks = Tracks(transaction, cache)
        self.rounds = Rounds(transaction)
        self.outbox = Outbox(transaction)
        self.ledger = Ledger(transaction)
        self.dates_ahead = DatesAhead(transaction)
        self.answers = Answers(transaction)
        self.questions = Questions(transaction, cache)
        self.own_bank = OwnBank(transaction)
        self.standings = Standings(transaction)
        self.practice = Practice(transaction)
        self.reviews = Reviews(transaction)
        self.roadmaps = Roadmaps(transaction)
        self.health = Health(transaction)
        self.installations = Installations(transaction)
        self.chat_state = ChatState(transaction)

    def for_each(
        self,
        things: Iterable[X],
        work: Callable[[X], R],
        give_up: Callable[[X, str], object],
        name: Callable[[X], str],
    ) -> Each[R]:
        # Together, as it should go; where that fails, each by itself, and those that fail are given up.
        wanted = tuple(things)
        try:
            return Each(self.transaction.apart(lambda: tuple([work(thing) for thing in wanted])))
        except Undone:
            pass
        results: list[R] = []
        stuck = 0
        for thing in wanted:
            try:
                results.append(self.transaction.apart(partial(work, thing)))
            except Undone as undone:
                reference = self._cache.troubles.noted(name(thing), undone.__cause__)
                try:
                    self.transaction.apart(partial(give_up, thing, reference))
                except Undone as again:
                    self._cache.troubles.noted(f"giving up {name(thing)}", again.__cause__)
                    stuck += 1
        return Each(tuple(results), stuck)
