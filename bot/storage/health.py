"""Notices to managers, heartbeats and outages, as rows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot.domain.community import Community, Platform
from bot.domain.identifiers import CommunityId, RoundId, TrackId
from bot.ports import health as port
from bot.ports.health import Notice
from bot.storage.columns import LONG_AGO
from bot.storage.communities import COMMUNITY, to_community
from bot.storage.dialects import insert_or_change, insert_or_leave, locking
from bot.storage.tables import communities, heartbeats, notices, outages
from bot.storage.transaction import Rows

_NOTICE = tuple(column for column in notices.columns if column is not notices.c.key)
_NOTIFY = insert_or_leave(notices, notices.c.id)
_NOTICES = sa.select(*_NOTICE).where(notices.c.community_id == sa.bindparam("community_id")).order_by(notices.c.id)
# A subquery for each notice and no join's condition: SQLite would start from all communities of the platform.
_PLATFORM = (
    sa.select(communities.c.platform)
    .where(communities.c.id == notices.c.community_id)
    .correlate(notices)
    .scalar_subquery()
)
_UNTRIED = (
    sa.select(*_NOTICE, *COMMUNITY)
    .join_from(notices, communities, communities.c.id == notices.c.community_id)
    .where(sa.not_(notices.c.tried), sa.bindparam("platform") == _PLATFORM)
    .order_by(notices.c.id)
    .limit(sa.bindparam("most"))
)
_TRIED = sa.update(notices).where(notices.c.id == sa.bindparam("of")).values(tried=True)
_SETTLED = sa.delete(notices).where(notices.c.round_id == sa.bindparam("of_round"))
_TOLD = sa.delete(notices).where(notices.c.id == sa.bindparam("of"))

_BEAT_AT = sa.select(heartbeats.c.at).where(heartbeats.c.platform == sa.bindparam("platform"))
_LAST_BEAT = locking(_BEAT_AT, heartbeats)
_BEAT = insert_or_change(heartbeats, lambda new: {"at": new.at})
_ADD_OUTAGE = insert_or_change(outages, lambda new: {"until": new.until})
_DROP_OUTAGES = sa.delete(outages).where(
    outages.c.platform == sa.bindparam("platform"), outages.c.until > sa.bindparam("until_after")
)
_OUTAGES = (
    sa.select(outages.c.since, outages.c.until)
    .where(
        outages.c.platform == sa.bindparam("platform"),
        outages.c.since < sa.bindparam("end"),
        outages.c.until > sa.bindparam("start"),
    )
    .order_by(outages.c.since)
)


class Health(Rows, port.Health):
    def notify(
        self,
        community: CommunityId,
        user: str,
        key: str,
        text: str,
        now: datetime,
        track: TrackId | None = None,
        round: RoundId | None = None,
    ) -> None:
        self._transaction.changed(
            _NOTIFY,
            community_id=community,
            user=user,
            key=key,
            text=text,
            noted_at=now,
            tried=False,
            track_id=track,
            round_id=round,
        )

    def notices(self, community: CommunityId) -> tuple[Notice, ...]:
        found = self._transaction.rows(_NOTICES, community_id=community)
        return tuple(map(_notice, found))

    def untried(self, platform: Platform, limit: int) -> tuple[tuple[Notice, Community], ...]:
        found = self._transaction.rows(_UNTRIED, platform=platform.value, most=limit)
        return tuple((_notice(row), to_community(row[len(_NOTICE) :])) for row in found)

    def tried(self, id: int, told: bool) -> None:
        self._transaction.change(_TOLD if told else _TRIED, of=id)

    def told(self, ids: Collection[int]) -> None:
        self._transaction.change_each(_TOLD, ({"of": id} for id in ids))

    def settled(self, round: RoundId) -> None:
        self._transaction.change(_SETTLED, of_round=round)

    def last_beat(self, platform: Platform) -> datetime | None:
        at: datetime | None = self._transaction.value(_BEAT_AT, platform=platform.value)
        return at

    def beat(self, platform: Platform, now: datetime) -> datetime | None:
        before: datetime | None = self._transaction.value(_LAST_BEAT, platform=platform.value)
        self._transaction.change(_BEAT, platform=platform.value, at=now)
        return before

    def add_outage(self, platform: Platform, since: datetime, until: datetime) -> None:
        self._transaction.change(_ADD_OUTAGE, platform=platform.value, since=since, until=until)

    def drop_outages(self, platform: Platform, until_after: datetime) -> None:
        self._transaction.change(_DROP_OUTAGES, platform=platform.value, until_after=until_after)

    def outage_within(self, platform: Platform, since: datetime, until: datetime) -> timedelta:
        down = timedelta()
        counted_to = since
        for start, end in self._transaction.rows(_OUTAGES, platform=platform.value, start=since, end=until):
            if start is None or end is None:
                continue  # what cannot be read excuses nobody
            # Outages that overlap are not counted twice.
            begin = max(start, counted_to)
            down += max(min(end, until) - begin, timedelta())
            counted_to = max(counted_to, end)
        return down


def _notice(row: Sequence[Any]) -> Notice:
    id, community, user, text, noted_at, tried, track, round = row[: len(_NOTICE)]
    return Notice(id, community, user, text, noted_at or LONG_AGO, tried, track, round)
