"""Communities and their delegates, as rows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.domain.community import Boards, Community, Platform
from bot.domain.identifiers import CommunityId
from bot.ports import people as port
from bot.storage.dialects import insert_or_leave
from bot.storage.prepared import Prepared
from bot.storage.tables import communities, delegates
from bot.storage.transaction import Rows

COMMUNITY = tuple(communities.columns)

_MAKE = insert_or_leave(communities, *COMMUNITY)
_FIND = Prepared(
    sa.select(*COMMUNITY).where(
        communities.c.platform == sa.bindparam("platform"),
        communities.c.external_id == sa.bindparam("external_id"),
    )
)
_GET = sa.select(*COMMUNITY).where(communities.c.id == sa.bindparam("id"))
_CHANGE = sa.update(communities).where(communities.c.id == sa.bindparam("of"))
_PRESENT = (
    sa.select(*COMMUNITY)
    .where(communities.c.platform == sa.bindparam("platform"), communities.c.left_at.is_(None))
    .order_by(communities.c.id)
)
_LEFT_BEFORE = (
    sa.select(*COMMUNITY)
    .where(communities.c.left_at < sa.bindparam("moment", type_=communities.c.left_at.type))
    .order_by(communities.c.id)
)
_DELEGATES = (
    sa.select(delegates.c.user)
    .where(delegates.c.community_id == sa.bindparam("community_id"))
    .order_by(delegates.c.user)
)
_ADD_DELEGATE = insert_or_leave(delegates)
_REMOVE_DELEGATE = sa.delete(delegates).where(
    delegates.c.community_id == sa.bindparam("community_id"), delegates.c.user == sa.bindparam("user")
)


def to_community(row: Any) -> Community:
    """A community from its columns."""
    return Community(CommunityId(row[0]), Platform(row[1]), row[2], Boards(row[3], row[4]), row[5])


class Communities(Rows, port.Communities):
    def of(self, platform: Platform, external_id: str) -> Community:
        found = self.find(platform, external_id)
        if found is not None:
            return found
        boards = Boards.at_first(platform)
        made = self._transaction.changed(
            _MAKE,
            platform=platform,
            external_id=external_id,
            board_shown=boards.shown,
            board_right_since=boards.right_since,
            left_at=None,
        )
        if made is not None:
            return to_community(made)
        # Another writer made it between our look and our insert.
        found = self.find(platform, external_id)
        assert found is not None
        return found

    def find(self, platform: Platform, external_id: str) -> Community | None:
        row = self._transaction.row(_FIND, platform=platform.value, external_id=external_id)
        return None if row is None else to_community(row)

    def get(self, id: CommunityId) -> Community:
        row = self._transaction.row(_GET, id=id)
        if row is None:
            raise KeyError(id)
        return to_community(row)

    def save_boards(self, id: CommunityId, boards: Boards) -> None:
        self._transaction.change(_CHANGE, of=id, board_shown=boards.shown, board_right_since=boards.right_since)

    def set_left(self, id: CommunityId, at: datetime | None) -> None:
        self._transaction.change(_CHANGE, of=id, left_at=at)

    def present(self, platform: Platform) -> tuple[Community, ...]:
        return tuple(map(to_community, self._transaction.rows(_PRESENT, platform=platform.value)))

    def left_before(self, moment: datetime) -> tuple[Community, ...]:
        return tuple(map(to_community, self._transaction.rows(_LEFT_BEFORE, moment=moment)))

    def delegates(self, id: CommunityId) -> tuple[str, ...]:
        return tuple(row[0] for row in self._transaction.rows(_DELEGATES, community_id=id))

    def add_delegate(self, id: CommunityId, user: str) -> bool:
        return self._transaction.change(_ADD_DELEGATE, community_id=id, user=user) > 0

    def remove_delegate(self, id: CommunityId, user: str) -> bool:
        return self._transaction.change(_REMOVE_DELEGATE, community_id=id, user=user) > 0
