"""A round's life as one table: every move from one state to another, what sets it off, and what follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from bot.domain.round import RoundState


class Cause(StrEnum):
    """The person or thing that sets a move off."""

    CLOCK = "the clock"
    PLATFORM = "the platform"
    MEMBER = "a member"
    MANAGER = "a manager"
    DAMAGE = "a damaged row"


class Event(StrEnum):
    """Something that moves a round on."""

    FELL_DUE = "fell due"
    MISSED = "missed"
    TAKEN = "taken"
    TAKEN_AGAIN = "taken again"
    PUT_OFF = "put off"
    OPENED = "opened"
    REFUSED = "refused"
    LOST = "lost"
    GIVEN_UP = "given up"
    REVIVED = "revived"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    SET_ASIDE = "set aside"


@dataclass(frozen=True, slots=True)
class Move:
    """One way a round goes from one state to another."""

    event: Event
    source: RoundState | None
    """None for a round that is only now written down."""
    target: RoundState
    causes: tuple[Cause, ...]
    meaning: str
    """What happens and what follows, in a few words."""


_DUE, _SENDING, _OPEN, _CLOSED = RoundState.DUE, RoundState.SENDING, RoundState.OPEN, RoundState.CLOSED
_UNPOSTED, _UNKNOWN, _FAILED, _VOID = RoundState.UNPOSTED, RoundState.UNKNOWN, RoundState.FAILED, RoundState.VOID

MOVES = (
    Move(Event.FELL_DUE, None, _DUE, (Cause.CLOCK, Cause.MANAGER), "its date came, or a manager pressed Post now"),
    Move(Event.MISSED, None, _UNPOSTED, (Cause.CLOCK,), "its date passed while Studybot was down; the manager is told"),
    Move(Event.TAKEN, _DUE, _SENDING, (Cause.CLOCK,), "its question and tag are fixed, and it is sent"),
    Move(Event.TAKEN_AGAIN, _SENDING, _SENDING, (Cause.CLOCK,), "its sending was cut off and is tried once more"),
    Move(Event.TAKEN_AGAIN, _UNKNOWN, _SENDING, (Cause.CLOCK,), "it turned out not to be there, so it is sent again"),
    Move(Event.PUT_OFF, _SENDING, _DUE, (Cause.PLATFORM,), "a passing fault, nothing was posted; it is sent later"),
    Move(Event.OPENED, _DUE, _OPEN, (Cause.PLATFORM,), "the platform's late word came that it is there"),
    Move(
        Event.OPENED,
        _SENDING,
        _OPEN,
        (Cause.PLATFORM, Cause.MEMBER),
        "the platform took it, or a press proves it; it gets its number and the open round closes",
    ),
    Move(
        Event.OPENED,
        _UNKNOWN,
        _OPEN,
        (Cause.PLATFORM, Cause.MEMBER, Cause.MANAGER),
        "somebody saw it or pressed it, which proves that it was posted",
    ),
    Move(Event.REFUSED, _SENDING, _FAILED, (Cause.PLATFORM,), "posting is not allowed there; the track pauses"),
    Move(Event.LOST, _SENDING, _UNKNOWN, (Cause.PLATFORM,), "the answer was lost; the manager decides"),
    Move(Event.GIVEN_UP, _DUE, _UNPOSTED, (Cause.CLOCK,), "it is too late to post, or nothing is left to ask"),
    Move(Event.GIVEN_UP, _SENDING, _UNPOSTED, (Cause.CLOCK,), "it is certainly not there, and too late to post"),
    Move(Event.REVIVED, _UNPOSTED, _DUE, (Cause.MANAGER,), "Post now on its own date"),
    Move(Event.REVIVED, _FAILED, _DUE, (Cause.MANAGER,), "Post now on its own date"),
    Move(Event.REVIVED, _UNKNOWN, _DUE, (Cause.MANAGER,), "Post it again"),
    Move(
        Event.CLOSED,
        _OPEN,
        _CLOSED,
        (Cause.CLOCK, Cause.PLATFORM, Cause.MEMBER, Cause.MANAGER),
        "the next one opened, seven dates passed or its track was deleted; its post shows the answer",
    ),
    Move(Event.WITHDRAWN, _OPEN, _VOID, (Cause.MANAGER,), "it counts against nobody"),
    Move(Event.WITHDRAWN, _CLOSED, _VOID, (Cause.MANAGER,), "it counts against nobody"),
    Move(Event.SET_ASIDE, _OPEN, _CLOSED, (Cause.DAMAGE,), "it cannot be read; it counts against nobody"),
    Move(Event.SET_ASIDE, _DUE, _FAILED, (Cause.DAMAGE,), "it cannot be read; the track pauses"),
    Move(Event.SET_ASIDE, _SENDING, _FAILED, (Cause.DAMAGE,), "it cannot be read; the track pauses"),
    Move(Event.SET_ASIDE, _UNKNOWN, _FAILED, (Cause.DAMAGE,), "it cannot be read; the track pauses"),
)
_BY_EVENT: Mapping[Event, Mapping[RoundState | None, RoundState]] = MappingProxyType(
    {event: MappingProxyType({move.source: move.target for move in MOVES if move.event is event}) for event in Event}
)


class IllegalMove(Exception):
    """A move that is not in the table; nothing was changed."""

    def __init__(self, state: RoundState | None, event: Event) -> None:
        super().__init__(f"a round that is {state or 'not written down'} cannot be {event}")


def after(state: RoundState | None, event: Event) -> RoundState:
    """The state a round is in after an event. ``IllegalMove`` if that cannot happen to it."""
    target = _BY_EVENT[event].get(state)
    if target is None:
        raise IllegalMove(state, event)
    return target


def sources(event: Event, target: RoundState | None = None) -> frozenset[RoundState]:
    """The states an event can find a round in, of those that lead to a target if one is given."""
    found = _BY_EVENT[event].items()
    return frozenset(source for source, to in found if source is not None and target in (None, to))
