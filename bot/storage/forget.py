"""Forgetting a member: everything that leads back to them goes, the votes stay as counts in the rounds."""

from __future__ import annotations

import sqlalchemy as sa

from bot.domain.identifiers import MemberId
from bot.domain.schedule import iso_week
from bot.storage.held import held
from bot.storage.tables import (
    answers,
    attempts,
    aways,
    delegates,
    members,
    points,
    reports,
    review,
    roadmap_steps,
    rounds,
    standings,
    tracks,
)
from bot.storage.transaction import Transaction

_ID = sa.bindparam("of", type_=members.c.id.type)
_WHO = held(sa.select(members.c.community_id, members.c.external_id).where(members.c.id == _ID), members)
# Answers, standings and points have no index by member: the community's rounds spell out their keys.
_ROUNDS = (
    sa.select(rounds.c.id, rounds.c.track_id, rounds.c.local_date)
    .join_from(rounds, tracks, tracks.c.id == rounds.c.track_id)
    .where(tracks.c.community_id == sa.bindparam("community_id"), rounds.c.seq.is_not(None))
)
_ANSWER = sa.delete(answers).where(answers.c.round_id == sa.bindparam("round"), answers.c.member_id == _ID)
_STANDING = sa.delete(standings).where(standings.c.track_id == sa.bindparam("track"), standings.c.member_id == _ID)
_WEEK = sa.delete(points).where(
    points.c.track_id == sa.bindparam("track"),
    points.c.week == sa.bindparam("in_week"),
    points.c.member_id == _ID,
)
_BY_MEMBER = tuple(
    sa.delete(table).where(table.c.member_id == _ID) for table in (aways, attempts, review, reports, roadmap_steps)
)
_DELEGATE = sa.delete(delegates).where(
    delegates.c.community_id == sa.bindparam("community"), delegates.c.user == sa.bindparam("name")
)
_BLANK = sa.update(members).where(members.c.id == _ID).values(external_id=None, hidden=False, role_id=None)


def forget(transaction: Transaction, id: MemberId) -> None:
    """Blank the external id and drop everything else but anonymous votes."""
    who = transaction.row(_WHO, of=id)
    if who is None:
        return
    asked = transaction.rows(_ROUNDS, community_id=who[0])
    transaction.change_each(_ANSWER, ({"round": row[0], "of": id} for row in asked))
    transaction.change_each(_STANDING, ({"track": track, "of": id} for track in {row[1] for row in asked}))
    weeks = {(row[1], iso_week(row[2])) for row in asked}
    transaction.change_each(_WEEK, ({"track": track, "in_week": week, "of": id} for track, week in weeks))
    for drop in _BY_MEMBER:
        transaction.change(drop, of=id)
    if who[1] is not None:
        transaction.change(_DELEGATE, community=who[0], name=who[1])
    transaction.change(_BLANK, of=id)
