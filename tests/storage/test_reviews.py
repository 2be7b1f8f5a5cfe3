"""Memories and the log of reviews, as rows."""

from __future__ import annotations

from datetime import date

from bot.domain.identifiers import MemberId, QuestionId
from bot.domain.memory import Graded, rebuilt
from bot.features.practice.missed import remember
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.storage.conftest import Database
from tests.storage.world import B, closed, community, day, press, question, track

TOKENS, AGENTS = question("tokens"), question("agents")


def graded(on: date, *, good: bool, asked: str | None = None) -> Graded:
    return Graded(on, good, B, QuestionId(asked) if asked else None)


def _ann(unit: SqlUnitOfWork) -> MemberId:
    return unit.members.of(community(unit).id, "ann").id


def test_a_memory_equals_what_its_log_leads_to(database: Database) -> None:
    def work(unit: SqlUnitOfWork) -> None:
        ann = _ann(unit)
        for on, good in ((0, False), (1, True), (1, False), (0, True), (4, True), (9, False), (11, True)):
            remember(unit, ann, TOKENS, graded(day(on), good=good, asked="agents"))
        remember(unit, ann, AGENTS, graded(day(2), good=False))
        log = unit.reviews.log(ann)
        assert [one.on for one in log[TOKENS.id]] == [day(0), day(1), day(4), day(9), day(11)]
        assert [one.good for one in log[TOKENS.id]] == [False, True, True, False, True]
        assert {id: rebuilt(each) for id, each in log.items()} == {
            id: unit.reviews.of(ann, id) for id in (TOKENS.id, AGENTS.id)
        }

    database.write(work)


def test_what_is_due_and_what_was_met_on_a_day_are_near_it(database: Database) -> None:
    def work(unit: SqlUnitOfWork) -> None:
        ann = _ann(unit)
        assert unit.reviews.near(ann, day(0)) == {}
        assert unit.reviews.next_due(ann) is None
        remember(unit, ann, TOKENS, graded(day(0), good=True))
        remember(unit, ann, AGENTS, graded(day(1), good=False))
        tokens = unit.reviews.of(ann, TOKENS.id)
        assert tokens is not None
        assert unit.reviews.near(ann, day(0)).keys() == {TOKENS.id}
        assert unit.reviews.near(ann, day(1)).keys() == {AGENTS.id}
        assert unit.reviews.near(ann, tokens.due).keys() == {AGENTS.id, TOKENS.id}
        assert unit.reviews.next_due(ann) == day(2)

    database.write(work)


def test_a_withdrawn_question_is_forgotten_by_those_who_answered_it(database: Database) -> None:
    def work(unit: SqlUnitOfWork) -> None:
        on = track(unit)
        round = closed(unit, on, 0)
        ann, bob = press(unit, round, "ann"), unit.members.of(on.community, "bob").id
        for member in (ann, bob):
            remember(unit, member, TOKENS, graded(day(0), good=False))
        unit.reviews.forget_round(round.id, TOKENS.id)
        assert unit.reviews.of(ann, TOKENS.id) is None
        assert unit.reviews.log(ann) == {}
        assert unit.reviews.of(bob, TOKENS.id) is not None

    database.write(work)
