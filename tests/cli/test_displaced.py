"""The file of a running bot is taken away: nothing is called kept that would be lost, and what was kept is saved."""

from __future__ import annotations

import os
import re
import shlex
import signal
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.running import at_work, studybot, until_connected
from tests.fakes.discord import FakeDiscord

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody take an open file away")


def delete(file: Path) -> None:
    file.unlink()


def delete_all(file: Path) -> None:
    for each in file.parent.glob(f"{file.name}*"):
        each.unlink()


def move(file: Path) -> None:
    file.rename(file.with_name("moved.db"))


def replace(file: Path) -> None:
    other = file.with_name("other.db")
    with closing(sqlite3.connect(other)) as database:
        database.execute("CREATE TABLE anything (x)")
        database.commit()
    other.replace(file)


@pytest.mark.parametrize("away", [delete, delete_all, move, replace])
async def test_what_was_kept_is_saved_and_can_be_put_back(tmp_path: Path, away: Callable[[Path], None]) -> None:
    async with FakeDiscord() as discord:
        guild = discord.guild("Study group")
        general, boss = guild.text_channel("general"), guild.person("boss", manager=True)
        async with at_work(tmp_path, discord) as process:
            await until_connected(process)
            assert "Saved" in (await boss.slash(general, "config", time="09:00", zone="Europe/Berlin")).text
            away(tmp_path / "studybot.db")
            told = await boss.slash(general, "config", time="10:00", zone="Europe/Berlin")
            assert "Sorry, that did not work" in told.text
            assert "studybot.db" not in told.text
            process.send_signal(signal.SIGTERM)
            said, log = (stream.decode() for stream in await process.communicate())
    assert process.returncode == 3, said
    assert "Traceback" not in log
    assert "Everything is kept" not in said
    command = re.search(r"`studybot (restore [^`]+)`", said)
    assert command, said
    restored = studybot(tmp_path, *shlex.split(command[1]))
    assert restored.returncode == 0, restored.stderr
    with closing(sqlite3.connect(tmp_path / "studybot.db")) as database:
        assert database.execute("SELECT local_time FROM tracks").fetchall() == [("09:00",)]
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


async def test_a_file_emptied_in_place_is_not_written_to(tmp_path: Path) -> None:
    """SQLite would take it for a new database, and go on as if nothing had been kept."""
    file = tmp_path / "studybot.db"
    async with FakeDiscord() as discord:
        guild = discord.guild("Study group")
        general, boss = guild.text_channel("general"), guild.person("boss", manager=True)
        async with at_work(tmp_path, discord) as process:
            await until_connected(process)
            assert "Saved" in (await boss.slash(general, "config", time="09:00", zone="Europe/Berlin")).text
            os.truncate(file, 0)
            told = await boss.slash(general, "config", time="10:00", zone="Europe/Berlin")
            assert "Sorry, that did not work" in told.text
            process.send_signal(signal.SIGTERM)
            said, log = (stream.decode() for stream in await process.communicate())
    assert process.returncode == 3, said
    assert "Traceback" not in log
    assert "Everything is kept" not in said
    assert "restore" in said
    assert file.stat().st_size == 0
