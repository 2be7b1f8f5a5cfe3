"""A track's row and what the core makes of it."""

from __future__ import annotations

from datetime import date, time, timedelta
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from bot.domain.identifiers import CommunityId, PlaceRef, TopicId, TrackId, ZoneName
from bot.domain.question import Difficulty
from bot.domain.schedule import Schedule
from bot.domain.selection import Repeats, Wanted
from bot.domain.track import PauseReason, Track, TrackSettings, TrackState
from bot.storage.joined import Joined
from bot.storage.tables import communities, days_off, tracks

_DAYS_OFF = (
    sa.select(Joined(sa.cast(days_off.c.day, sa.Text))).where(days_off.c.track_id == tracks.c.id).scalar_subquery()
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
_FIRST_SETTING = 10

TRACKS = sa.select(*TRACK)
# A subquery for each row and no join: joined, SQLite would start from all communities of the platform instead
# of from the few tracks in question.
ON_PLATFORM = sa.select(communities.c.platform).where(
    communities.c.id == tracks.c.community_id
).scalar_subquery() == sa.bindparam("platform")


def is_state(state: TrackState) -> sa.ColumnElement[bool]:
    """Spelled out in the statement: a database uses an index on part of a table only if it sees the part."""
    return tracks.c.state == sa.literal_column(f"'{state.value}'")


def to_track(row: Any) -> Track:
    """A track from its columns."""
    return Track(
        id=TrackId(row[0]),
        community=CommunityId(row[1]),
        settings=_settings(*row[_FIRST_SETTING : len(TRACK)]),
        state=TrackState(row[2]),
        saved_by=row[3],
        next_local_date=row[4],
        next_due_at=row[5],
        next_seq=row[6],
        pause_reason=None if row[7] is None else PauseReason(row[7]),
        pause_detail=row[8],
        seed=row[9],
    )


def settings_columns(settings: TrackSettings) -> dict[str, Any]:
    """The columns that hold what a manager decided; days off are rows of their own."""
    schedule, wanted = settings.schedule, settings.wanted
    return {
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


# Every answer reads its track; settings change rarely and the same columns always mean the same.
@lru_cache(maxsize=4096)
def _settings(
    place: str,
    local_time: str,
    zone: str,
    weekdays: str,
    topics: str,
    level: str | None,
    repeats: str,
    ping_role: str | None,
    catch_up_seconds: int,
    off: str | None,
) -> TrackSettings:
    return TrackSettings(
        place=PlaceRef(place),
        schedule=Schedule(
            at=time.fromisoformat(local_time),
            zone=ZoneName(zone),
            weekdays=frozenset(map(int, weekdays)),
            days_off=frozenset(map(date.fromisoformat, off.split(","))) if off else frozenset(),
        ),
        wanted=Wanted(
            topics=frozenset(TopicId(topic) for topic in topics.split(",") if topic),
            level=Difficulty(level) if level else None,
        ),
        repeats=Repeats(repeats),
        ping_role=ping_role,
        catch_up=timedelta(seconds=catch_up_seconds),
    )
