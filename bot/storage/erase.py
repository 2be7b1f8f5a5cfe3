"""Erasing a community we were removed from: every row that belongs to it, in pieces that hold the writer briefly."""

from __future__ import annotations

import sqlalchemy as sa

from bot.domain.identifiers import CommunityId
from bot.storage.tables import (
    answers,
    attempts,
    aways,
    communities,
    days_off,
    delegates,
    marks,
    members,
    notices,
    points,
    reports,
    review,
    roadmap_steps,
    rounds,
    standings,
    tracks,
)
from bot.storage.transaction import Transaction

_HERE = sa.bindparam("of", type_=communities.c.id.type)
_TRACKS = sa.select(tracks.c.id).where(tracks.c.community_id == _HERE)
_MEMBERS = sa.select(members.c.id).where(members.c.community_id == _HERE)
_SOME_ROUNDS = (
    sa.select(rounds.c.id).where(rounds.c.track_id.in_(_TRACKS)).order_by(rounds.c.id).limit(sa.bindparam("most"))
)
_MARKS = sa.delete(marks).where(marks.c.round_id == sa.bindparam("round"))
_ANSWERS = sa.delete(answers).where(answers.c.round_id == sa.bindparam("round"))
_ROUND = sa.delete(rounds).where(rounds.c.id == sa.bindparam("round"))
_REST = (
    *(sa.delete(table).where(table.c.track_id.in_(_TRACKS)) for table in (standings, points, days_off)),
    *(
        sa.delete(table).where(table.c.member_id.in_(_MEMBERS))
        for table in (aways, attempts, review, reports, roadmap_steps)
    ),
    *(sa.delete(table).where(table.c.community_id == _HERE) for table in (tracks, members, delegates, notices)),
    sa.delete(communities).where(communities.c.id == _HERE),
)


def erase(transaction: Transaction, id: CommunityId, most: int) -> bool:
    """Delete up to ``most`` rounds with their answers; once none is left, everything else. True when all is gone."""
    some = [{"round": row[0]} for row in transaction.rows(_SOME_ROUNDS, of=id, most=most)]
    transaction.change_each(_ANSWERS, some)
    transaction.change_each(_MARKS, some)
    transaction.change_each(_ROUND, some)
    if len(some) == most:
        return False
    for drop in _REST:
        transaction.change(drop, of=id)
    transaction.leave_no_trace()
    return True
