"""What the doctor finds on a platform."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.identifiers import PlaceRef


@dataclass(frozen=True, slots=True)
class TrackToCheck:
    """A daily question and what is kept of it."""

    community: str
    place: PlaceRef
    when: str
    last: str


@dataclass(frozen=True, slots=True)
class Check:
    """What was looked at, whether it is well, and what to do if not."""

    what: str
    good: bool
    told: str
