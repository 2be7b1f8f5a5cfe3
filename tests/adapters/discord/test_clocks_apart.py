"""A post whose answer was lost is posted once, whatever this computer's clock is set to."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import timedelta
from pathlib import Path

import pytest

from tests.adapters.discord.test_greeting import greetings, invited
from tests.adapters.discord.test_posting import SENDING, questions
from tests.contract.discord_stage import DiscordStage
from tests.contract.platform_stage import set_up
from tests.dialogues.telling import MONDAY, migrated
from tests.fakes.clock import FakeClock
from tests.fakes.discord import FakeDiscord, LoseAnswer, Message

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
A_FEW_MINUTES = 5 * MINUTE
"""How long the Discord of these tests recognises a nonce."""


@asynccontextmanager
async def apart(folder: Path, ahead: timedelta) -> AsyncIterator[DiscordStage]:
    """A Discord that keeps real time; this computer's clock is ahead of it."""
    database = folder / "discord.db"
    shutil.copy(migrated(), database)
    clock = FakeClock(MONDAY + ahead)
    async with FakeDiscord(now=lambda: MONDAY + clock.elapsed, nonce_window=A_FEW_MINUTES) as discord:
        stage = DiscordStage(discord, database)
        stage.clock = clock
        async with set_up(stage):
            yield stage


@pytest.mark.parametrize("place", ["text", "forum"])
@pytest.mark.parametrize("restarted", [False, True])
@pytest.mark.parametrize(
    ("ahead", "set_by"),
    [
        (timedelta(), timedelta()),
        (timedelta(), -9 * MINUTE),
        (timedelta(), -60 * MINUTE),
        (timedelta(), 60 * MINUTE),
        (4 * MINUTE, timedelta()),
        (4 * MINUTE, -4 * MINUTE),
        (60 * MINUTE, timedelta()),
        (-60 * MINUTE, timedelta()),
    ],
)
async def test_a_lost_answer_makes_no_second_post(
    tmp_path: Path, ahead: timedelta, set_by: timedelta, restarted: bool, place: str
) -> None:
    async with apart(tmp_path, ahead) as stage:
        if place == "forum":
            forum = stage.guild.forum("ideas")
            await stage.heard()
            panel = await stage.press("boss", "Change", await stage.say("boss", "/config"))
            form = await stage.press("boss", "Time and place", panel)
            await stage.person("boss").submit(form.handle, {"place": forum})
        path = SENDING if place == "text" else "/channels/*/threads"
        lost = stage.discord.on("POST", path, LoseAnswer(), times=1)
        await stage.tomorrow()
        assert lost.hits == 1
        stage.clock.set_by(set_by)
        stage.clock.advance(10 * MINUTE)
        if restarted:
            await stage.restart()
        for _ in range(3):
            await stage.part.loops.reconcile()
            await stage.part.loops.tick()
            stage.clock.advance(2 * MINUTE)
        there = questions(stage) if place == "text" else [one for one in forum_posts(stage) if "Question 2" in one]
        assert len(there) == (2 if place == "text" else 1)


async def test_a_clock_set_while_a_question_is_sent_dates_nothing(stage: DiscordStage) -> None:
    """The answer that says it is posted carries the date by which the clock is doubted."""
    due = await stage.part.loops.next_due(stage.clock.now() + 2 * DAY)
    assert due is not None

    def set_ahead(event: str, _: Message) -> None:
        if event == "MESSAGE_CREATE":
            stage.clock.set_by(60 * DAY)
            stage.clock_off += 60 * DAY

    stage.discord.onlookers.append(set_ahead)
    await stage.tomorrow()
    with closing(sqlite3.connect(stage.database_url.removeprefix("sqlite:///"))) as rows:
        ((posted, closed),) = rows.execute("SELECT max(posted_at), max(closed_at) FROM rounds")
    assert abs(posted - due.timestamp()) < 300
    assert abs(closed - due.timestamp()) < 300
    assert stage.logged.errors.pop().startswith("this computer's clock is 60 days ahead of Discord's")


async def test_removed_while_the_clock_is_behind_everything_is_kept_for_a_week(stage: DiscordStage) -> None:
    await stage.part.loops.beat()
    stage.clock.set_by(-60 * DAY)
    stage.clock_off -= 60 * DAY
    await stage.part.loops.beat()
    stage.guild.leave()
    await stage.until_tracks(lambda tracks: not any(track.running for track in tracks))
    stage.clock.set_by(60 * DAY)
    stage.clock_off += 60 * DAY
    for days, kept in ((6, 1), (2, 0)):
        stage.clock.advance(days * DAY)
        await stage.part.loops.reconcile()
        with closing(sqlite3.connect(stage.database_url.removeprefix("sqlite:///"))) as rows:
            assert rows.execute("SELECT count(*) FROM communities").fetchall() == [(kept,)]
    stage.logged.errors.clear()


def forum_posts(stage: DiscordStage) -> list[str]:
    return [channel.name for channel in stage.guild.channels.values() if channel.is_thread]


async def test_a_lost_greeting_is_not_said_twice_by_a_clock_set_back(tmp_path: Path) -> None:
    async with apart(tmp_path, timedelta()) as stage:
        guild, _ = invited(stage, lobby=True)
        lost = stage.discord.on("POST", SENDING, LoseAnswer(), times=1)
        guild.join()
        await stage.discord.until(lambda: lost.hits)
        await stage.heard()
        stage.clock.set_by(-9 * MINUTE)
        stage.clock.advance(10 * MINUTE)
        await stage.restart()
        await stage.heard()
        assert len(greetings(stage, guild)) == 1
