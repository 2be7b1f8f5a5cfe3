"""Failures of the disk, the file or the machine show a person a sentence, and nothing is lost."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import ROOT, SMALL, studybot
from tests.fakes.patience import PATIENCE

DIES = """
import asyncio, sys
from bot.app.core import SystemClock, open_core
from bot.config import Settings

def die(uow):
    raise SystemExit("the thread is ended from outside")

async def main():
    async with open_core(Settings(), "sqlite:///dies.db", SystemClock()) as core:
        try:
            await core.storage.write(die)
        except Exception as error:
            print("caller:", error.sentence, flush=True)
        await asyncio.Event().wait()

asyncio.run(main())
"""


def test_the_process_ends_with_1_when_the_writer_dies(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", DIES],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "STUDYBOT_CONTENT_DIR": SMALL},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert ended.returncode == 1
    assert "caller: The database was closed" in ended.stdout
    assert "the writer thread died" in ended.stderr


def test_a_damaged_file_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "studybot-chat.db").write_bytes(b"not a database, only words that happen to lie here" * 200)
    told = studybot(tmp_path, "chat", typed="quit\n")
    assert told.returncode == 1
    assert "Traceback" not in told.stderr
    assert "studybot-chat.db" in told.stderr


def test_a_newer_database_is_refused_and_kept(tmp_path: Path) -> None:
    studybot(tmp_path, "chat", typed="A\nquit\n")
    with sqlite3.connect(tmp_path / "studybot-chat.db") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    told = studybot(tmp_path, "chat", typed="quit\n")
    assert told.returncode == 1
    assert "newer" in told.stderr
    with sqlite3.connect(tmp_path / "studybot-chat.db") as database:
        assert database.execute("SELECT count(*) FROM answers").fetchone() == (1,)


@pytest.mark.parametrize("typed", [1, 5, 9])
def test_a_killed_chat_goes_on_where_it_was(tmp_path: Path, typed: int) -> None:
    script = ["A", "tomorrow"] * 5
    chat = subprocess.Popen(
        [sys.executable, "-m", "bot", "chat"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TZ": "UTC", "STUDYBOT_CONTENT_DIR": SMALL},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert chat.stdin is not None
    assert chat.stdout is not None
    for line in script[:typed]:
        chat.stdin.write(line + "\n")
    chat.stdin.flush()
    seen = 0
    while seen < typed:
        seen += chat.stdout.readline().startswith("you #general> ")
    chat.send_signal(signal.SIGKILL)
    chat.wait()
    chat.stdout.close()
    chat.stdin.close()
    told = studybot(tmp_path, "chat", typed="/daily\n/progress\nquit\n")
    assert told.returncode == 0, told.stderr
    assert "Traceback" not in told.stderr
    # Whether the last letter was kept before the kill or not, today's question is there once.
    assert "\nQuestion" in told.stdout or "That stands" in told.stdout
    checked = studybot(tmp_path, "db", "recompute", STUDYBOT_DATABASE_URL="sqlite:///studybot-chat.db")
    assert "Every standing was right." in checked.stdout
