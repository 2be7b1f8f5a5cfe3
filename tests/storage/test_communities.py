"""Communities, their settings and their delegates."""

from __future__ import annotations

import pytest

from bot.domain.community import Boards, Platform
from bot.domain.identifiers import CommunityId, RoundId, TrackId
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.storage.conftest import Database
from tests.storage.world import at, opened, track


def test_a_community_is_made_on_first_sight_and_found_again(database: Database) -> None:
    made = database.write(lambda unit: unit.communities.of(Platform.SLACK, "T1"))
    assert (made.platform, made.external_id, made.boards) == (Platform.SLACK, "T1", Boards(shown=False))
    assert database.write(lambda unit: unit.communities.of(Platform.SLACK, "T1")) == made
    assert database.read(lambda unit: unit.communities.find(Platform.SLACK, "T1")) == made
    assert database.read(lambda unit: unit.communities.get(made.id)) == made


def test_the_same_id_on_another_platform_is_another_community(database: Database) -> None:
    slack = database.write(lambda unit: unit.communities.of(Platform.SLACK, "1"))
    discord = database.write(lambda unit: unit.communities.of(Platform.DISCORD, "1"))
    assert slack.id != discord.id


def test_a_community_never_seen_is_not_found(database: Database) -> None:
    assert database.read(lambda unit: unit.communities.find(Platform.SLACK, "T1")) is None
    with pytest.raises(KeyError):
        database.read(lambda unit: unit.communities.get(CommunityId(99)))


def test_boards_are_kept(database: Database) -> None:
    made = database.write(lambda unit: unit.communities.of(Platform.SLACK, "T1"))
    other = database.write(lambda unit: unit.communities.of(Platform.SLACK, "T2"))
    database.write(lambda unit: unit.communities.save_boards(made.id, Boards(False, at(1))))
    assert database.read(lambda unit: unit.communities.get(made.id)).boards == Boards(False, at(1))
    assert database.read(lambda unit: unit.communities.get(other.id)).boards == Boards(shown=False)


def test_boards_are_off_at_work_until_they_are_switched_on(database: Database) -> None:
    def every(unit: SqlUnitOfWork) -> dict[Platform, bool]:
        return {platform: unit.communities.of(platform, "1").boards.shown for platform in Platform}

    shown = database.write(every)
    assert shown == {Platform.DISCORD: True, Platform.SLACK: False, Platform.TERMINAL: True}


def test_delegates_come_and_go(database: Database) -> None:
    id = database.write(lambda unit: unit.communities.of(Platform.SLACK, "T1")).id
    assert database.write(lambda unit: unit.communities.add_delegate(id, "U2"))
    assert database.write(lambda unit: unit.communities.add_delegate(id, "U1"))
    assert not database.write(lambda unit: unit.communities.add_delegate(id, "U1"))
    assert database.read(lambda unit: unit.communities.delegates(id)) == ("U1", "U2")
    assert database.write(lambda unit: unit.communities.remove_delegate(id, "U1"))
    assert not database.write(lambda unit: unit.communities.remove_delegate(id, "U1"))
    assert database.read(lambda unit: unit.communities.delegates(id)) == ("U2",)


def test_a_read_does_not_write(database: Database) -> None:
    with pytest.raises(RuntimeError, match="run as a read"):
        database.read(lambda unit: unit.communities.of(Platform.SLACK, "T1"))


def test_ids_of_what_was_erased_are_never_given_out_again(database: Database) -> None:
    """Its posts still stand somewhere with them on their buttons, and must not speak for others."""

    def live(unit: SqlUnitOfWork) -> tuple[CommunityId, TrackId, RoundId]:
        on = track(unit)
        return on.community, on.id, opened(unit, on, 0).id

    community, track_before, round_before = database.write(live)
    assert database.write(lambda unit: unit.personal_data.erase(community, 50))
    _, track_after, round_after = database.write(live)
    assert track_after > track_before
    assert round_after > round_before
