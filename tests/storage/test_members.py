"""Members, their pauses, and being forgotten."""

from __future__ import annotations

import pytest

from bot.domain.community import Away, Platform
from bot.domain.identifiers import MemberId, QuestionId, RoleId, StepId, TrackId
from bot.domain.roadmap import StepState
from bot.domain.streak import Standing
from bot.ports.practice import ReviewReason
from bot.ports.standings import WeekLine
from bot.storage import tables
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.storage.conftest import Database
from tests.storage.world import RIGHT, at, closed, community, opened, press, question, track


def test_a_member_is_made_on_first_sight_and_found_again(database: Database) -> None:
    def first(unit: SqlUnitOfWork) -> None:
        id = community(unit).id
        assert unit.members.find(id, "ann") is None
        made = unit.members.of(id, "ann")
        assert (made.community, made.external_id, made.hidden, made.role) == (id, "ann", False, None)
        assert unit.members.of(id, "ann") == made == unit.members.find(id, "ann")

    database.write(first)


def test_a_member_is_found_by_what_the_platform_calls_them(database: Database) -> None:
    def work(unit: SqlUnitOfWork) -> None:
        here = unit.communities.of(Platform.DISCORD, "G1")
        ann = unit.members.of(here.id, "ann")
        assert unit.members.known(Platform.DISCORD, "G1", "ann") == (here, ann)
        assert unit.members.known(Platform.DISCORD, "G1", "ben") == (here, None)
        assert unit.members.known(Platform.SLACK, "G1", "ann") == (None, None)
        assert unit.members.known(Platform.DISCORD, "G2", "ann") == (None, None)

    database.write(work)


def test_hidden_and_role_are_kept(database: Database) -> None:
    member = database.write(lambda unit: unit.members.of(community(unit).id, "ann"))
    database.write(lambda unit: unit.members.set_hidden(member.id, True))
    database.write(lambda unit: unit.members.set_role(member.id, RoleId("ai-engineer")))
    found = database.read(lambda unit: unit.members.find(member.community, "ann"))
    assert found is not None
    assert (found.hidden, found.role) == (True, "ai-engineer")
    database.write(lambda unit: unit.members.set_role(member.id, None))
    found = database.read(lambda unit: unit.members.find(member.community, "ann"))
    assert found is not None
    assert found.role is None


def test_a_member_comes_with_their_standing_on_the_track(database: Database) -> None:
    def work(unit: SqlUnitOfWork) -> None:
        on = track(unit)
        member, standing = unit.members.with_standing(on.community, "ann", on.id)
        assert standing is None
        unit.standings.save(member.id, on.id, Standing(3, 5, 9, 2, 20))
        assert unit.members.with_standing(on.community, "ann", on.id) == (member, Standing(3, 5, 9, 2, 20))
        assert unit.members.with_standing(on.community, "ann", TrackId(on.id + 1)) == (member, None)

    database.write(work)


def test_pauses_begin_and_end(database: Database) -> None:
    id = database.write(lambda unit: unit.members.of(community(unit).id, "ann")).id
    database.write(lambda unit: unit.members.begin_away(id, Away(at(0), at(2))))
    database.write(lambda unit: unit.members.begin_away(id, Away(at(5), at(20))))
    assert database.read(lambda unit: unit.members.aways(id)) == (Away(at(0), at(2)), Away(at(5), at(20)))
    database.write(lambda unit: unit.members.end_away(id, at(6)))
    assert database.read(lambda unit: unit.members.aways(id)) == (Away(at(0), at(2)), Away(at(5), at(6)))


def test_ending_a_pause_drops_one_that_has_not_begun(database: Database) -> None:
    id = database.write(lambda unit: unit.members.of(community(unit).id, "ann")).id
    database.write(lambda unit: unit.members.begin_away(id, Away(at(5), at(9))))
    database.write(lambda unit: unit.members.end_away(id, at(4)))
    assert database.read(lambda unit: unit.members.aways(id)) == ()


def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    id = database.write(lambda unit: unit.members.of(community(unit).id, "ann")).id
    with pytest.raises(Exception, match="a time without a zone"):
        database.write(lambda unit: unit.members.end_away(id, at(0).replace(tzinfo=None)))


def _live(unit: SqlUnitOfWork, user: str) -> MemberId:
    on = track(unit)
    closed_round = closed(unit, on, 0)
    open_round = opened(unit, on, 8)
    press(unit, closed_round, user)
    member = press(unit, open_round, user)
    unit.members.set_role(member, RoleId("ai-engineer"))
    unit.members.begin_away(member, Away(at(3), at(4)))
    unit.practice.add_attempt(member, question(), RIGHT, 1)
    unit.practice.keep_for_review(member, QuestionId("tokens"), ReviewReason.WRONG)
    unit.practice.report(member, QuestionId("tokens"), 1, "unclear")
    unit.roadmaps.set_state(member, StepId("basics"), StepState.DONE)
    unit.communities.add_delegate(on.community, user)
    return member


def test_forgetting_leaves_anonymous_votes_and_nothing_else(database: Database) -> None:
    member = database.write(lambda unit: _live(unit, "ann"))
    database.write(lambda unit: unit.personal_data.forget(member))
    kept = {
        table.name: database.count(table)
        for table in tables.metadata.sorted_tables
        if table.name not in ("tracks", "rounds", "communities", "question_versions")
    }
    assert {name for name, count in kept.items() if count} == {"members", "marks"}
    rounds = database.read(lambda unit: unit.ledger.latest(TrackId(1), 5))
    # The open round's vote goes with its answer: else the member could answer it again and count twice.
    assert [round.votes.total for round in rounds] == [0, 1]


def test_forgetting_one_leaves_the_others(database: Database) -> None:
    ann = database.write(lambda unit: _live(unit, "ann"))
    bob = database.write(lambda unit: _live(unit, "bob"))
    database.write(lambda unit: unit.personal_data.forget(ann))
    assert database.count(tables.answers) == 2
    assert database.read(lambda unit: unit.standings.get(bob, TrackId(2))) is not None
    assert database.read(lambda unit: unit.standings.week(bob, TrackId(2), "2026-W10")) == WeekLine(1, 1)
    assert database.read(lambda unit: unit.practice.of(bob).tried) == {"tokens": 1}


def test_whoever_was_forgotten_comes_back_as_someone_new(database: Database) -> None:
    def work(unit: SqlUnitOfWork) -> None:
        id = community(unit).id
        before = unit.members.of(id, "ann")
        unit.personal_data.forget(before.id)
        unit.personal_data.forget(unit.members.of(id, "bob").id)
        after = unit.members.of(id, "ann")
        assert after.id != before.id
        unit.personal_data.forget(MemberId(99))

    database.write(work)
