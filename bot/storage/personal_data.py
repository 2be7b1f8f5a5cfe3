"""Everything that leads to a member or a community: shown to them, and deleted.

A forgotten member's votes in closed rounds stay as counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from bot.domain.identifiers import CommunityId, MemberId, OptionId, RoundId
from bot.domain.own_question import OWN
from bot.domain.round import RoundState
from bot.domain.schedule import iso_week
from bot.ports import people as port
from bot.storage.answers import add_mark
from bot.storage.dialects import locking
from bot.storage.round_rows import VOTES, is_state
from bot.storage.tables import (
    answers,
    attempts,
    aways,
    communities,
    days_off,
    delegates,
    installations,
    marks,
    members,
    memories,
    notices,
    own_banks,
    own_questions,
    points,
    question_versions,
    reports,
    review,
    review_log,
    roadmap_steps,
    rounds,
    standings,
    tracks,
)
from bot.storage.transaction import Rows

_ID = sa.bindparam("of", type_=members.c.id.type)
_OF_ONE_MEMBER = (aways, attempts, review, review_log, memories, reports, roadmap_steps)
"""Tables of what a member keeps, with an index by member."""

_IS_MEMBER = members.c.id == _ID
_PLACE = tracks.c.place
# Answers, standings and points have no index by member: the way to theirs leads through the community's tracks.
_THEIR_TRACKS = sa.join(members, tracks, tracks.c.community_id == members.c.community_id)
_EXPORTED: dict[str, sa.Select[*tuple[Any, ...]]] = {
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
        _THEIR_TRACKS.join(rounds, rounds.c.track_id == tracks.c.id).join(
            answers, sa.and_(answers.c.round_id == rounds.c.id, answers.c.member_id == members.c.id)
        )
    )
    .where(_IS_MEMBER)
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
        _THEIR_TRACKS.join(
            standings, sa.and_(standings.c.track_id == tracks.c.id, standings.c.member_id == members.c.id)
        )
    )
    .where(_IS_MEMBER),
    "weeks": sa.select(_PLACE, points.c.week, points.c.points, points.c.answered)
    .select_from(
        _THEIR_TRACKS.join(points, sa.and_(points.c.track_id == tracks.c.id, points.c.member_id == members.c.id))
    )
    .where(_IS_MEMBER)
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
    "reviews": sa.select(
        review_log.c.question_id,
        review_log.c.day,
        review_log.c.good,
        review_log.c.key_option,
        review_log.c.asked_id,
    )
    .where(review_log.c.member_id == _ID)
    .order_by(review_log.c.day, review_log.c.question_id),
    "memories": sa.select(
        memories.c.question_id,
        memories.c.stability,
        memories.c.difficulty,
        memories.c.due,
        memories.c.last_on,
        memories.c.key_option,
        memories.c.asked_id,
    ).where(memories.c.member_id == _ID),
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
    .where(_IS_MEMBER),
    "installed": sa.select(installations.c.workspace)
    .select_from(sa.join(members, communities, communities.c.id == members.c.community_id))
    .join(installations, installations.c.workspace == communities.c.external_id)
    .where(_IS_MEMBER, installations.c.installer == members.c.external_id),
    "saved": sa.select(_PLACE).select_from(_THEIR_TRACKS).where(_IS_MEMBER, tracks.c.saved_by == members.c.external_id),
    "notices": sa.select(notices.c.text, notices.c.noted_at)
    .join_from(
        members,
        notices,
        sa.and_(notices.c.community_id == members.c.community_id, notices.c.user == members.c.external_id),
    )
    .where(_IS_MEMBER),
}

_WHO = locking(sa.select(members.c.community_id, members.c.external_id).where(members.c.id == _ID), members)
# Answers, standings and points have no index by member: the community's rounds spell out their keys.
_ASKED = (
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
_BY_MEMBER = tuple(sa.delete(table).where(table.c.member_id == _ID) for table in _OF_ONE_MEMBER)
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

_HERE = sa.bindparam("of", type_=communities.c.id.type)
_TRACKS_HERE = sa.select(tracks.c.id).where(tracks.c.community_id == _HERE)
_MEMBERS_HERE = sa.select(members.c.id).where(members.c.community_id == _HERE)
_SOME_ROUNDS = (
    sa.select(rounds.c.id).where(rounds.c.track_id.in_(_TRACKS_HERE)).order_by(rounds.c.id).limit(sa.bindparam("most"))
)
_MARKS_OF = sa.delete(marks).where(marks.c.round_id == sa.bindparam("round"))
_ANSWERS_OF = sa.delete(answers).where(answers.c.round_id == sa.bindparam("round"))
_ROUND = sa.delete(rounds).where(rounds.c.id == sa.bindparam("round"))
_ASKED_HERE = sa.select(sa.literal(OWN) + sa.cast(own_questions.c.id, sa.Text)).where(
    own_questions.c.community_id == _HERE
)
_REST = (
    sa.delete(question_versions).where(question_versions.c.id.in_(_ASKED_HERE)),
    *(sa.delete(table).where(table.c.track_id.in_(_TRACKS_HERE)) for table in (standings, points, days_off)),
    *(sa.delete(table).where(table.c.member_id.in_(_MEMBERS_HERE)) for table in _OF_ONE_MEMBER),
    *(
        sa.delete(table).where(table.c.community_id == _HERE)
        for table in (tracks, members, delegates, notices, own_banks, own_questions)
    ),
    sa.delete(communities).where(communities.c.id == _HERE),
)


class PersonalData(Rows, port.PersonalData):
    def export(self, member: MemberId) -> Mapping[str, Sequence[Mapping[str, object]]]:
        return {
            part: tuple(
                dict(zip(statement.selected_columns.keys(), row, strict=True))
                for row in self._transaction.rows(statement, of=member)
            )
            for part, statement in _EXPORTED.items()
        }

    def forget(self, member: MemberId) -> None:
        who = self._transaction.row(_WHO, of=member)
        if who is None:
            return
        community, name = who
        for round, option in self._transaction.rows(_OPEN_VOTES, community_id=community, of=member):
            self._transaction.change(_TAKE_BACK[OptionId(option)], of_round=round)
            if name is not None:
                add_mark(self._transaction, RoundId(round), name)
        asked = self._transaction.rows(_ASKED, community_id=community)
        self._transaction.change_each(_ANSWER, ({"round": row[0], "of": member} for row in asked))
        self._transaction.change_each(
            _STANDING, ({"track": track, "of": member} for track in {row[1] for row in asked})
        )
        weeks = {(row[1], iso_week(row[2])) for row in asked if row[2] is not None}
        self._transaction.change_each(_WEEK, ({"track": track, "in_week": week, "of": member} for track, week in weeks))
        for drop in _BY_MEMBER:
            self._transaction.change(drop, of=member)
        if name is not None:
            for named in (_DELEGATE, _SAVED_BY, _NOTICES, _INSTALLER):
                self._transaction.change(named, community=community, name=name)
        self._transaction.change(_BLANK, of=member)
        self._transaction.leave_no_trace()

    def erase(self, community: CommunityId, most: int) -> bool:
        some = [{"round": row[0]} for row in self._transaction.rows(_SOME_ROUNDS, of=community, most=most)]
        self._transaction.change_each(_ANSWERS_OF, some)
        self._transaction.change_each(_MARKS_OF, some)
        self._transaction.change_each(_ROUND, some)
        if len(some) == most:
            return False
        for drop in _REST:
            self._transaction.change(drop, of=community)
        self._transaction.leave_no_trace()
        return True
