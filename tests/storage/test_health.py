"""Notices to managers, heartbeats and outages; and what the terminal remembers."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.domain.community import Platform
from bot.domain.identifiers import RoundId, TrackId
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.storage.conftest import Database
from tests.storage.world import at, community

HOUR = timedelta(hours=1)


def test_a_notice_is_kept_once_while_it_is_untold(database: Database) -> None:
    def work(unit: SqlUnitOfWork) -> None:
        id = community(unit).id
        unit.health.notify(id, "boss", "bank-14", "The bank lasts 14 days.", at(0))
        unit.health.notify(id, "boss", "bank-14", "The bank lasts 13 days.", at(1))
        unit.health.notify(id, "boss", "refused", "Posting was refused.", at(1))
        first, second = unit.health.notices(id)
        assert (first.community, first.user, first.text) == (id, "boss", "The bank lasts 14 days.")
        unit.health.told([first.id])
        unit.health.told([])
        assert unit.health.notices(id) == (second,)
        unit.health.notify(id, "boss", "bank-14", "The bank lasts 12 days.", at(2))
        assert [notice.text for notice in unit.health.notices(id)] == [second.text, "The bank lasts 12 days."]

    database.write(work)


def test_a_notice_is_tried_once_by_private_message(database: Database) -> None:
    def work(unit: SqlUnitOfWork) -> None:
        here, there = community(unit), community(unit, "T1", Platform.SLACK)
        for key in ("one", "two"):
            unit.health.notify(here.id, "boss", key, key, at(0))
        unit.health.notify(there.id, "boss", "one", "one", at(0))
        untried = unit.health.untried(Platform.DISCORD, 10)
        assert [(notice.text, of) for notice, of in untried] == [("one", here), ("two", here)]
        assert len(unit.health.untried(Platform.DISCORD, 1)) == 1
        (one, _), (two, _) = untried
        unit.health.tried(one.id, told=True)
        unit.health.tried(two.id, told=False)
        assert unit.health.untried(Platform.DISCORD, 10) == ()
        assert unit.health.notices(here.id) == (replace(two, tried=True),)

    database.write(work)


def test_a_beat_tells_of_the_one_before(database: Database) -> None:
    assert database.write(lambda unit: unit.health.beat(Platform.SLACK, at(0))) is None
    assert database.write(lambda unit: unit.health.beat(Platform.SLACK, at(1))) == at(0)
    assert database.write(lambda unit: unit.health.beat(Platform.DISCORD, at(2))) is None
    assert database.write(lambda unit: unit.health.beat(Platform.SLACK, at(2))) == at(1)


def test_outages_are_measured_within_a_stretch_of_time(database: Database) -> None:
    def work(unit: SqlUnitOfWork) -> None:
        for since, until in ((0, 2), (5, 6), (5.5, 7), (5.6, 5.7)):
            unit.health.add_outage(Platform.SLACK, at(0) + since * HOUR, at(0) + until * HOUR)
        unit.health.add_outage(Platform.DISCORD, at(0), at(9))

        def within(since: float, until: float) -> timedelta:
            return unit.health.outage_within(Platform.SLACK, at(0) + since * HOUR, at(0) + until * HOUR)

        assert within(0, 24) == 4 * HOUR
        assert within(1, 5.25) == 1.25 * HOUR
        assert within(2, 5) == timedelta()
        assert within(6, 6.5) == 0.5 * HOUR
        unit.health.add_outage(Platform.SLACK, at(0), at(0) + 3 * HOUR)
        assert within(0, 4) == 3 * HOUR

    database.write(work)


def test_the_terminal_remembers_texts(database: Database) -> None:
    assert database.read(lambda unit: unit.chat_state.get("name")) is None
    database.write(lambda unit: unit.chat_state.set("name", "one"))
    database.write(lambda unit: unit.chat_state.set("name", "two"))
    assert database.read(lambda unit: unit.chat_state.get("name")) == "two"


def test_a_notice_is_about_a_track_and_goes_once_its_round_is_settled(database: Database) -> None:
    def work(unit: SqlUnitOfWork) -> None:
        id = community(unit).id
        unit.health.notify(id, "boss", "unknown-1", "It may be there.", at(0), TrackId(3), RoundId(1))
        unit.health.notify(id, "boss", "unknown-2", "It may be there.", at(0), TrackId(3), RoundId(2))
        assert [(notice.track, notice.round) for notice in unit.health.notices(id)] == [(3, 1), (3, 2)]
        unit.health.settled(RoundId(1))
        assert [notice.round for notice in unit.health.notices(id)] == [2]

    database.write(work)
