"""Tracks and their next due dates, as rows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from bot.domain.community import Platform
from bot.domain.identifiers import CommunityId, TrackId
from bot.domain.schedule import Due
from bot.domain.track import WHEN, PauseReason, Track, TrackPart, TrackSettings, TrackState
from bot.ports import tracks as port
from bot.ports.tracks import Basis, Plan
from bot.storage.cache import Cache
from bot.storage.dialects import locking
from bot.storage.prepared import Prepared
from bot.storage.tables import days_off, rounds, standings, tracks
from bot.storage.track_rows import ON_PLATFORM, TRACKS, draw_tag, is_track_state, settings_columns, to_track
from bot.storage.transaction import Rows, Transaction

_ADD = sa.insert(tracks).returning(tracks.c.id)
_GET = locking(TRACKS.where(tracks.c.id == sa.bindparam("id")), tracks)
_OF_COMMUNITY = Prepared(
    TRACKS.where(
        tracks.c.community_id == sa.bindparam("community_id"),
        tracks.c.state != sa.literal_column(f"'{TrackState.DELETED.value}'"),
    ).order_by(tracks.c.id)
)
_CHANGE = sa.update(tracks).where(tracks.c.id == sa.bindparam("of"))
_CHANGE_KEPT = _CHANGE.where(tracks.c.state != TrackState.DELETED.value)
_SET_NEXT = _CHANGE.values(next_local_date=sa.bindparam("day"), next_due_at=sa.bindparam("at"))
_DUE = locking(
    TRACKS.where(ON_PLATFORM, is_track_state(TrackState.RUNNING), tracks.c.next_due_at <= sa.bindparam("now"))
    .order_by(tracks.c.next_due_at, tracks.c.id)
    .limit(sa.bindparam("most")),
    tracks,
    skip_locked=True,
)
_RUNNING = TRACKS.where(ON_PLATFORM, is_track_state(TrackState.RUNNING)).order_by(tracks.c.id)
# Includes states we never wrote: tracks that should run and cannot be read are looked for at every start.
_NOT_STOPPED = TRACKS.where(
    ON_PLATFORM, tracks.c.state.not_in([TrackState.PAUSED.value, TrackState.DELETED.value])
).order_by(tracks.c.id)
_PAUSED = TRACKS.where(
    ON_PLATFORM, is_track_state(TrackState.PAUSED), tracks.c.pause_reason == sa.bindparam("reason")
).order_by(tracks.c.id)
_COUNTED = (
    sa.select(sa.func.coalesce(sa.func.max(rounds.c.seq), 0) + 1)
    .where(rounds.c.track_id == tracks.c.id)
    .scalar_subquery()
)
_RESUME = _CHANGE_KEPT.values(next_seq=_COUNTED)
_CLEAR_DAYS_OFF = sa.delete(days_off).where(days_off.c.track_id == sa.bindparam("track_id"))
_ADD_DAY_OFF = sa.insert(days_off)
_ANSWERERS = sa.select(sa.func.count()).select_from(standings).where(standings.c.track_id == sa.bindparam("track_id"))
_EVERY = sa.select(tracks.c.id).order_by(tracks.c.id)


class Tracks(Rows, port.Tracks):
    def __init__(self, transaction: Transaction, cache: Cache) -> None:
        super().__init__(transaction)
        self._cache = cache

    def add(self, community: CommunityId, settings: TrackSettings, saved_by: str, seed: int, next: Due | None) -> Track:
        row = self._transaction.changed(
            _ADD,
            community_id=community,
            state=TrackState.RUNNING.value,
            saved_by=saved_by,
            seed=seed,
            tag=draw_tag(),
            next_seq=1,
            **settings_columns(settings),
            **_next(next),
        )
        assert row is not None
        self._set_days_off(TrackId(row[0]), settings.schedule.days_off)
        added = self.get(TrackId(row[0]))
        assert added is not None
        return added

    def get(self, id: TrackId) -> Track | None:
        row = self._transaction.row(_GET, id=id)
        return None if row is None else to_track(row)

    def every(self) -> tuple[TrackId, ...]:
        return tuple(TrackId(row[0]) for row in self._transaction.rows(_EVERY))

    def of_community(self, id: CommunityId) -> tuple[Track, ...]:
        return tuple(map(to_track, self._transaction.rows(_OF_COMMUNITY, community_id=id)))

    def plan(self, community: CommunityId, basis: Basis, make: Callable[[], Plan]) -> Plan:
        kept = self._cache.plans.get(community)
        if kept is not None and kept[0].holds(basis):
            return kept[1]
        plan = make()
        self._transaction.when_committed(lambda: self._cache.plans.__setitem__(community, (basis, plan)))
        return plan

    def save(
        self,
        id: TrackId,
        settings: TrackSettings,
        saved_by: str,
        next: Due | None,
        leave: Collection[TrackPart] = (),
    ) -> None:
        when = {} if WHEN.intersection(leave) else _next(next)
        self._transaction.change(_CHANGE, of=id, saved_by=saved_by, **settings_columns(settings, leave), **when)
        if TrackPart.DAYS_OFF not in leave:
            self._transaction.change(_CLEAR_DAYS_OFF, track_id=id)
            self._set_days_off(id, settings.schedule.days_off)

    def pause(self, id: TrackId, reason: PauseReason, detail: str | None = None) -> None:
        self._transaction.change(
            _CHANGE_KEPT,
            of=id,
            state=TrackState.PAUSED.value,
            pause_reason=reason.value,
            pause_detail=detail,
        )

    def resume(self, id: TrackId, next: Due | None) -> None:
        self._transaction.change(
            _RESUME,
            of=id,
            state=TrackState.RUNNING.value,
            pause_reason=None,
            pause_detail=None,
            **_next(next),
        )

    def set_ping(self, id: TrackId, role: str | None) -> None:
        self._transaction.change(_CHANGE, of=id, ping_role=role)

    def delete(self, id: TrackId) -> None:
        self._transaction.change(_CHANGE, of=id, state=TrackState.DELETED.value, **_next(None))

    def due(self, platform: Platform, now: datetime, limit: int) -> tuple[Track, ...]:
        return self._all(_DUE, platform=platform.value, now=now, most=limit)

    def running(self, platform: Platform) -> tuple[Track, ...]:
        return tuple(track for track in self._all(_RUNNING, platform=platform.value) if track.running)

    def not_stopped(self, platform: Platform) -> tuple[Track, ...]:
        return self._all(_NOT_STOPPED, platform=platform.value)

    def paused(self, platform: Platform, reason: PauseReason) -> tuple[Track, ...]:
        return self._all(_PAUSED, platform=platform.value, reason=reason.value)

    def set_next(self, nexts: Mapping[TrackId, Due | None]) -> None:
        self._transaction.change_each(
            _SET_NEXT,
            ({"of": id, "day": next and next.local_date, "at": next and next.at} for id, next in nexts.items()),
        )

    def members_with_streaks(self, id: TrackId) -> int:
        return int(self._transaction.value(_ANSWERERS, track_id=id))

    def _all(self, statement: Any, **values: Any) -> tuple[Track, ...]:
        return tuple(map(to_track, self._transaction.rows(statement, **values)))

    def _set_days_off(self, id: TrackId, days: frozenset[date]) -> None:
        self._transaction.change_each(_ADD_DAY_OFF, ({"track_id": id, "day": day} for day in sorted(days)))


def _next(next: Due | None) -> dict[str, Any]:
    return {
        "next_local_date": next.local_date if next else None,
        "next_due_at": next.at if next else None,
    }
