"""The database is held or takes nothing: people read an apology, the log says it once, and the day goes on after it."""

from __future__ import annotations

import asyncio
import logging
import re
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from bot.ports.storage import StorageFault
from tests.contract.discord_stage import DiscordStage
from tests.contract.slack_stage import SlackStage
from tests.contract.stages import PLATFORMS
from tests.contract.unhurried import DISCORD, SLACK, as_shipped
from tests.fakes.discord import Answer
from tests.fakes.patience import PATIENCE

OPERATORS_WORDS = re.compile(r"database|disk|space|room left|studybot\.db|\.db\b|program|sqlite", re.IGNORECASE)


@pytest.fixture(params=list(PLATFORMS))
async def stage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[DiscordStage | SlackStage]:
    async with PLATFORMS[request.param](tmp_path) as found:
        yield found


@contextmanager
def held(stage: DiscordStage | SlackStage) -> Iterator[None]:
    """Another program has the file, and takes its time."""
    other = sqlite3.connect(stage.database_url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.close()


async def first_answer(stage: DiscordStage, before: int) -> Answer:
    """Return the first response to the interaction that follows those before, however late it comes."""
    await stage.until(lambda: len(stage.discord.interactions) > before, "the press")
    *_, newest = stage.discord.interactions.values()
    async with asyncio.timeout(PATIENCE):
        await newest.answered.wait()
    return newest.answer


class Failing:
    """Nothing can be written, as on a disk that was mounted read-only after an error."""

    def __init__(self, stage: DiscordStage | SlackStage) -> None:
        self.now = True
        event.listen(stage.bot.core.storage._engines[0], "begin", self._fail)

    def _fail(self, _: object) -> None:
        if self.now:
            error = sqlite3.OperationalError("attempt to write a readonly database")
            error.sqlite_errorcode = sqlite3.SQLITE_READONLY
            raise OperationalError("BEGIN", {}, error)


async def test_members_read_an_apology_and_the_log_has_the_sentence_once(
    stage: DiscordStage | SlackStage, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, logger="bot.storage")
    failing = Failing(stage)
    references = set()
    for number in range(3):
        shown = await stage.say("boss", f"/config time:1{number}:00 zone:utc")
        assert not OPERATORS_WORDS.search(shown.text), shown.text
        references.update(re.findall(r"Reference (\w{6})", shown.text))
    assert len(references) == 1
    lines = [record for record in caplog.records if record.name == "bot.storage.outage"]
    assert len(lines) == 1
    assert "may not be written" in lines[0].getMessage()
    assert references == {lines[0].reference}  # type: ignore[attr-defined]
    stage.logged.errors.clear()
    failing.now = False
    assert "Saved" in (await stage.say("boss", "/config time:13:00 zone:utc")).text
    assert "works again" in caplog.records[-1].getMessage()


async def test_a_press_waits_for_a_database_that_is_held(
    stage: DiscordStage | SlackStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_shipped(monkeypatch, *DISCORD, *SLACK)
    with held(stage):
        before = len(stage.discord.interactions) if isinstance(stage, DiscordStage) else 0
        pressing = asyncio.create_task(stage.answer("ana", "A"))
        if isinstance(stage, DiscordStage):
            assert await first_answer(stage, before) is Answer.THINKING, "Discord waits three seconds for a first word"
        done, _ = await asyncio.wait({pressing}, timeout=6.0)
        assert not done or isinstance(stage, SlackStage)
    assert re.search("Right|Not this one", (await pressing).text)


async def test_what_fell_due_meanwhile_is_posted_once_when_it_is_back(stage: DiscordStage | SlackStage) -> None:
    before = list(stage.standing())
    failing = Failing(stage)
    stage.clock.advance(timedelta(hours=17))  # an hour after the next is due
    for _ in range(3):
        for ring in (stage.part.loops.post, stage.part.loops.reveal, stage.part.loops.reconcile, stage.part.loops.beat):
            try:
                await ring()
            except StorageFault:
                continue
    failing.now = False
    stage.logged.errors.clear()
    await stage.part.loops.tick()
    await stage.part.loops.tick()
    await stage.part.loops.reconcile()
    after = list(stage.standing())
    assert len(after) == len(before) + 1
