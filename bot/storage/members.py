"""Members and their pauses, as rows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.domain.community import AWAY_AT_MOST, Away, Community, Member, Platform
from bot.domain.identifiers import CommunityId, MemberId, RoleId, TrackId
from bot.domain.streak import Standing
from bot.ports import people as port
from bot.storage.communities import COMMUNITY, to_community
from bot.storage.dialects import insert_or_change, insert_or_leave, locking
from bot.storage.prepared import Prepared
from bot.storage.standings import STANDING, Standings, to_standing
from bot.storage.tables import aways, communities, members, standings
from bot.storage.transaction import Rows

MEMBER = tuple(members.columns)

_MAKE = insert_or_leave(members, *MEMBER)
_FIND = Prepared(
    sa.select(*MEMBER).where(
        members.c.community_id == sa.bindparam("community_id"),
        members.c.external_id == sa.bindparam("external_id"),
    )
)
_KNOWN = Prepared(
    sa.select(*COMMUNITY, *MEMBER)
    .join_from(
        communities,
        members,
        sa.and_(members.c.community_id == communities.c.id, members.c.external_id == sa.bindparam("user")),
        isouter=True,
    )
    .where(communities.c.platform == sa.bindparam("platform"), communities.c.external_id == sa.bindparam("community"))
)
# An inner join, so that PostgreSQL can hold the standing: it cannot hold what an outer join may leave out.
_WITH_STANDING = Prepared(
    locking(
        sa.select(*MEMBER, *STANDING)
        .join_from(members, standings, standings.c.member_id == members.c.id)
        .where(
            members.c.community_id == sa.bindparam("community_id"),
            members.c.external_id == sa.bindparam("external_id"),
            standings.c.track_id == sa.bindparam("track_id"),
        ),
        standings,
    )
)
_CHANGE = sa.update(members).where(members.c.id == sa.bindparam("of"))
_AWAYS = Prepared(
    sa.select(aways.c.since, aways.c.until)
    .where(aways.c.member_id == sa.bindparam("member_id"))
    .order_by(aways.c.since)
)
_AWAY = (
    sa.select(communities.c.external_id, members.c.external_id, sa.func.max(aways.c.until))
    .join_from(aways, members, members.c.id == aways.c.member_id)
    .join(communities, communities.c.id == members.c.community_id)
    .where(
        communities.c.platform == sa.bindparam("platform"),
        members.c.external_id.is_not(None),
        aways.c.until > sa.bindparam("now", type_=aways.c.until.type),
    )
    .group_by(communities.c.external_id, members.c.external_id)
)
_BEGIN_AWAY = insert_or_change(aways, lambda new: {"until": new.until})
_RUNS = sa.and_(
    aways.c.member_id == sa.bindparam("of"),
    sa.or_(aways.c.until.is_(None), aways.c.until > sa.bindparam("at", type_=aways.c.until.type)),
)
_CANCEL_AWAY = sa.delete(aways).where(_RUNS, aways.c.since >= sa.bindparam("at", type_=aways.c.since.type))
_END_AWAY = sa.update(aways).where(_RUNS).values(until=sa.bindparam("at", type_=aways.c.until.type))


def to_member(row: Any) -> Member:
    """A member from their columns; a forgotten one has no external id left."""
    return Member(MemberId(row[0]), CommunityId(row[1]), row[2] or "", bool(row[3]), row[4])


class Members(Rows, port.Members):
    def of(self, community: CommunityId, user: str) -> Member:
        found = self.find(community, user)
        if found is not None:
            return found
        made = self._transaction.changed(_MAKE, community_id=community, external_id=user, hidden=False, role_id=None)
        if made is not None:
            return to_member(made)
        # Another writer made them between our look and our insert.
        found = self.find(community, user)
        assert found is not None
        return found

    def find(self, community: CommunityId, user: str) -> Member | None:
        row = self._transaction.row(_FIND, community_id=community, external_id=user)
        return None if row is None else to_member(row)

    def known(self, platform: Platform, community: str, user: str) -> tuple[Community | None, Member | None]:
        row = self._transaction.row(_KNOWN, platform=platform.value, community=community, user=user)
        if row is None:
            return None, None
        theirs = row[len(COMMUNITY) :]
        return to_community(row), None if theirs[0] is None else to_member(theirs)

    def with_standing(self, community: CommunityId, user: str, track: TrackId) -> tuple[Member, Standing | None]:
        row = self._transaction.row(_WITH_STANDING, community_id=community, external_id=user, track_id=track)
        if row is not None:
            return to_member(row), to_standing(row[len(MEMBER) :])
        member = self.of(community, user)
        return member, Standings(self._transaction).get(member.id, track)

    def set_hidden(self, id: MemberId, hidden: bool) -> None:
        self._transaction.change(_CHANGE, of=id, hidden=hidden)

    def set_role(self, id: MemberId, role: RoleId | None) -> None:
        self._transaction.change(_CHANGE, of=id, role_id=role)

    def aways(self, id: MemberId) -> tuple[Away, ...]:
        # One without an end can only be from a version before there were ends.
        found = self._transaction.rows(_AWAYS, member_id=id)
        return tuple(Away(row[0], row[1] or row[0] + AWAY_AT_MOST) for row in found if row[0] is not None)

    def away(self, platform: Platform, now: datetime) -> tuple[tuple[str, str, datetime], ...]:
        found = self._transaction.rows(_AWAY, platform=platform.value, now=now)
        return tuple((row[0], row[1], row[2]) for row in found)

    def begin_away(self, id: MemberId, away: Away) -> None:
        self._transaction.change(_BEGIN_AWAY, member_id=id, since=away.since, until=away.until)

    def end_away(self, id: MemberId, at: datetime) -> None:
        self._transaction.change(_CANCEL_AWAY, of=id, at=at)
        self._transaction.change(_END_AWAY, of=id, at=at)
