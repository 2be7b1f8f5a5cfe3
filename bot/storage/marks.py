"""Marks of members who answered an open round and deleted their data since, so that answering again does not count.

A mark is a hash of the person's platform id under a key of the round's own. The key is made when it is first needed and
destroyed with the marks when the round is over, so that nothing kept leads back to anyone.
"""

from __future__ import annotations

import hmac
import secrets

import sqlalchemy as sa

from bot.domain.identifiers import CommunityId, RoundId
from bot.domain.round import RoundState
from bot.storage.dialects import insert_or_leave
from bot.storage.prepared import Prepared
from bot.storage.round_rows import is_state
from bot.storage.tables import marks, rounds, tracks
from bot.storage.transaction import Transaction

_ROUND: sa.BindParameter[int] = sa.bindparam("of")
_KEY = Prepared(sa.select(rounds.c.mark_key).where(rounds.c.id == _ROUND))
_MAKE_KEY = (
    sa.update(rounds)
    .where(rounds.c.id == _ROUND)
    .values(mark_key=sa.func.coalesce(rounds.c.mark_key, sa.bindparam("fresh")))
    .returning(rounds.c.mark_key)
)
_DROP_KEY = sa.update(rounds).where(rounds.c.id == _ROUND, rounds.c.mark_key.is_not(None)).values(mark_key=None)
_ADD = insert_or_leave(marks)
_FIND = sa.select(marks.c.mark).where(marks.c.round_id == sa.bindparam("round"), marks.c.mark == sa.bindparam("mark"))
_DROP = sa.delete(marks).where(marks.c.round_id == sa.bindparam("round"))
_KEYED_IN = (
    sa.select(rounds.c.id)
    .join_from(rounds, tracks, tracks.c.id == rounds.c.track_id)
    .where(
        tracks.c.community_id == sa.bindparam("community_id"), is_state(RoundState.OPEN), rounds.c.mark_key.is_not(None)
    )
)


def add_mark(transaction: Transaction, round: RoundId, user: str) -> None:
    """Remember that this person answered the round, without keeping who they are."""
    made = transaction.changed(_MAKE_KEY, of=round, fresh=secrets.token_hex(32))
    assert made is not None  # they answered it
    transaction.change(_ADD, round_id=round, mark=_hashed(made[0], user))


def is_marked(transaction: Transaction, round: RoundId, user: str) -> bool:
    """Whether they answered the round before they were forgotten."""
    row = transaction.row(_KEY, of=round)
    if row is None or row[0] is None:
        return False
    return transaction.row(_FIND, round=round, mark=_hashed(row[0], user)) is not None


def marked_in(transaction: Transaction, community: CommunityId, user: str) -> bool:
    """Whether that holds for any open round of the community."""
    return any(
        is_marked(transaction, RoundId(row[0]), user) for row in transaction.rows(_KEYED_IN, community_id=community)
    )


def drop_marks(transaction: Transaction, round: RoundId) -> None:
    """Destroy the key with its marks: the round is over."""
    if transaction.change(_DROP_KEY, of=round):
        transaction.change(_DROP, round=round)
        transaction.leave_no_trace()


def _hashed(key: str, user: str) -> str:
    return hmac.digest(bytes.fromhex(key), user.encode(), "sha256").hex()
