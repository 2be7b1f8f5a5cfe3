"""Numbers of daily questions are given out again where a database is restored or lost: an old panel changes nothing."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.adapters.slack.reading import pressable
from tests.contract.discord_stage import DiscordStage
from tests.contract.slack_stage import SlackStage, slack_stage
from tests.contract.stage import Shown
from tests.contract.stages import ONE_OF_EACH_PLATFORM
from tests.contract.terminal_stage import terminal_stage

Face = DiscordStage | SlackStage
OLD = "This panel is old"
FORMS = {
    "Time and place": ("edit", {"time": "21:00"}),
    "Topics and level": ("topics", {"level": "hard"}),
    "Days off": ("days-off", {"days": "2027-05-01"}),
    "Pause until": ("pause-until", {"until": "2026-12-24"}),
}


@pytest.fixture(params=list(ONE_OF_EACH_PLATFORM))
async def stage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Face]:
    async with ONE_OF_EACH_PLATFORM[request.param](tmp_path) as found:
        yield found


def file(stage: Face) -> Path:
    return Path(stage.database_url.removeprefix("sqlite:///"))


def kept(stage: Face) -> list[list[tuple[object, ...]]]:
    """Everything a panel could change."""
    with closing(sqlite3.connect(file(stage))) as database:
        return [database.execute(f"SELECT * FROM {name}").fetchall() for name in ("tracks", "rounds", "days_off")]


async def saved(stage: Face, place: str) -> Shown:
    """Save the daily question of that place; return what its manager reads then."""
    stage.channel(place)
    return await stage.say("boss", "/config time:20:00 zone:utc weekdays:every day", place)


async def panel(stage: Face, *labels: str) -> Shown:
    """A panel of its own, on which these were pressed."""
    shown = await saved(stage, "#tea")
    for label in ("More settings", *labels):
        shown = await stage.press("boss", label, shown)
    return shown


class Past:
    """A change to the database after panels were opened, so that they must not be taken at their word."""

    def __init__(self, stage: Face, way: str) -> None:
        self._stage, self._way = stage, way
        self.is_for_all = way != "restore"
        """Whether the first daily question is affected too."""

    async def begins(self) -> None:
        """Before the panels are opened."""
        if self._way == "update":
            await self._down("UPDATE tracks SET tag = NULL")
        self._backup = file(self._stage).with_name("monday.db")
        with closing(sqlite3.connect(file(self._stage))) as database:
            database.execute("VACUUM INTO ?", (str(self._backup),))
        await saved(self._stage, "#tea")
        if self._way == "update":
            # As panels were before there were tags: they carry the number alone.
            await self._down("UPDATE tracks SET tag = NULL")

    async def is_over(self) -> None:
        """Afterwards another daily question has the number, or the same has a tag."""
        if self._way == "update":
            await self._down("UPDATE tracks SET tag = 'k7m2q9x' || id")
            return
        await self._stage.end()
        for left in ("", "-wal", "-shm"):
            file(self._stage).with_name(file(self._stage).name + left).unlink(missing_ok=True)
        if self._way == "restore":
            shutil.copy(self._backup, file(self._stage))
        await self._stage.begin()
        for place in ("#general", "#other") if self._way == "fresh-file" else ("#other",):
            await saved(self._stage, place)

    async def _down(self, sql: str) -> None:
        await self._stage.end()
        with closing(sqlite3.connect(file(self._stage))) as database, database:
            database.execute(sql)
        await self._stage.begin()


@pytest.fixture(params=["restore", "fresh-file", "update"])
async def past(request: pytest.FixtureRequest, stage: Face) -> Past:
    found = Past(stage, request.param)
    await found.begins()
    return found


def is_told(shown: Shown, command: str = "config") -> None:
    assert OLD in shown.text
    assert f"Nothing was changed; open /{command} again." in shown.text
    assert shown.labels[0].split()[-1].removeprefix("/") == command


async def test_no_old_panel_changes_another_daily_question(stage: Face, past: Past) -> None:
    old = [(label, await saved(stage, "#tea")) for label in ("Post one now", "Preview", "More settings")]
    old += [(label, await panel(stage)) for label in ("Post one now", "Preview", "Skip the next", "Pause", "Delete")]
    old += [(label, await panel(stage, "Delete")) for label in ("Pause it", "Delete it", "Back")]
    old += [("Back", await panel(stage, "Preview"))]
    forms = {label: await panel(stage) for label in FORMS}
    await stage.press("boss", "Post one now", await panel(stage))
    await stage.part.loops.settled()
    old += [("Withdraw open question", await panel(stage)), ("Back", await panel(stage, "Withdraw open question"))]
    old += [("Resume", await panel(stage, "Pause"))]
    await past.is_over()
    before = kept(stage)
    assert [row[0] for row in before[0]] == [1, 2], "the number was given out again"
    for label, shown in old:
        is_told(await stage.press("boss", label, shown))
    for label, (form, values) in FORMS.items():
        told = await stage.fill("boss", await stage.press("boss", label, forms[label]), form, values)
        assert OLD in told.text, label
        assert "Nothing was changed; open /config again." in told.text
    assert kept(stage) == before


@pytest.mark.parametrize("label", FORMS)
async def test_no_form_that_was_open_meanwhile_does_either(stage: Face, past: Past, label: str) -> None:
    name, values = FORMS[label]
    form = await panel(stage, label)
    await past.is_over()
    before = kept(stage)
    assert OLD in (await stage.fill("boss", form, name, values)).text
    assert kept(stage) == before


async def test_members_are_told_too(stage: Face, past: Past) -> None:
    settings = await stage.say("boss", "/config")
    if "Boards on" in settings.labels:
        await stage.press("boss", "Boards on", settings)
    await stage.answer("ana", "A")
    progress = await stage.say("ana", "/progress", "#tea")
    history = next(label for label in progress.labels if label.startswith("History"))
    board = await stage.say("ana", "/leaderboard", "#general")
    other = next(label for label in board.labels if label.startswith("Board"))
    await past.is_over()
    is_told(await stage.press("ana", other, board), "leaderboard")
    if past.is_for_all:
        is_told(await stage.press("ana", history, progress), "progress")


async def test_slack_s_home_tab_is_open_for_days(tmp_path: Path) -> None:
    async with slack_stage(tmp_path) as stage:
        past = Past(stage, "update")
        await past.begins()
        boss = stage.person("boss")
        await boss.open_home()
        await stage.home.settled()
        tab = boss.home
        assert tab is not None
        assert [label for label, _ in pressable(tab.blocks)].count("Change") == 2
        await past.is_over()
        for number in (1, 2):
            is_told(await stage.shown(boss, await boss.press(tab, f"sb1:cfg:{number}")))


async def test_at_a_terminal_no_panel_outlives_the_program(tmp_path: Path) -> None:
    async with terminal_stage(tmp_path) as stage:
        shown = await stage.press("boss", "Change #general", await stage.say("boss", "/config"))
        await stage.restart()
        await stage.say("boss", shown.handle["Pause"])
        settings = await stage.say("boss", "/config")
        assert "running" in settings.text
        assert "paused" not in settings.text
