"""A call on its way in: who asks, where and when; and the outcome that comes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.community import Platform
from bot.domain.identifiers import UTC_ZONE, MessageRef, PlaceRef, QuestionId, TrackId, TrackRef, ZoneName
from bot.replies.card import Reply


@dataclass(frozen=True, slots=True)
class Call:
    """A command, a press or a form on its way in. Nothing below reads a clock or throws dice but through it."""

    platform: Platform
    community: str
    """The platform's own id of the server or workspace."""
    place: PlaceRef
    user: str
    """The platform's own id of the person."""
    now: datetime
    seed: int
    zone: ZoneName = UTC_ZONE
    """The best guess at the person's zone, for defaults only."""
    manager: bool = False
    """What the platform says; asked only for commands that need it."""
    message: MessageRef | None = None
    """The message whose button was pressed."""
    refused: Mapping[str, str] = field(default_factory=dict)
    """The platform's ids among what was given that will not do, each with the reason as a sentence."""
    shown: frozenset[QuestionId] = frozenset()
    """Questions whose answer the person was just shown, so that practice neither asks nor counts them."""
    may_write: bool = True
    """Whether the person may write in the place themselves, where the platform says so."""
    clock_off: timedelta | None = None
    """How far this computer's clock is ahead of the platform's, while that is too far to believe it."""
    within: PlaceRef | None = None
    """The channel that the place is a thread of, where it is one."""

    def is_in(self, place: PlaceRef) -> bool:
        """Return whether the call came from a place or a thread in it."""
        return place in (self.place, self.within)


@dataclass(frozen=True, slots=True)
class Introduce:
    """Post a track's introduction. A place that refuses it undoes a new track, and pauses one that moved there."""

    track: TrackRef
    place: PlaceRef
    reply: Reply
    unsaid: Reply
    """What to answer if the introduction could not be posted just now, though nothing refuses it."""
    new: bool = True


@dataclass(frozen=True, slots=True)
class Share:
    """Post something a member chose to share, where they are."""

    place: PlaceRef
    reply: Reply


@dataclass(frozen=True, slots=True)
class Wake:
    """Something is due now: do not wait for the next tick."""


@dataclass(frozen=True, slots=True)
class Recount:
    """A round's meaning changed afterwards: recount the track's standings, in chunks."""

    track: TrackId


@dataclass(frozen=True, slots=True)
class NoteAway:
    """The caller is away until a moment from now on, or not any more: each reply to them says so."""

    until: datetime | None


@dataclass(frozen=True, slots=True)
class BankChanged:
    """The community's own bank is another one now: whoever holds a copy reads it again."""


Effect = Introduce | Share | Wake | Recount | NoteAway | BankChanged


@dataclass(frozen=True, slots=True)
class Outcome:
    """A feature's decision: what to say, and what to do once it is committed."""

    reply: Reply
    effects: tuple[Effect, ...] = field(default=())
