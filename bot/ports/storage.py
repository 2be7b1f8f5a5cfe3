"""Storage as the core asks for it. A unit of work is one transaction; its parts are one family of facts each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from bot.domain.explained import Explained
from bot.ports.answers import Answers, Questions
from bot.ports.health import Health
from bot.ports.installations import Installations
from bot.ports.ledger import DatesAhead, Ledger
from bot.ports.outbox import Outbox
from bot.ports.own_bank import OwnBank
from bot.ports.people import Communities, Members, PersonalData
from bot.ports.practice import Practice, Roadmaps
from bot.ports.reviews import Reviews
from bot.ports.rounds import Rounds
from bot.ports.standings import Standings
from bot.ports.tracks import Tracks

T = TypeVar("T")
X = TypeVar("X")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Each(Generic[R]):
    """The results of doing something for each of many."""

    results: tuple[R, ...]
    """Of those with which it went well."""
    stuck: int = 0
    """How many could not even be given up, and come up again next time."""


class StorageFault(Explained):
    """Trouble with the database that a person can fix.

    Storage logs it once for each outage. Members read ``reference``, the code it is logged under.
    """

    needs_person = False
    """Whether waiting and starting again cannot help."""
    ended = False
    """Whether this process will never reach the database again."""
    reference = ""


class UnitOfWork(Protocol):
    """One transaction, and what can be read and changed in it."""

    communities: Communities
    members: Members
    personal_data: PersonalData
    tracks: Tracks
    rounds: Rounds
    outbox: Outbox
    ledger: Ledger
    dates_ahead: DatesAhead
    answers: Answers
    questions: Questions
    own_bank: OwnBank
    standings: Standings
    practice: Practice
    reviews: Reviews
    roadmaps: Roadmaps
    health: Health
    installations: Installations

    def for_each(
        self,
        things: Iterable[X],
        work: Callable[[X], R],
        give_up: Callable[[X, str], object],
        name: Callable[[X], str],
    ) -> Each[R]:
        """Do something for each, so that a fault nobody foresaw with one harms no other.

        Its writes are taken back, it is logged by its ``name``, and ``give_up`` is handed it with the reference.
        """
        ...


class Reads(Protocol):
    """Runs what only looks, off the event loop or where there is none to hold up."""

    async def read(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run on a read-only connection."""
        ...


class Transact(Reads, Protocol):
    """Runs a feature in one transaction, off the event loop."""

    async def write(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run in the writer; returns after the commit. ``Refusal`` passes through and keeps what others wrote."""
        ...
