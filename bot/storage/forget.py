"""Forgetting a member: everything that leads back to them goes, votes in closed rounds stay as counts."""

from __future__ import annotations

import sqlalchemy as sa

from bot.domain.identifiers import MemberId, OptionId, RoundId
from bot.domain.round import RoundState
from bot.domain.schedule import iso_week
from bot.storage.held import held
from bot.storage.marks import add_mark
from bot.storage.round_rows import VOTES, is_state
from bot.storage.tables import (
    answers,
    attempts,
    aways,
    communities,
    delegates,
    installations,
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

_ID = sa.bindparam("of", type_=members.c.id.type)
_WHO = held(sa.select(members.c.community_id, members.c.external_id).where(members.c.id == _ID), members)
# Answers, standings and points have no index by member: the community's rounds spell out their keys.
_ROUNDS = (
    sa.select(rounds.c.id, rounds.c.track_id, rounds.c.local_date)
    .join_from(rounds, tracks, tracks.c.id == rounds.c.track_id)
    .where(tracks.c.community_id == sa.bindparam("community_id"), rounds.c.seq.is_not(None))
)
_ANSWER = sa.delete(answers).where(answers.c.round_id == sa.bindparam("round"), answers.c.member_id == _ID)
# A vote in a round still open goes with its answer, and a mark stays: another press is not a first one.
_OPEN_VOTES = (
    sa.select(answers.c.round_id, answers.c.option_id)
    .join_from(rounds, tracks, tracks.c.id == rounds.c.track_id)
    .join(answers, sa.and_(answers.c.round_id == rounds.c.id, answers.c.member_id == _ID))
    .where(tracks.c.community_id == sa.bindparam("community_id"), is_state(RoundState.OPEN))
)
_TAKE_BACK = {
    option: sa.update(rounds).where(rounds.c.id == sa.bindparam("of_round")).values({column: column - 1})
    for option, column in VOTES.items()
}
_SAVED_BY = (
    sa.update(tracks)
    .where(tracks.c.community_id == sa.bindparam("community"), tracks.c.saved_by == sa.bindparam("name"))
    .values(saved_by="")
)
_NOTICES = sa.delete(notices).where(
    notices.c.community_id == sa.bindparam("community"), notices.c.user == sa.bindparam("name")
)
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
_INSTALLER = (
    sa.update(installations)
    .where(
        installations.c.workspace
        == sa.select(communities.c.external_id).where(communities.c.id == sa.bindparam("community")).scalar_subquery(),
        installations.c.installer == sa.bindparam("name"),
    )
    .values(installer="")
)
_BLANK = sa.update(members).where(members.c.id == _ID).values(external_id=None, hidden=False, role_id=None)


def forget(transaction: Transaction, id: MemberId) -> None:
    """Blank the external id and drop everything else but anonymous votes and the marks of open rounds."""
    who = transaction.row(_WHO, of=id)
    if who is None:
        return
    for round, option in transaction.rows(_OPEN_VOTES, community_id=who[0], of=id):
        transaction.change(_TAKE_BACK[OptionId(option)], of_round=round)
        if who[1] is not None:
            add_mark(transaction, RoundId(round), who[1])
    asked = transaction.rows(_ROUNDS, community_id=who[0])
    transaction.change_each(_ANSWER, ({"round": row[0], "of": id} for row in asked))
    transaction.change_each(_STANDING, ({"track": track, "of": id} for track in {row[1] for row in asked}))
    weeks = {(row[1], iso_week(row[2])) for row in asked if row[2] is not None}
    transaction.change_each(_WEEK, ({"track": track, "in_week": week, "of": id} for track, week in weeks))
    for drop in _BY_MEMBER:
        transaction.change(drop, of=id)
    if who[1] is not None:
        for named in (_DELEGATE, _SAVED_BY, _NOTICES, _INSTALLER):
            transaction.change(named, community=who[0], name=who[1])
    transaction.change(_BLANK, of=id)
    transaction.leave_no_trace()
