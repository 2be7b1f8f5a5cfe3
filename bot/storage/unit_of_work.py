"""One transaction's families of facts, in one hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from bot.ports.storage import Each
from bot.storage import apart
from bot.storage.answers import Answers
from bot.storage.chat_state import ChatState
from bot.storage.communities import Communities
from bot.storage.health import Health
from bot.storage.installations import Installations
from bot.storage.known import Known
from bot.storage.members import Members
from bot.storage.practice import Practice
from bot.storage.questions import Questions
from bot.storage.roadmaps import Roadmaps
from bot.storage.rounds import Rounds
from bot.storage.standings import Standings
from bot.storage.tracks import Tracks
from bot.storage.transaction import Transaction

X = TypeVar("X")
R = TypeVar("R")


class SqlUnitOfWork:
    """One transaction."""

    def __init__(self, transaction: Transaction, known: Known) -> None:
        self.transaction = transaction
        self._known = known
        self.communities = Communities(transaction)
        self.members = Members(transaction)
        self.tracks = Tracks(transaction, known)
        self.rounds = Rounds(transaction)
        self.answers = Answers(transaction)
        self.questions = Questions(transaction, known)
        self.standings = Standings(transaction)
        self.practice = Practice(transaction)
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
        """Do something for each; one with which it fails unforeseen is taken back, logged and given up."""
        return apart.for_each(self.transaction, self._known, things, work, give_up, name)
