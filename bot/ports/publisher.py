"""The way out for posts: what the scheduler asks of a platform."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.domain.community import Platform
from bot.domain.identifiers import MessageRef, PlaceRef, RoundRef
from bot.replies.card import Reply


@dataclass(frozen=True, slots=True)
class Address:
    """A place of a community, in the platform's own ids."""

    community: str
    place: PlaceRef


@dataclass(frozen=True, slots=True)
class Posted:
    """The platform took the message."""

    message: MessageRef


@dataclass(frozen=True, slots=True)
class Refused:
    """The platform will not take it until someone changes something there; ``reason`` is a sentence."""

    reason: str


@dataclass(frozen=True, slots=True)
class Later:
    """A passing fault; nothing was posted. Try again after that number of seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Uncertain:
    """The connection was lost after sending: posted or not, nobody can tell."""


@dataclass(frozen=True, slots=True)
class NoSuchMessage:
    """The stored message id is not one of this platform's, so the message cannot be found."""


PostResult = Posted | Refused | Later | Uncertain
EditResult = PostResult | NoSuchMessage


class Seen(StrEnum):
    """The result of a look back that returned no message."""

    ABSENT = "absent"
    CANNOT_TELL = "cannot-tell"
    LATER = "later"
    """Nobody could look just now; a later look may tell."""


class Priority(StrEnum):
    """The order of sending when the platform limits the rate."""

    POST = "post"
    REVEAL = "reveal"


class Publisher(Protocol):
    """Posts, edits and tells on one platform. Never raises for what a platform can do to us."""

    @property
    def platform(self) -> Platform:
        """Which platform this is."""
        ...

    def resend_is_safe(self, address: Address, first_attempt: datetime, now: datetime) -> bool:
        """Return whether posting the same round again would be recognised by the platform as the same message."""
        ...

    @property
    def can_look_back(self) -> bool:
        """Return whether our own posts can be looked for at all; where not, waiting makes no lost answer clearer."""
        ...

    async def look_back(self, address: Address, round: RoundRef, since: datetime) -> MessageRef | Seen:
        """Look in the place for our own message of that round."""
        ...

    async def post(self, address: Address, reply: Reply, round: RoundRef | None = None) -> PostResult:
        """Post; the round makes the message recognisable where the platform can."""
        ...

    async def edit(self, address: Address, message: MessageRef, reply: Reply) -> EditResult:
        """Replace a message of ours; notifies nobody."""
        ...

    async def tell(self, address: Address, user: str, reply: Reply) -> PostResult:
        """Tell one person privately; refused if they cannot be reached."""
        ...
