"""The exit code of ``studybot run`` tells a supervisor whether starting it again can help."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.running import ROOT, at_work, studybot, until_connected
from tests.fakes.discord import FakeDiscord
from tests.fakes.patience import PATIENCE

AGAIN, SETTINGS, PERSON = 1, 2, 3


def start(folder: Path, database: str, **environ: str) -> tuple[int, str]:
    """The code with which it ends at the start, and what it says."""
    given = {"DISCORD_TOKEN": "MQ.any.token", "DISCORD_API_URL": "http://127.0.0.1:1/api", **environ}
    ended = studybot(folder, "run", STUDYBOT_DATABASE_URL=database, **given)
    assert "Traceback" not in ended.stderr
    return ended.returncode, ended.stdout + ended.stderr


def newer(file: Path) -> None:
    with closing(sqlite3.connect(file)) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
        database.commit()


def no_database(file: Path) -> None:
    file.write_bytes(b"only words that happen to lie here, and no database" * 200)


def emptied(file: Path) -> None:
    file.write_bytes(b"")


def emptied_beside_a_backup(file: Path) -> None:
    file.with_name(f"{file.name}.lock").unlink()
    file.rename(file.with_name(f"{file.name}.backup-0001-20260101T000000Z.db"))
    file.write_bytes(b"")


def folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (newer, r"written by a newer Studybot"),
        (no_database, r"is damaged or is not a database"),
        (emptied, r"is empty, and a database was there before\. .*`studybot restore --database \S+ BACKUP`"),
        (emptied_beside_a_backup, r"`studybot restore --database \S+ \S+\.backup-0001-20260101T000000Z\.db`"),
        (folder, r"is a folder and no file"),
    ],
)
def test_a_file_that_a_person_must_look_at(tmp_path: Path, spoil: Callable[[Path], None], says: str) -> None:
    studybot(tmp_path, "db", "upgrade")
    spoil(tmp_path / "studybot.db")
    code, said = start(tmp_path, "sqlite:///studybot.db")
    assert re.search(says, said), said
    assert code == PERSON
    examined = studybot(tmp_path, "doctor")
    assert re.search("WRONG  (Database|Migration): ", examined.stdout)


def test_an_empty_file_with_nothing_beside_it_is_a_first_start(tmp_path: Path) -> None:
    (tmp_path / "studybot.db").touch()
    told = studybot(tmp_path, "db", "upgrade")
    assert told.returncode == 0
    assert "is up to date" in told.stdout


def test_settings_that_are_refused(tmp_path: Path) -> None:
    assert start(tmp_path, "sqlite:///studybot.db", STUDYBOT_LOG_FORMAT="rhyme")[0] == SETTINGS
    assert start(tmp_path, "sqlite:///studybot.db", DISCORD_TOKEN="")[0] == SETTINGS
    assert start(tmp_path, "mysql://somewhere/else")[0] == SETTINGS


def test_a_server_that_is_down_may_be_up_again(tmp_path: Path) -> None:
    code, said = start(tmp_path, "postgresql://me:secret@127.0.0.1:1/studybot")
    assert code == AGAIN
    assert "could not be reached" in said
    assert "secret" not in said


def test_a_folder_that_is_not_there_does_not_come_by_itself(tmp_path: Path) -> None:
    (tmp_path / "a file").touch()
    for database in ("nowhere/studybot.db", "a file/studybot.db"):
        code, said = start(tmp_path, f"sqlite:///{database}")
        assert code == PERSON, said
        assert "There is no folder" in said


def test_a_folder_without_room(tmp_path: Path) -> None:
    """The limit is on the size of files: the first page of a new database is too large for it."""
    import subprocess

    ended = subprocess.run(
        ["sh", "-c", f'ulimit -f 0; exec "{sys.executable}" -m bot run'],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "DISCORD_TOKEN": "MQ.any.token"},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert ended.returncode == AGAIN, ended.stderr
    assert "no room left" in ended.stderr
    assert "Traceback" not in ended.stderr


async def test_a_broken_file_of_content_keeps_nobody_from_starting(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(ROOT / "content" / "sql", content)
    (content / "questions" / "joins.yaml").write_text("schema: 1\n\tbroken", encoding="utf-8")
    async with (
        FakeDiscord() as discord,
        at_work(tmp_path, discord, STUDYBOT_CONTENT_DIR=str(content)) as process,
    ):
        said = await until_connected(process)
        assert "Something is wrong in the content and was left out; " in said
        assert "content/questions/joins.yaml:2:1 L01" in said
        assert process.stderr
        process.send_signal(signal.SIGTERM)
        log = (await process.stderr.read()).decode()
        assert log.count("Something is wrong in the content") == 1
        assert "Traceback" not in log


async def test_a_second_process_on_the_same_file_under_any_name(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    async with FakeDiscord() as discord, at_work(tmp_path, discord) as first:
        await until_connected(first)
        (tmp_path / "link.db").symlink_to(tmp_path / "studybot.db")
        (elsewhere / "hard.db").hardlink_to(tmp_path / "studybot.db")
        for name in ("studybot.db", "link.db", "elsewhere/hard.db"):
            code, said = await asyncio.to_thread(
                start, tmp_path, f"sqlite:///{name}", DISCORD_TOKEN=discord.token, DISCORD_API_URL=discord.api_url
            )
            assert "is in use by another Studybot. Stop that one first" in said, name
            assert code == PERSON, name
        assert first.returncode is None
    assert first.returncode == 0


def test_the_service_is_not_started_again_where_that_cannot_help() -> None:
    unit = (ROOT / "deploy" / "studybot.service").read_text(encoding="utf-8")
    assert re.search(r"^Restart=on-failure$", unit, re.MULTILINE)
    assert re.search(r"^RestartPreventExitStatus=2 3$", unit, re.MULTILINE)
    told = re.findall(
        r"^\| (\d) \| .* \| (yes|no) \|$", (ROOT / "docs" / "running.md").read_text("utf-8"), re.MULTILINE
    )
    assert told == [("0", "no"), ("1", "yes"), ("2", "no"), ("3", "no")]
