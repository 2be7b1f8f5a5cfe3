"""A track's row and what the core makes of it."""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Callable, Collection
from datetime import date, time, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from bot.domain.identifiers import UTC_ZONE, CommunityId, PlaceRef, TopicId, TrackId, ZoneName
from bot.domain.question import Difficulty
from bot.domain.schedule import EVERY_DAY, Schedule
from bot.domain.selection import Repeats, Wanted
from bot.domain.track import CATCH_UP, PauseReason, Track, TrackPart, TrackSettings, TrackState, Unreadable
from bot.storage.columns import NOT_READABLE
from bot.storage.tables import communities, days_off, tracks

T = TypeVar("T")

_BRIEF = 40

# A literal: a plain text would be a parameter, filled in at every execution.
_COMMA: Any = sa.literal_column("','")
_DAYS_OFF = (
    sa.select(sa.func.aggregate_strings(sa.cast(days_off.c.day, sa.Text), _COMMA))
    .where(days_off.c.track_id == tracks.c.id)
    .scalar_subquery()
)
TRACK = (
    tracks.c.id,
    tracks.c.community_id,
    tracks.c.state,
    tracks.c.saved_by,
    tracks.c.next_local_date,
    tracks.c.next_due_at,
    tracks.c.next_seq,
    tracks.c.pause_reason,
    tracks.c.pause_detail,
    tracks.c.seed,
    tracks.c.tag,
    tracks.c.place,
    tracks.c.local_time,
    tracks.c.zone,
    tracks.c.weekdays,
    tracks.c.topics,
    tracks.c.level,
    tracks.c.repeats,
    tracks.c.ping_role,
    tracks.c.catch_up_seconds,
    _DAYS_OFF,
)
_FIRST_SETTING = 11

_COLUMNS = {
    TrackPart.TIME: "local_time",
    TrackPart.ZONE: "zone",
    TrackPart.WEEKDAYS: "weekdays",
    TrackPart.LEVEL: "level",
    TrackPart.REPEATS: "repeats",
}
_STATES = {state.value: state for state in TrackState}
_REASONS = {reason.value: reason for reason in PauseReason}

TRACKS = sa.select(*TRACK)
# A subquery for each row and no join: joined, SQLite would start from all communities of the platform instead
# of from the few tracks in question.
ON_PLATFORM = sa.select(communities.c.platform).where(
    communities.c.id == tracks.c.community_id
).scalar_subquery() == sa.bindparam("platform")


def draw_tag() -> str:
    """Eight random letters and digits, which tell what an old button names from what has its number now."""
    return base64.b32encode(secrets.token_bytes(5)).decode().lower()


def is_track_state(state: TrackState) -> sa.ColumnElement[bool]:
    """Spelled out in the statement: a database uses an index on part of a table only if it sees the part."""
    return tracks.c.state == sa.literal_column(f"'{state.value}'")


def to_track(row: Any) -> Track:
    """A track from its columns. Never raises: what cannot be read is named in the track, with a stand-in in its place.

    An error would lose every other track of the batch.
    """
    settings, unreadable = _settings(*row[_FIRST_SETTING : len(TRACK)])
    state = _STATES.get(row[2])
    next_date, next_due, next_seq = row[4], row[5], row[6]
    # A date without a moment is no fault: the moment is made again from it.
    no_date = state is TrackState.RUNNING and next_date is None and next_due is not None
    if state is None or no_date or not isinstance(next_seq, int):
        found = (
            (state is None, Unreadable(TrackPart.STATE, _brief(row[2]))),
            (no_date, Unreadable(TrackPart.NEXT, "no date")),
            (not isinstance(next_seq, int), Unreadable(TrackPart.NUMBER, _brief(next_seq))),
        )
        unreadable = (*unreadable, *(each for wrong, each in found if wrong))
        next_seq = next_seq if isinstance(next_seq, int) else 1
    return Track(
        id=TrackId(row[0]),
        community=CommunityId(row[1]),
        settings=settings,
        state=state or TrackState.PAUSED,
        saved_by=row[3],
        next_local_date=next_date,
        next_due_at=next_due,
        next_seq=next_seq,
        pause_reason=_REASONS.get(row[7]),
        pause_detail=row[8],
        seed=row[9],
        unreadable=unreadable,
        tag=None if row[10] is None else str(row[10]),
    )


def settings_columns(settings: TrackSettings, leave: Collection[TrackPart] = ()) -> dict[str, Any]:
    """The columns that hold what a manager decided; days off are rows of their own."""
    schedule, wanted = settings.schedule, settings.wanted
    columns = {
        "place": settings.place,
        "local_time": f"{schedule.at:%H:%M}",
        "zone": schedule.zone,
        "weekdays": "".join(map(str, sorted(schedule.weekdays))),
        "topics": ",".join(sorted(wanted.topics)),
        "level": wanted.level.value if wanted.level else None,
        "repeats": settings.repeats.value,
        "ping_role": settings.ping_role,
        "catch_up_seconds": int(settings.catch_up.total_seconds()),
    }
    return {name: value for name, value in columns.items() if name not in {_COLUMNS.get(part) for part in leave}}


def _settings(
    place: str,
    local_time: str,
    zone: str,
    weekdays: str,
    topics: str,
    level: str | None,
    repeats: str,
    ping_role: str | None,
    catch_up_seconds: Any,
    off: str | None,
) -> tuple[TrackSettings, tuple[Unreadable, ...]]:
    unreadable: list[Unreadable] = []

    def read(part: TrackPart, kept: Any, make: Callable[[Any], T], instead: T) -> T:
        try:
            return make(kept)
        except NOT_READABLE:
            unreadable.append(Unreadable(part, _brief(kept)))
            return instead

    settings = TrackSettings(
        place=PlaceRef(str(place)),
        schedule=Schedule(
            at=read(TrackPart.TIME, local_time, _to_time, time(9)),
            zone=read(TrackPart.ZONE, zone, _to_zone, UTC_ZONE),
            weekdays=read(TrackPart.WEEKDAYS, weekdays, _to_weekdays, EVERY_DAY),
            days_off=read(TrackPart.DAYS_OFF, off, _to_days_off, frozenset()),
        ),
        wanted=Wanted(
            topics=frozenset(TopicId(topic) for topic in str(topics).split(",") if topic),
            level=read(TrackPart.LEVEL, level, lambda kept: Difficulty(kept) if kept else None, None),
        ),
        repeats=read(TrackPart.REPEATS, repeats, Repeats, Repeats.AGAIN),
        ping_role=ping_role,
        # No manager chose it, so the usual window is used.
        catch_up=timedelta(seconds=catch_up_seconds) if isinstance(catch_up_seconds, int) else CATCH_UP,
    )
    return settings, tuple(unreadable)


def _to_time(kept: str) -> time:
    at = time.fromisoformat(kept)
    if at.second or at.microsecond or at.tzinfo:
        raise ValueError(kept)
    return at


def _to_zone(kept: str) -> ZoneName:
    ZoneInfo(kept)  # kept by the module; raises for a zone this machine's data does not have
    return ZoneName(kept)


def _to_weekdays(kept: str) -> frozenset[int]:
    weekdays = frozenset(map(int, kept))
    if not weekdays or not weekdays <= EVERY_DAY:
        raise ValueError(kept)
    return weekdays


def _to_days_off(kept: str | None) -> frozenset[date]:
    return frozenset(map(date.fromisoformat, kept.split(","))) if kept else frozenset()


def _brief(kept: object) -> str:
    """The kept value, short enough to stand in a sentence."""
    text = kept if isinstance(kept, str) else json.dumps(kept, default=repr)
    return text if len(text) <= _BRIEF else f"{text[: _BRIEF - 1]}…"
