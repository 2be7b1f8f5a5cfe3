"""A round: one question of a track on one local date, and its life."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from bot.domain.grading import UNSURE
from bot.domain.identifiers import MessageRef, OptionId, PlaceRef, QuestionId, RoundId, RoundRef, TrackId, ZoneName
from bot.domain.schedule import dates_later

DATES_OPEN = 7
"""Local dates after which a round that nothing followed closes; it counts against nobody."""
OPEN_AT_LEAST, OPEN_AT_MOST = timedelta(days=5, hours=22), timedelta(days=8, hours=2)
"""Seven local dates can be so short or so long: clocks change, and islands change sides of the date line."""
OUTAGE_THAT_EXCUSES = timedelta(hours=1)
VOTES_TO_SHOW = 5
"""Votes and percentages appear from this many answers on, unless they would show what each person chose."""
EACH_WAY = 2
"""The least number that must have been right, and wrong: with one, that one would know of all the others."""


TRIED_AGAIN_WITHIN = timedelta(minutes=10)
"""No round waits longer for its next try; a later moment was written by a clock that was ahead."""


def open_until(posted: datetime, zone: ZoneName) -> datetime:
    """When a round posted at a moment closes if nothing follows it: the same local time, seven dates later."""
    return dates_later(zone, posted, DATES_OPEN)


class RoundState(StrEnum):
    """``due -> sending -> open -> closed``, or one of the other ends."""

    DUE = "due"
    SENDING = "sending"
    OPEN = "open"
    CLOSED = "closed"
    UNPOSTED = "unposted"
    """Too late to post."""
    UNKNOWN = "unknown"
    """Sent or not, nobody can tell; a click on it proves it was."""
    FAILED = "failed"
    VOID = "void"
    """Withdrawn: counts against nobody."""


@dataclass(frozen=True, slots=True)
class Votes:
    """The votes for each option; *Don't know* is counted under ``UNSURE``."""

    by_option: Mapping[OptionId, int] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def total(self) -> int:
        """Everyone who answered."""
        return sum(self.by_option.values())

    def of(self, option: OptionId) -> int:
        """The number who chose that option."""
        return self.by_option.get(option, 0)

    @property
    def unsure(self) -> int:
        """The number who said they did not know."""
        return self.of(UNSURE)

    def shown(self, key: OptionId) -> bool:
        """Return whether they may be shown: there are enough, and they do not tell what each one chose.

        They would where everyone was right or nobody was, and where only one was or was not, to that one. That these
        are hidden alike tells nobody which of them it is.
        """
        return self.total >= VOTES_TO_SHOW and EACH_WAY <= self.of(key) <= self.total - EACH_WAY

    def participation(self) -> str:
        """The number who answered, in words; from two on, or it would point at somebody."""
        return f"{self.total} answered" if self.total > 1 else "fewer than two answered"


@dataclass(frozen=True, slots=True)
class Round:
    """The ledger row of one question of a track on one local date."""

    id: RoundId
    track: TrackId
    local_date: date
    due_at: datetime
    state: RoundState
    place: PlaceRef
    seq: int | None = None
    question: QuestionId | None = None
    version: int | None = None
    order: tuple[OptionId, ...] = ()
    asked_before: bool = False
    excused: bool = False
    attempts: int = 0
    first_attempt_at: datetime | None = None
    message: MessageRef | None = None
    posted_at: datetime | None = None
    closed_at: datetime | None = None
    votes: Votes = Votes()
    nth_in_week: int | None = None
    """Which of the track's rounds opened in its ISO week this is, as in "4 of 5 this week"."""
    tag: str | None = None
    """Tells its posts from those of another round with the same number; drawn when it is first claimed."""
    readable: bool = True
    """False if its row could not be read whole; stand-ins are in the place of what could not."""

    @property
    def ref(self) -> RoundRef:
        """The round as its posts name it."""
        return RoundRef(self.id, self.tag)

    @property
    def over(self) -> bool:
        """Return whether it is finished."""
        return self.state not in (RoundState.DUE, RoundState.SENDING, RoundState.OPEN, RoundState.UNKNOWN)

    @property
    def answerable(self) -> bool:
        """Return whether a first press still counts. A press on a round being sent proves it was posted."""
        return self.state in (RoundState.OPEN, RoundState.SENDING, RoundState.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Answer:
    """A member's first choice in a round."""

    option: OptionId
    shown_position: int
    correct: bool
