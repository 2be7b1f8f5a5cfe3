"""A track: a daily schedule for one place, with what it asks about and how it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.identifiers import CommunityId, PlaceRef, TrackId, TrackRef
from bot.domain.schedule import Schedule, days_in_words, due_after
from bot.domain.selection import Repeats, Wanted
from bot.domain.zones import zone_in_words

CATCH_UP = timedelta(hours=6)
"""How late a missed question is still posted, unless the track says otherwise."""
UNANSWERED_ROUNDS_TO_PAUSE = 10


class TrackState(StrEnum):
    """The state of a track: it posts, or why it does not."""

    RUNNING = "running"
    PAUSED = "paused"
    DELETED = "deleted"


class PauseReason(StrEnum):
    """Why a track is paused."""

    MANAGER = "manager"
    REFUSED = "refused"
    """The platform does not let us post there."""
    UNANSWERED = "unanswered"
    BANK_EMPTY = "bank-empty"
    NO_DAYS = "no-days"
    LEFT = "left"
    """We were removed from the community."""
    UNREADABLE = "unreadable"
    """Something kept for it could not be read."""
    FAULT = "fault"
    """Something nobody foresaw went wrong with it; the next start tries it again."""
    NO_QUESTION = "no-question"
    """No question of the bank fits its topics and level."""


class TrackPart(StrEnum):
    """A part of a track's row that may be unreadable."""

    TIME = "time of day"
    ZONE = "time zone"
    WEEKDAYS = "weekdays"
    DAYS_OFF = "days off"
    LEVEL = "level"
    REPEATS = "rule for repeats"
    STATE = "state"
    NEXT = "next date"
    NUMBER = "count of questions"


WHEN = frozenset({TrackPart.TIME, TrackPart.ZONE, TrackPart.WEEKDAYS})
"""What a manager must choose again; for these no stand-in is ever used to post."""
WHAT = frozenset({TrackPart.LEVEL, TrackPart.REPEATS})
CHOSEN = WHEN | WHAT | {TrackPart.DAYS_OFF}
"""What a manager chose. The rest is worked out again when the track is resumed."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A part of a track that could not be read, with what is kept there."""

    part: TrackPart
    kept: str

    def __str__(self) -> str:
        return f"{self.part} ({self.kept})"


@dataclass(frozen=True, slots=True)
class TrackSettings:
    """The settings of a track, which a manager decides."""

    place: PlaceRef
    schedule: Schedule
    wanted: Wanted = field(default_factory=Wanted)
    repeats: Repeats = Repeats.AGAIN
    ping_role: str | None = None
    catch_up: timedelta = CATCH_UP

    @property
    def on_time(self) -> bool:
        """Return whether a missed question is worth telling; a track that posts whenever it is opened misses none."""
        return self.catch_up < timedelta(days=1)

    def post_until(self, day: date, since: datetime) -> datetime:
        """Return the end of the catch-up window of a date's question, and never beside the next date's."""
        latest = since + self.catch_up
        next_due = due_after(self.schedule, day)
        return min(latest, next_due.at - timedelta(seconds=1)) if next_due else latest


@dataclass(frozen=True, slots=True)
class Track:
    """A daily schedule and how it stands."""

    id: TrackId
    community: CommunityId
    settings: TrackSettings
    state: TrackState
    saved_by: str
    """Platform user id of the manager who saved it last; trouble is told to them."""
    next_local_date: date | None
    next_due_at: datetime | None
    next_seq: int = 1
    pause_reason: PauseReason | None = None
    pause_detail: str | None = None
    seed: int = 0
    unreadable: tuple[Unreadable, ...] = ()
    """What of it could not be read. Stand-ins are in its place, so that it can be shown; it does not post."""
    tag: str | None = None
    """Tells its buttons from those of another track with the same number; drawn when it is made."""

    @property
    def ref(self) -> TrackRef:
        """The track as its buttons name it."""
        return TrackRef(self.id, self.tag)

    def lacks(self, parts: Collection[TrackPart]) -> tuple[TrackPart, ...]:
        """Those of the parts that could not be read."""
        return tuple(each.part for each in self.unreadable if each.part in parts)

    @property
    def running(self) -> bool:
        """Return whether the track posts."""
        return self.state is TrackState.RUNNING and not self.unreadable


def times_apart(tracks: Iterable[Track]) -> dict[TrackId, str]:
    """Return what tells tracks of one place apart, such as " 09:00"; nothing for one that is alone in its place."""
    found = tuple(tracks)
    shared = Counter(track.settings.place for track in found)
    return {
        track.id: f" {track.settings.schedule.at:%H:%M}" if shared[track.settings.place] > 1 else "" for track in found
    }


def when_in_words(track: Track) -> str:
    """The schedule in words: time, zone and weekdays, as far as they can be read."""
    schedule = track.settings.schedule
    lost = track.lacks(WHEN)
    at = "unknown time" if TrackPart.TIME in lost else f"{schedule.at:%H:%M}"
    zone = "unknown zone" if TrackPart.ZONE in lost else zone_in_words(schedule.zone)
    days = "unknown days" if TrackPart.WEEKDAYS in lost else days_in_words(schedule.weekdays)
    return f"{at} {zone}, {days}"
