"""A clock that is far off the platform's own is not written down: nothing is posted, closed or given up by it."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from tests.contract.discord_stage import DiscordStage
from tests.contract.slack_stage import SlackStage
from tests.contract.stages import PLATFORMS
from tests.contract.test_contract import letter

PlatformStage = DiscordStage | SlackStage
ROUNDS = "SELECT id, local_date, state, excused FROM rounds ORDER BY id"
NEXT = "SELECT next_local_date, next_due_at, state FROM tracks"
BEATS = "SELECT * FROM heartbeats"
OUTAGES = "SELECT * FROM outages"


@pytest.fixture(params=list(PLATFORMS))
async def stage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[PlatformStage]:
    async with PLATFORMS[request.param](tmp_path) as found:
        yield found


def kept(stage: PlatformStage) -> list[tuple[object, ...]]:
    """Everything that a clock decides, as it is kept."""
    with closing(sqlite3.connect(stage.database_url.removeprefix("sqlite:///"))) as rows:
        return [row for query in (ROUNDS, NEXT, BEATS, OUTAGES) for row in rows.execute(query)]


async def rung(stage: PlatformStage) -> None:
    """Every loop rings, as the alarm clock would have it ring."""
    loops = stage.part.loops
    for ring in (loops.beat, loops.tick, loops.post, loops.reveal, loops.reconcile):
        await ring()
    await loops.finish(5)
    await loops.settled()


def moved(stage: PlatformStage, by: timedelta) -> None:
    """The computer's clock is set; the platform's goes on as it did."""
    stage.clock.set_by(by)
    stage.clock_off += by


@pytest.mark.parametrize("by", [timedelta(days=60), timedelta(days=-60), timedelta(seconds=301)], ids=str)
async def test_nothing_is_written_down_by_a_clock_that_is_off(stage: PlatformStage, by: timedelta) -> None:
    stage.passes()
    await rung(stage)
    before = kept(stage)
    moved(stage, by)
    stage.passes()
    await rung(stage)
    await rung(stage)
    assert kept(stage) == before
    assert "Nothing is posted: " in await health(stage)
    assert "Right" in (await stage.answer("ana", letter(await stage.post()))).text
    moved(stage, -by)
    stage.logged.errors = [error for error in stage.logged.errors if "clock is" not in error]
    assert "Nothing is posted: " not in await health(stage)
    assert "Question 2" in await stage.tomorrow()
    assert "2 in a row" in (await stage.answer("ana", letter(await stage.post()))).text


@pytest.mark.parametrize("by", [timedelta(days=60), timedelta(days=-60)], ids=str)
async def test_what_people_do_meanwhile_is_kept_by_the_platforms_time(stage: PlatformStage, by: timedelta) -> None:
    """Or a daily question saved meanwhile is silent for sixty days, or the bot is said to have missed sixty."""
    await rung(stage)
    moved(stage, by)
    stage.passes()
    await rung(stage)
    saved = await stage.say("boss", "/config time:23:00 zone:utc weekdays:every day", "#tea")
    await stage.part.loops.settled()
    with closing(sqlite3.connect(stage.database_url.removeprefix("sqlite:///"))) as rows:
        assert rows.execute("SELECT next_local_date FROM tracks ORDER BY id DESC LIMIT 1").fetchall() == [
            (stage.platform_time().date().isoformat(),)
        ]
    refused = (await stage.press("boss", "Post the first one now", saved)).text
    assert "Studybot is 60 days " in refused
    assert "nothing is posted or closed. Nothing was changed" in refused
    assert stage.logged.errors.pop().startswith("this computer's clock is 60 days ")


async def health(stage: PlatformStage) -> str:
    return (await stage.press("boss", "Health", await stage.say("boss", "/config"))).text


async def test_five_minutes_are_believed(stage: PlatformStage) -> None:
    """A clock 299 seconds ahead posts by what it shows."""
    moved(stage, timedelta(seconds=299))
    assert "Question 2" in await stage.tomorrow()
    assert "Nothing is posted: " not in await health(stage)


async def test_a_computer_that_slept_is_not_doubted(stage: PlatformStage) -> None:
    """Monotonic time stood still meanwhile, so the last date tells nothing: the platform is asked."""
    await rung(stage)
    stage.clock.set_by(timedelta(hours=17))
    await rung(stage)
    assert "Question 2" in await stage.post()
    assert stage.logged.errors == []
