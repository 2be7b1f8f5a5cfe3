"""Numbers are given out again where a database is restored, lost or exchanged: an old post is told as old."""

from __future__ import annotations

import re
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.identifiers import MessageRef, RoundRef
from bot.domain.round import RoundState
from bot.features.answer import answer
from bot.features.daily import more
from bot.replies.asked import QuestionPosted
from bot.replies.said import Refusal
from tests.commands.samples import registry
from tests.fakes.bank import RIGHT
from tests.fakes.publisher import Lose
from tests.scheduler.world import DAY, EVE, HOUR, World

DUE = EVE + HOUR
OLD = "This is an old post"


def _post(world: World, number: int) -> tuple[RoundRef, str]:
    """The round that a post's buttons name, and its message."""
    kept = world.publisher.recorded.posts[number]
    assert isinstance(kept.reply, QuestionPosted)
    return kept.reply.round, kept.message


async def _press(world: World, ref: RoundRef, user: str = "ann", message: str | None = None) -> None:
    call = replace(world.call(user), message=None if message is None else MessageRef(message))
    await world.do(call, lambda uow: answer(call, uow, world.bank, ref, RIGHT))


async def _restored(world: World, backup: str) -> None:
    world.storage.close()
    shutil.copy(world.file.with_name(backup), world.file)
    for left in ("-wal", "-shm"):
        world.file.with_name(world.file.name + left).unlink(missing_ok=True)
    world._open()
    await world.start_face()


def _forget_tags(world: World) -> None:
    """As rounds are that were claimed before there were any."""
    with closing(sqlite3.connect(world.file)) as connection, connection:
        connection.execute("UPDATE rounds SET tag = NULL")


def _back_up(world: World, name: str) -> None:
    world.sql("VACUUM INTO ?", str(world.file.with_name(name)))


async def test_after_a_restore_an_old_post_is_never_judged_as_another_question(world: World) -> None:
    track = await world.track()
    await world.at(DUE)
    _back_up(world, "monday.db")
    await world.at(DUE + DAY)
    old, _ = _post(world, 1)
    await _restored(world, "monday.db")
    world.clock.go_to(DUE + 2 * DAY)
    await world.tick()
    rounds = await world.rounds(track)
    assert old.id in [round.id for round in rounds]  # the number was given out again
    with pytest.raises(Refusal, match=OLD):
        await _press(world, old)
    call = world.call("ann")
    with pytest.raises(Refusal, match=OLD):
        await world.storage.read(lambda uow: more(call, uow, world.bank, registry(), old))
    assert world.sql("SELECT count(*) FROM answers") == [(0,)]
    today, _ = _post(world, 2)
    await _press(world, today)
    assert world.sql("SELECT count(*) FROM answers") == [(1,)]


async def test_after_a_restore_an_old_post_is_never_taken_for_the_new_round_s(world: World) -> None:
    """Neither recognised by the platform as the same message, nor found by looking back."""
    world.publisher.sees = True
    world.publisher.remembers = timedelta(days=30)
    track = await world.track()
    await world.at(DUE)
    _back_up(world, "monday.db")
    await world.at(DUE + DAY)
    await _restored(world, "monday.db")
    world.clock.go_to(DUE + 2 * DAY)
    await world.tick()
    assert len(world.publisher.recorded.posts) == 3
    world.publisher.remembers = None
    world.publisher.on_post("general", Lose(taken=True))
    await world.at(DUE + 3 * DAY)
    for _ in range(3):
        await world.after(timedelta(minutes=2))
    latest = await world.round(track)
    assert (latest.state, latest.message) == (RoundState.OPEN, _post(world, 3)[1])
    assert len(world.publisher.recorded.posts) == 4


async def test_each_round_is_told_apart_by_lot_and_stays_so_when_tried_again(world: World) -> None:
    track = await world.track()
    world.publisher.on_post("general", Lose(taken=False))
    world.publisher.remembers = timedelta(minutes=5)
    await world.at(DUE)
    await world.after(timedelta(minutes=2))
    await world.at(DUE + DAY)
    tags = [round.tag for round in await world.rounds(track)]
    assert all(tag and re.fullmatch(r"[a-z2-7]{8}", tag) for tag in tags)
    assert len(set(tags)) == 2
    assert [_post(world, number)[0].tag for number in (0, 1)] == tags


@pytest.mark.parametrize("claimed", ["open", "sending"])
async def test_posts_of_rounds_from_before_tags_go_on_answering(world: World, claimed: str) -> None:
    track = await world.track()
    if claimed == "sending":
        world.publisher.on_post("general", Lose(taken=True))
    await world.at(DUE)
    _forget_tags(world)
    id = (await world.round(track)).id
    _, message = _post(world, 0)
    await _press(world, RoundRef(id), message=message)
    assert (await world.round(track)).votes.total == 1
    with pytest.raises(Refusal, match=OLD):
        await _press(world, RoundRef(id, "k7m2q9xa"))


async def test_an_untagged_post_is_told_by_its_message(world: World) -> None:
    track = await world.track()
    await world.at(DUE)
    _forget_tags(world)
    ref = (await world.round(track)).ref
    _, message = _post(world, 0)
    await _press(world, ref, "ann", message)
    with pytest.raises(Refusal, match=OLD):
        await _press(world, ref, "ben", "another message")
    assert (await world.round(track)).votes.total == 1
