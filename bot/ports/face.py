"""A platform's adapter from outside: at work, as the supervisor sees it, and checked by the doctor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bot.domain.explained import Explained
from bot.domain.identifiers import PlaceRef


class FaceEnded(Explained):
    """The face cannot go on until somebody changes something."""


class Face(Protocol):
    """Connects to its platform and answers people there."""

    @property
    def name(self) -> str:
        """The name of the platform."""
        ...

    async def run(self) -> None:
        """Run until cancelled, whatever passes; ``FaceEnded`` if nothing but a person can help."""
        ...


@dataclass(frozen=True, slots=True)
class TrackToCheck:
    """A daily question and what is kept of it."""

    community: str
    place: PlaceRef
    when: str
    last: str


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at, whether it is well, and what to do if not."""

    what: str
    good: bool
    told: str
