"""Practice answers, review, reports, and the roadmap."""

from __future__ import annotations

from bot.domain.identifiers import CommunityId, MemberId, QuestionId, StepId
from bot.domain.roadmap import StepState
from bot.ports.practice import ReviewReason
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.storage.conftest import Database
from tests.storage.world import RIGHT, WRONG, community, question

TOKENS, AGENTS = QuestionId("tokens"), QuestionId("agents")


def _member(unit: SqlUnitOfWork, user: str = "ann", of: CommunityId | None = None) -> MemberId:
    return unit.members.of(of or community(unit).id, user).id


def test_attempts_are_counted_by_question(database: Database) -> None:
    def work(unit: SqlUnitOfWork) -> None:
        ann, bob = _member(unit), _member(unit, "bob")
        assert (unit.practice.of(ann).tried, unit.practice.right_share(ann)) == ({}, (0, 0))
        unit.practice.add_attempt(ann, question(), WRONG, 1)
        unit.practice.add_attempt(ann, question(), RIGHT, 2)
        unit.practice.add_attempt(ann, question("agents"), RIGHT, 3)
        unit.practice.add_attempt(bob, question("agents"), RIGHT, 3)
        assert unit.practice.of(ann).tried == {TOKENS: 2, AGENTS: 1}
        assert unit.practice.right_share(ann) == (2, 3)

    database.write(work)


def test_the_review_list(database: Database) -> None:
    def work(unit: SqlUnitOfWork) -> None:
        ann, bob = _member(unit), _member(unit, "bob")
        unit.practice.keep_for_review(ann, TOKENS, ReviewReason.UNSURE)
        unit.practice.keep_for_review(ann, TOKENS, ReviewReason.WRONG)
        unit.practice.keep_for_review(ann, AGENTS, ReviewReason.GUESSED)
        unit.practice.keep_for_review(bob, AGENTS, ReviewReason.WRONG)
        assert unit.practice.of(ann).review == {AGENTS: ReviewReason.GUESSED, TOKENS: ReviewReason.WRONG}
        assert unit.practice.reviewed(ann, AGENTS)
        assert not unit.practice.reviewed(ann, AGENTS)
        assert unit.practice.of(ann).review == {TOKENS: ReviewReason.WRONG}
        assert unit.practice.of(bob).review == {AGENTS: ReviewReason.WRONG}

    database.write(work)


def test_reports_are_kept_once_per_member_and_version(database: Database) -> None:
    def work(unit: SqlUnitOfWork) -> None:
        here, there = community(unit).id, community(unit, "G2").id
        ann, bob, cid = _member(unit), _member(unit, "bob"), _member(unit, "cid", there)
        assert unit.practice.report(ann, TOKENS, 1, "unclear")
        assert not unit.practice.report(ann, TOKENS, 1, "wrong key")
        assert unit.practice.report(ann, TOKENS, 2, "wrong key")
        assert unit.practice.report(bob, TOKENS, 1, "unclear")
        assert unit.practice.report(cid, TOKENS, 1, "unclear")
        assert unit.practice.reports(here) == ((TOKENS, 1, "unclear", 2), (TOKENS, 2, "wrong key", 1))
        assert unit.practice.reports(there) == ((TOKENS, 1, "unclear", 1),)

    database.write(work)


def test_steps_are_marked_and_unmarked(database: Database) -> None:
    def work(unit: SqlUnitOfWork) -> None:
        ann, bob = _member(unit), _member(unit, "bob")
        basics, maths = StepId("basics"), StepId("maths")
        unit.roadmaps.set_state(ann, basics, StepState.DOING)
        unit.roadmaps.set_state(ann, basics, StepState.DONE)
        unit.roadmaps.set_state(ann, maths, StepState.SKIP)
        unit.roadmaps.set_state(bob, maths, StepState.DOING)
        assert unit.roadmaps.states(ann) == {basics: StepState.DONE, maths: StepState.SKIP}
        unit.roadmaps.set_state(ann, maths, None)
        unit.roadmaps.set_state(ann, maths, None)
        assert unit.roadmaps.states(ann) == {basics: StepState.DONE}
        assert unit.roadmaps.states(bob) == {maths: StepState.DOING}

    database.write(work)
