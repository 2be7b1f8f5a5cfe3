"""What the core keeps, by intention. A unit of work is one transaction; its parts are one family of facts each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from bot.ports.answers import Answers, Questions
from bot.ports.health import Health
from bot.ports.installations import Installations
from bot.ports.people import Communities, Members
from bot.ports.practice import Practice, Roadmaps
from bot.ports.rounds import Rounds
from bot.ports.standings import Standings
from bot.ports.tracks import Tracks

T = TypeVar("T")
X = TypeVar("X")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Each(Generic[R]):
    """What came of doing something for each of many."""

    results: tuple[R, ...]
    """Of those with which it went well."""
    stuck: int = 0
    """How many could not even be given up, and come up again next time."""


class StorageFault(Exception):
    """Trouble with the database that a person can fix.

    ``sentence`` is for the operator; storage logs it once for each outage. Members read ``reference``, the code it is
    logged under, and no path or address.
    """

    needs_person = False
    """Whether waiting and starting again cannot help."""
    ended = False
    """Whether this process will never reach the database again."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.reference = ""


class UnitOfWork(Protocol):
    """One transaction."""

    @property
    def communities(self) -> Communities:
        """Communities, their settings and delegates."""
        ...

    @property
    def members(self) -> Members:
        """Members and their pauses."""
        ...

    @property
    def tracks(self) -> Tracks:
        """Tracks and their due dates."""
        ...

    @property
    def rounds(self) -> Rounds:
        """The ledger of rounds."""
        ...

    @property
    def answers(self) -> Answers:
        """First choices in open rounds."""
        ...

    @property
    def questions(self) -> Questions:
        """Questions as they were asked."""
        ...

    @property
    def standings(self) -> Standings:
        """Streaks and weekly points."""
        ...

    @property
    def practice(self) -> Practice:
        """Practice, review and reports."""
        ...

    @property
    def roadmaps(self) -> Roadmaps:
        """Marks on the roadmap."""
        ...

    @property
    def health(self) -> Health:
        """Notices, heartbeats and outages."""
        ...

    @property
    def installations(self) -> Installations:
        """Where the app was installed by others."""
        ...

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
    """Runs a service in one transaction, off the event loop."""

    async def write(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run in the writer; returns after the commit. ``Refusal`` passes through and keeps what others wrote."""
        ...
