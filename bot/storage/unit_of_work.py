"""One transaction's families of facts, in one hand."""

from __future__ import annotations

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


class SqlUnitOfWork:
    """One transaction."""

    def __init__(self, transaction: Transaction, known: Known) -> None:
        self.transaction = transaction
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
