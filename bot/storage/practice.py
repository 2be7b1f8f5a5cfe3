"""Practice answers, what is kept for review, reports of questions, and marks on the roadmap, as rows."""

from __future__ import annotations

from collections.abc import Mapping
from heapq import nlargest

import sqlalchemy as sa

from bot.domain.grading import UNSURE
from bot.domain.identifiers import CommunityId, MemberId, QuestionId, RoundId, StepId
from bot.domain.question import Question
from bot.domain.roadmap import StepState
from bot.domain.round import Answer
from bot.domain.sitting import OTHERS_BETWEEN, Sitting, Turn
from bot.ports import practice as port
from bot.ports.practice import Practised, ReviewReason
from bot.storage.dialects import insert_or_change, insert_or_leave
from bot.storage.prepared import Prepared
from bot.storage.round_rows import to_answer
from bot.storage.tables import answers, attempts, members, reports, review, roadmap_steps
from bot.storage.transaction import Rows

_MEMBER: sa.BindParameter[int] = sa.bindparam("member_id")
_ADD_ATTEMPT = sa.insert(attempts)
_ATTEMPT = sa.select(attempts.c.option_id, attempts.c.shown_position, attempts.c.correct).where(
    attempts.c.member_id == _MEMBER,
    attempts.c.question_id == sa.bindparam("question_id"),
    attempts.c.seed == sa.bindparam("seed"),
)
_SAT = (
    sa.select(attempts.c.seed, attempts.c.question_id, attempts.c.correct, attempts.c.option_id)
    .where(
        attempts.c.member_id == _MEMBER,
        attempts.c.seed >= sa.bindparam("begun"),
        attempts.c.seed < sa.bindparam("end"),
    )
    .order_by(attempts.c.id)
)
_RIGHT_SHARE = sa.select(
    sa.func.coalesce(sa.func.sum(sa.case((attempts.c.correct, 1), else_=0)), 0), sa.func.count()
).where(attempts.c.member_id == _MEMBER)
_KEEP = Prepared(insert_or_change(review, lambda new: {"reason": new.reason}))
_REVIEWED = sa.delete(review).where(review.c.member_id == _MEMBER, review.c.question_id == sa.bindparam("question_id"))
_FORGET_ROUND = sa.delete(review).where(
    review.c.question_id == sa.bindparam("question_id"),
    review.c.member_id.in_(sa.select(answers.c.member_id).where(answers.c.round_id == sa.bindparam("round"))),
)
_TRIED = Prepared(
    sa.select(attempts.c.question_id, sa.func.count(), sa.func.max(attempts.c.id))
    .where(attempts.c.member_id == _MEMBER)
    .group_by(attempts.c.question_id)
)
_REVIEW = Prepared(sa.select(review.c.question_id, review.c.reason).where(review.c.member_id == _MEMBER))
_REPORT = insert_or_leave(reports)
_REPORTS = (
    sa.select(reports.c.question_id, reports.c.question_version, reports.c.reason, sa.func.count())
    .join_from(reports, members, members.c.id == reports.c.member_id)
    .where(members.c.community_id == sa.bindparam("community_id"))
    .group_by(reports.c.question_id, reports.c.question_version, reports.c.reason)
    .order_by(reports.c.question_id, reports.c.question_version, reports.c.reason)
)

_STATES = sa.select(roadmap_steps.c.step_id, roadmap_steps.c.state).where(roadmap_steps.c.member_id == _MEMBER)
_MARK = insert_or_change(roadmap_steps, lambda new: {"state": new.state})
_UNMARK = sa.delete(roadmap_steps).where(
    roadmap_steps.c.member_id == _MEMBER, roadmap_steps.c.step_id == sa.bindparam("step_id")
)

_REVIEW_REASONS = frozenset(ReviewReason)


class Practice(Rows, port.Practice):
    def attempt(self, member: MemberId, question: QuestionId, seed: int) -> Answer | None:
        row = self._transaction.row(_ATTEMPT, member_id=member, question_id=question, seed=seed)
        return None if row is None else to_answer(row)

    def add_attempt(self, member: MemberId, question: Question, answer: Answer, seed: int) -> None:
        self._transaction.change(
            _ADD_ATTEMPT,
            member_id=member,
            question_id=question.id,
            question_version=question.version,
            option_id=answer.option,
            shown_position=answer.shown_position,
            correct=answer.correct,
            seed=seed,
        )

    def sat(self, member: MemberId, sitting: Sitting) -> tuple[Turn, ...]:
        begun, end = sitting.begun, sitting.begun + sitting.of
        rows = self._transaction.rows(_SAT, member_id=member, begun=begun, end=end)
        turns: dict[int, Turn] = {}
        for seed, question, correct, option in rows:
            turns.setdefault(seed, Turn(seed - begun, QuestionId(question), correct, option == UNSURE))
        return tuple(turns.values())

    def of(self, member: MemberId) -> Practised:
        tried = self._transaction.rows(_TRIED, member_id=member)
        review = self._transaction.rows(_REVIEW, member_id=member)
        latest = nlargest(OTHERS_BETWEEN, tried, key=lambda row: row[2])
        return Practised(
            {QuestionId(question): times for question, times, _ in tried},
            {QuestionId(question): ReviewReason(why) for question, why in review if why in _REVIEW_REASONS},
            tuple(QuestionId(row[0]) for row in latest),
        )

    def right_share(self, member: MemberId) -> tuple[int, int]:
        row = self._transaction.row(_RIGHT_SHARE, member_id=member)
        assert row is not None
        return int(row[0]), int(row[1])

    def keep_for_review(self, member: MemberId, question: QuestionId, reason: ReviewReason) -> None:
        self._transaction.changed(_KEEP, member_id=member, question_id=question, reason=reason.value)

    def forget_round(self, round: RoundId, question: QuestionId) -> None:
        self._transaction.change(_FORGET_ROUND, round=round, question_id=question)

    def reviewed(self, member: MemberId, question: QuestionId) -> bool:
        return self._transaction.change(_REVIEWED, member_id=member, question_id=question) > 0

    def report(self, member: MemberId, question: QuestionId, version: int, reason: str) -> bool:
        kept = self._transaction.change(
            _REPORT, member_id=member, question_id=question, question_version=version, reason=reason
        )
        return kept > 0

    def reports(self, community: CommunityId) -> tuple[tuple[QuestionId, int, str, int], ...]:
        found = self._transaction.rows(_REPORTS, community_id=community)
        return tuple((QuestionId(row[0]), row[1], row[2], row[3]) for row in found)


class Roadmaps(Rows, port.Roadmaps):
    def states(self, member: MemberId) -> Mapping[StepId, StepState]:
        return {StepId(row[0]): StepState(row[1]) for row in self._transaction.rows(_STATES, member_id=member)}

    def set_state(self, member: MemberId, step: StepId, state: StepState | None) -> None:
        if state is None:
            self._transaction.change(_UNMARK, member_id=member, step_id=step)
        else:
            self._transaction.change(_MARK, member_id=member, step_id=step, state=state.value)
