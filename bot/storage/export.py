"""Everything stored about one member, as plain rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from bot.domain.identifiers import MemberId
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
_THEIRS = members.c.id == _ID
_PLACE = tracks.c.place
# Answers, standings and points have no index by member: the way to theirs leads through the community's tracks.
_TRACKS = sa.join(members, tracks, tracks.c.community_id == members.c.community_id)
_PARTS: dict[str, sa.Select[Any]] = {
    "answers": sa.select(
        _PLACE,
        rounds.c.local_date,
        rounds.c.question_id,
        rounds.c.question_version,
        answers.c.option_id,
        answers.c.shown_position,
        answers.c.correct,
    )
    .select_from(
        _TRACKS.join(rounds, rounds.c.track_id == tracks.c.id).join(
            answers, sa.and_(answers.c.round_id == rounds.c.id, answers.c.member_id == members.c.id)
        )
    )
    .where(_THEIRS)
    .order_by(rounds.c.local_date, rounds.c.id),
    "standings": sa.select(
        _PLACE,
        standings.c.streak,
        standings.c.best,
        standings.c.last_seq.label("last_round"),
        standings.c.freezes,
        standings.c.answered,
    )
    .select_from(
        _TRACKS.join(standings, sa.and_(standings.c.track_id == tracks.c.id, standings.c.member_id == members.c.id))
    )
    .where(_THEIRS),
    "weeks": sa.select(_PLACE, points.c.week, points.c.points, points.c.answered)
    .select_from(_TRACKS.join(points, sa.and_(points.c.track_id == tracks.c.id, points.c.member_id == members.c.id)))
    .where(_THEIRS)
    .order_by(points.c.week),
    "practice": sa.select(
        attempts.c.question_id,
        attempts.c.question_version,
        attempts.c.option_id,
        attempts.c.shown_position,
        attempts.c.correct,
        attempts.c.seed,
    )
    .where(attempts.c.member_id == _ID)
    .order_by(attempts.c.id),
    "review": sa.select(review.c.question_id, review.c.reason).where(review.c.member_id == _ID),
    "reports": sa.select(reports.c.question_id, reports.c.question_version, reports.c.reason).where(
        reports.c.member_id == _ID
    ),
    "away": sa.select(aways.c.since, aways.c.until).where(aways.c.member_id == _ID).order_by(aways.c.since),
    "roadmap": sa.select(roadmap_steps.c.step_id, roadmap_steps.c.state).where(roadmap_steps.c.member_id == _ID),
    "may_manage": sa.select(delegates.c.user)
    .join_from(
        members,
        delegates,
        sa.and_(delegates.c.community_id == members.c.community_id, delegates.c.user == members.c.external_id),
    )
    .where(_THEIRS),
    "installed": sa.select(installations.c.workspace)
    .select_from(sa.join(members, communities, communities.c.id == members.c.community_id))
    .join(installations, installations.c.workspace == communities.c.external_id)
    .where(_THEIRS, installations.c.installer == members.c.external_id),
    "saved": sa.select(_PLACE).select_from(_TRACKS).where(_THEIRS, tracks.c.saved_by == members.c.external_id),
    "notices": sa.select(notices.c.text, notices.c.noted_at)
    .join_from(
        members,
        notices,
        sa.and_(notices.c.community_id == members.c.community_id, notices.c.user == members.c.external_id),
    )
    .where(_THEIRS),
}


def export(transaction: Transaction, id: MemberId) -> Mapping[str, Sequence[Mapping[str, object]]]:
    """Every row that leads to the member, by what it is about."""
    return {
        part: tuple(
            dict(zip(statement.selected_columns.keys(), row, strict=True)) for row in transaction.rows(statement, of=id)
        )
        for part, statement in _PARTS.items()
    }
