"""Streaks and weekly points, and counting them again."""

from __future__ import annotations

from bot.domain.community import Away
from bot.domain.identifiers import MemberId
from bot.domain.streak import Standing
from bot.ports.standings import WeekLine
from bot.posting.recount import recount_members
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.storage.conftest import Database
from tests.storage.world import RIGHT, WRONG, at, closed, opened, press, track

WEEK, NEXT_WEEK = "2026-W10", "2026-W11"


def _members(unit: SqlUnitOfWork, *users: str) -> list[MemberId]:
    on = track(unit)
    return [unit.members.of(on.community, user).id for user in users]


def test_a_standing_is_kept_and_replaced(database: Database) -> None:
    def work(unit: SqlUnitOfWork) -> None:
        on = track(unit)
        (ann,) = _members(unit, "ann")
        assert unit.standings.get(ann, on.id) is None
        unit.standings.save(ann, on.id, Standing(1, 2, 3, 1, 5))
        unit.standings.save(ann, on.id, Standing(2, 2, 4, 2, 6))
        assert unit.standings.get(ann, on.id) == Standing(2, 2, 4, 2, 6)

    database.write(work)


def test_everyone_who_answered_or_stands_on_a_track_is_found(database: Database) -> None:
    def work(unit: SqlUnitOfWork) -> None:
        on, other = track(unit), track(unit)
        ann, bob = _members(unit, "ann", "bob")
        unit.standings.save(bob, on.id, Standing(1, 1, 9, 1, 1))
        unit.standings.save(ann, other.id, Standing(9, 9, 9, 0, 9))
        cid = press(unit, opened(unit, on, 0), "cid")
        assert set(unit.standings.answerers(on.id)) == {bob, cid}
        assert unit.standings.weeks(on.id) == (WEEK,)
        assert {on.id, other.id} <= set(unit.tracks.every())

    database.write(work)


def test_the_longest_streaks_of_visible_members(database: Database) -> None:
    def work(unit: SqlUnitOfWork) -> None:
        on = track(unit)
        ann, bob, cid, dan, eve, fay = _members(unit, "ann", "bob", "cid", "dan", "eve", "fay")
        for member, streak, last in (
            (ann, 3, 9),
            (bob, 8, 9),
            (cid, 20, 9),
            (dan, 30, 2),
            (eve, 3, 8),
            (fay, 40, 9),
        ):
            unit.standings.save(member, on.id, Standing(streak, streak, last, 1, streak))
        unit.members.set_hidden(cid, True)
        unit.personal_data.forget(fay)
        found = unit.standings.since(on.id, 8, 10, 0)
        assert [(id, user) for id, user, _ in found] == [(bob, "bob"), (ann, "ann"), (eve, "eve")]
        assert found[0][2] == Standing(8, 8, 9, 1, 8)
        assert unit.standings.since(on.id, 8, 1, 1) == found[1:2]

    database.write(work)


def test_weeks_add_up(database: Database) -> None:
    def work(unit: SqlUnitOfWork) -> None:
        on = track(unit)
        ann, bob = _members(unit, "ann", "bob")
        assert unit.standings.week(ann, on.id, WEEK) == WeekLine()
        assert unit.standings.add_week(ann, on.id, WEEK, 1, 1) == WeekLine(1, 1)
        assert unit.standings.add_week(ann, on.id, WEEK, 0, 1) == WeekLine(1, 2)
        assert unit.standings.add_week(ann, on.id, NEXT_WEEK, 1, 1) == WeekLine(1, 1)
        unit.standings.add_week(bob, on.id, WEEK, 1, 1)
        assert unit.standings.week(ann, on.id, WEEK) == WeekLine(1, 2)
        assert unit.standings.week(bob, on.id, WEEK) == WeekLine(1, 1)

    database.write(work)


def test_answers_are_tallied_over_rounds_by_visible_members(database: Database) -> None:
    def work(unit: SqlUnitOfWork) -> None:
        on = track(unit)
        rounds = [opened(unit, on, number) for number in range(3)]
        for round, answers in zip(rounds, ("arw", "a-r", "aww"), strict=True):
            for user, answer in zip(("ann", "bob", "cid"), answers, strict=True):
                if answer != "-":
                    press(unit, round, user, WRONG if answer == "w" else RIGHT)
            press(unit, round, "dan")
        unit.members.set_hidden(unit.members.of(on.community, "dan").id, True)
        ids = [round.id for round in rounds]
        assert [(tally.user, tally.answered, tally.right) for tally in unit.standings.tally(ids)] == [
            ("ann", 3, 3),
            ("bob", 2, 1),
            ("cid", 3, 1),
        ]
        assert [tally.user for tally in unit.standings.tally(ids[1:2])] == ["ann", "cid"]
        assert unit.standings.tally([]) == ()

    database.write(work)


def test_recounting_takes_back_the_points_of_a_withdrawn_round(database: Database) -> None:
    def work(unit: SqlUnitOfWork) -> None:
        on, other = track(unit), track(unit)
        rounds = [opened(unit, on, number) for number in (0, 1, 7)]
        for round in rounds:
            ann = press(unit, round, "ann")
        bob = press(unit, rounds[1], "bob", WRONG)
        unit.standings.add_week(ann, other.id, WEEK, 5, 5)
        unit.rounds.void(rounds[0].id, at(8))
        for week in unit.standings.weeks(on.id):
            unit.standings.recount_week(on.id, week)
        assert unit.standings.week(ann, on.id, WEEK) == WeekLine(1, 2)
        assert unit.standings.week(ann, on.id, NEXT_WEEK) == WeekLine(1, 1)
        assert unit.standings.week(bob, on.id, WEEK) == WeekLine(0, 1)
        assert unit.standings.week(ann, other.id, WEEK) == WeekLine(5, 5)

    database.write(work)


def test_recounting_one_week_leaves_the_others(database: Database) -> None:
    def work(unit: SqlUnitOfWork) -> None:
        on = track(unit)
        ann = press(unit, opened(unit, on, 0), "ann")
        unit.standings.add_week(ann, on.id, WEEK, 7, 7)
        unit.standings.add_week(ann, on.id, NEXT_WEEK, 7, 7)
        unit.standings.recount_week(on.id, WEEK)
        assert unit.standings.week(ann, on.id, WEEK) == WeekLine(1, 1)
        assert unit.standings.week(ann, on.id, NEXT_WEEK) == WeekLine(7, 7)
        unit.standings.recount_week(on.id, NEXT_WEEK)
        assert unit.standings.week(ann, on.id, NEXT_WEEK) == WeekLine()

    database.write(work)


def test_a_standing_is_counted_again_from_the_raw_rows(database: Database) -> None:
    def work(unit: SqlUnitOfWork) -> None:
        on = track(unit)
        first = opened(unit, on, 0)
        ann = press(unit, first, "ann", RIGHT)
        unit.rounds.close(first.id, at(1), False)
        closed(unit, on, 1)
        closed(unit, on, 2)
        closed(unit, on, 3)
        press(unit, opened(unit, on, 4), "ann", RIGHT, skipped=3)
        assert unit.standings.get(ann, on.id) == Standing(1, 1, 5, 1, 2)
        assert recount_members(unit, on.id, (ann,)) == 0
        unit.members.begin_away(ann, Away(at(1), at(2.5)))
        assert recount_members(unit, on.id, (ann,)) == 1
        assert unit.standings.get(ann, on.id) == Standing(2, 2, 5, 0, 2)
        unit.standings.save(ann, on.id, Standing(99, 99, 1, 2, 99))
        assert recount_members(unit, on.id, (ann,)) == 1
        assert unit.standings.get(ann, on.id) == Standing(2, 2, 5, 0, 2)
        bob = unit.members.of(on.community, "bob").id
        assert recount_members(unit, on.id, (bob,)) == 0
        assert unit.standings.get(bob, on.id) is None
        unit.standings.save(bob, on.id, Standing(4, 4, 1, 2, 4))
        assert recount_members(unit, on.id, (bob,)) == 1
        assert unit.standings.get(bob, on.id) == Standing()

    database.write(work)
