"""Tracks and their next due dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.domain.community import Platform
from bot.domain.identifiers import CommunityId, PlaceRef, QuestionId, TopicId, TrackId, ZoneName
from bot.domain.question import Difficulty, Question
from bot.domain.schedule import WEEKDAYS, Schedule
from bot.domain.selection import Repeats, Wanted
from bot.domain.streak import Standing
from bot.domain.track import PauseReason, TrackSettings, TrackState
from bot.ports.tracks import Basis
from bot.storage import cache
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.storage.conftest import Database
from tests.storage.world import SETTINGS, at, community, day, due, opened, question, track

EVERYTHING = TrackSettings(
    place=PlaceRef("C9"),
    schedule=Schedule(time(18, 30), ZoneName("America/Nuuk"), WEEKDAYS, frozenset({day(3), day(1), day(300)})),
    wanted=Wanted(frozenset({TopicId("models"), TopicId("careers")}), Difficulty.HARD),
    repeats=Repeats.PAUSE,
    ping_role="R1",
    catch_up=timedelta(hours=2),
)


def test_a_track_is_kept_with_all_its_settings(database: Database) -> None:
    made = database.write(lambda unit: track(unit, settings=EVERYTHING, next=due(0)))
    assert made.settings == EVERYTHING
    assert (made.state, made.saved_by, made.seed, made.next_seq) == (TrackState.RUNNING, "boss", 7, 1)
    assert (made.next_local_date, made.next_due_at) == (day(0), at(0))
    assert database.read(lambda unit: unit.tracks.get(made.id)) == made
    assert database.read(lambda unit: unit.tracks.get(TrackId(99))) is None


def test_saving_changes_settings_and_days_off_only(database: Database) -> None:
    made = database.write(lambda unit: track(unit, settings=EVERYTHING, next=due(0)))
    database.write(lambda unit: unit.tracks.save(made.id, SETTINGS, "other", due(5)))
    expected = replace(made, settings=SETTINGS, saved_by="other", next_local_date=day(5), next_due_at=at(5))
    assert database.read(lambda unit: unit.tracks.get(made.id)) == expected


def test_pausing_and_resuming(database: Database) -> None:
    made = database.write(lambda unit: track(unit, next=due(0)))
    database.write(lambda unit: unit.tracks.pause(made.id, PauseReason.REFUSED, "no rights"))
    paused = database.read(lambda unit: unit.tracks.get(made.id))
    assert paused == replace(
        made,
        state=TrackState.PAUSED,
        pause_reason=PauseReason.REFUSED,
        pause_detail="no rights",
    )
    database.write(lambda unit: unit.tracks.resume(made.id, due(9)))
    assert database.read(lambda unit: unit.tracks.get(made.id)) == replace(
        made, next_local_date=day(9), next_due_at=at(9)
    )


def test_a_deleted_track_stays_but_is_not_listed_and_does_not_come_back(database: Database) -> None:
    made = database.write(lambda unit: track(unit, next=due(0)))
    other = database.write(track)
    database.write(lambda unit: unit.tracks.delete(made.id))
    database.write(lambda unit: unit.tracks.pause(made.id, PauseReason.MANAGER))
    database.write(lambda unit: unit.tracks.resume(made.id, due(1)))
    kept = database.read(lambda unit: unit.tracks.get(made.id))
    assert kept is not None
    assert (kept.state, kept.next_due_at) == (TrackState.DELETED, None)
    assert database.read(lambda unit: unit.tracks.of_community(made.community)) == (other,)


def test_due_tracks_come_in_order_of_time_for_one_platform(database: Database) -> None:
    def work(unit: SqlUnitOfWork) -> None:
        slack = community(unit, "T1", Platform.SLACK).id
        late, early = track(unit, next=due(2)), track(unit, next=due(1))
        paused = track(unit, next=due(0))
        unit.tracks.pause(paused.id, PauseReason.MANAGER)
        track(unit, slack, next=due(0))
        track(unit, next=None)
        assert unit.tracks.due(Platform.DISCORD, at(2), 10) == (early, late)
        assert unit.tracks.due(Platform.DISCORD, at(2), 1) == (early,)
        assert unit.tracks.due(Platform.DISCORD, at(1), 10) == (early,)
        assert unit.tracks.due(Platform.DISCORD, at(0), 10) == ()

    database.write(work)


def test_running_tracks_of_a_platform(database: Database) -> None:
    def work(unit: SqlUnitOfWork) -> None:
        first, second = track(unit), track(unit)
        track(unit, community(unit, "T1", Platform.SLACK).id)
        unit.tracks.pause(second.id, PauseReason.MANAGER)
        assert unit.tracks.running(Platform.DISCORD) == (first,)

    database.write(work)


def test_next_due_dates_are_set_together(database: Database) -> None:
    def work(unit: SqlUnitOfWork) -> None:
        first, second, third = track(unit, next=due(0)), track(unit, next=due(0)), track(unit, next=due(0))
        unit.tracks.set_next({first.id: due(1), second.id: None})
        unit.tracks.set_next({})
        nexts = [(found.next_local_date, found.next_due_at) for found in unit.tracks.running(Platform.DISCORD)]
        assert nexts == [(day(1), at(1)), (None, None), (third.next_local_date, third.next_due_at)]

    database.write(work)


def test_members_with_streaks_are_counted(database: Database) -> None:
    def work(unit: SqlUnitOfWork) -> None:
        on, other = track(unit), track(unit)
        for user in ("ann", "bob"):
            unit.standings.save(unit.members.of(on.community, user).id, on.id, Standing(1, 1, 1, 1, 1))
        assert unit.tracks.members_with_streaks(on.id) == 2
        assert unit.tracks.members_with_streaks(other.id) == 0

    database.write(work)


def test_a_plan_is_kept_until_its_basis_changes(database: Database) -> None:
    bank: tuple[Question, ...] = (question(),)
    made: list[int] = []

    def plan(unit: SqlUnitOfWork) -> frozenset[QuestionId]:
        def make() -> frozenset[QuestionId]:
            made.append(1)
            return frozenset({QuestionId("tokens")})

        on = unit.tracks.every()[0]
        found = unit.tracks.get(on)
        assert found is not None
        return unit.tracks.plan(found.community, Basis(bank, (found,), day(14)), make)

    def post(unit: SqlUnitOfWork) -> None:
        on = unit.tracks.get(unit.tracks.every()[0])
        assert on is not None
        opened(unit, on, 0)

    database.write(track)
    assert database.read(plan) == database.read(plan) == {"tokens"}
    assert len(made) == 1
    database.write(post)
    database.read(plan)
    assert len(made) == 2
    bank = (question(), question("agents"))
    database.read(plan)
    assert len(made) == 3


def test_where_there_is_no_room_for_another_plan_one_that_is_there_is_still_renewed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cache, "COMMUNITIES_AT_MOST", 2)
    kept, basis = cache.Cache(), Basis((), (), day(14))
    for number in (1, 2, 2, 1):
        kept.plans[CommunityId(number)] = (basis, frozenset())
    assert set(kept.plans) == {1, 2}
    kept.plans[CommunityId(3)] = (basis, frozenset())
    assert set(kept.plans) == {1, 3}
