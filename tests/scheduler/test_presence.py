"""Leaving and coming back, channels and ping roles that are gone, and erasing what was left behind."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from bot.domain.community import Platform
from bot.domain.identifiers import PlaceRef
from bot.domain.track import PauseReason
from bot.ports.publisher import Refused
from bot.posting import places
from bot.storage import engine, tables
from tests.scheduler.world import BOSS, DAY, GUILD, World

HERE = Platform.DISCORD


async def test_what_was_left_stands_still_and_goes_on_when_we_are_back(world: World) -> None:
    track = await world.track()
    paused_by_hand = await world.track("tea")
    await world.storage.write(lambda uow: uow.tracks.pause(paused_by_hand, PauseReason.MANAGER))
    await world.after(timedelta(hours=1))
    assert await world.storage.write(lambda uow: places.left(uow, HERE, GUILD, world.clock.now()))
    await world.after(DAY)
    assert len(world.publisher.recorded.posts) == 1, "nothing is posted where we are not"
    back = await world.storage.write(lambda uow: places.came_back(uow, HERE, GUILD, world.clock.now()))
    assert back == 1, "what a manager paused stays paused"
    await world.after(DAY)
    assert len(world.publisher.recorded.posts) == 2
    kept = await world.storage.read(lambda uow: uow.tracks.get(track))
    assert kept is not None
    assert kept.running


async def test_what_came_and_went_unheard_is_told_by_a_full_list(world: World) -> None:
    await world.track(community="G1")
    await world.track(community="G2")
    now = world.clock.now()
    gone = await world.storage.write(lambda uow: places.reconcile(uow, HERE, frozenset({"G1"}), now))
    assert gone == ("G2",)
    again = await world.storage.write(lambda uow: places.reconcile(uow, HERE, frozenset({"G1", "G2"}), now))
    assert again == ()
    running = await world.storage.read(lambda uow: uow.tracks.running(HERE))
    assert len(running) == 2


async def test_a_community_left_for_long_is_erased_and_its_neighbour_is_not(world: World) -> None:
    await world.track(community="G1")
    await world.track(community="G2")
    for _ in range(3):
        await world.after(DAY)
    await world.storage.write(lambda uow: places.left(uow, HERE, "G1", world.clock.now()))
    world.clock.advance(places.KEPT_AFTER_LEAVING + timedelta(minutes=1))
    for _ in range(3):
        if await world.storage.write(lambda uow: places.erase_left(uow, world.clock.now())):
            break
    else:
        raise AssertionError("it is erased in a few pieces")
    left = rows(world)
    assert left["communities"] == 1
    assert left["tracks"] == 1
    assert left["rounds"] == 3
    assert await world.storage.read(lambda uow: uow.communities.find(HERE, "G1")) is None


def rows(world: World) -> dict[str, Any]:
    made = engine.reading(f"sqlite:///{world.file}")
    with made.connect() as connection:
        counted = {
            table.name: connection.execute(sa.select(sa.func.count()).select_from(table)).scalar()
            for table in tables.metadata.sorted_tables
        }
    made.dispose()
    return counted


async def test_a_deleted_channel_pauses_its_track_and_the_manager_is_told(world: World) -> None:
    track = await world.track("general")
    await world.track("tea")
    now = world.clock.now()
    gone = await world.storage.write(lambda uow: places.place_gone(uow, HERE, GUILD, PlaceRef("general"), now))
    assert gone == 1
    await world.reconcile()
    assert [(user, "its channel was deleted" in text) for _, user, text in world.publisher.recorded.told] == [
        (BOSS, True)
    ]
    paused = await world.storage.read(lambda uow: uow.tracks.get(track))
    assert paused is not None
    assert not paused.running


async def test_permission_that_returns_resumes_what_the_refusal_paused(world: World) -> None:
    track = await world.track("general")
    world.publisher.on_post("general", Refused("Studybot may not send messages there."))
    await world.after(timedelta(hours=2))
    refused = await world.storage.read(lambda uow: places.refused_places(uow, HERE))
    assert refused == {(GUILD, PlaceRef("general"))}
    now = world.clock.now()
    back = await world.storage.write(lambda uow: places.place_usable(uow, HERE, GUILD, PlaceRef("general"), now))
    assert back == (track,)
    await world.after(DAY)
    assert len(world.publisher.recorded.posts) == 1


async def test_a_deleted_ping_role_is_let_go_and_told(world: World) -> None:
    track = await world.track()

    def pinged(uow: Any) -> None:
        found = uow.tracks.get(track)
        uow.tracks.save(track, replace(found.settings, ping_role="R1"), found.saved_by, None)

    await world.storage.write(pinged)
    now = world.clock.now()
    assert await world.storage.write(lambda uow: places.ping_gone(uow, HERE, GUILD, "R2", now)) == 0
    assert await world.storage.write(lambda uow: places.ping_gone(uow, HERE, GUILD, "R1", now)) == 1
    kept = await world.storage.read(lambda uow: uow.tracks.get(track))
    assert kept is not None
    assert kept.settings.ping_role is None
    await world.reconcile()
    assert "was deleted" in world.publisher.recorded.told[0][2]
