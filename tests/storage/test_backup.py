"""A copy of the database, made while it is in use."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.storage import backup as backing_up
from bot.storage import engine
from bot.storage.backup import backup
from bot.storage.faults import CannotOpen, Damaged, DiskFull
from bot.storage.storage import Storage
from tests.fakes.patience import PATIENCE
from tests.storage.conftest import MIGRATIONS, NOW


def test_a_backup_is_a_database_of_its_own(sqlite_url: str, tmp_path: Path) -> None:
    storage = Storage(sqlite_url, MIGRATIONS)
    storage.open(NOW)
    asyncio.run(storage.remember("name", "before"))
    backup(sqlite_url, tmp_path / "copy.db")
    asyncio.run(storage.remember("name", "after"))
    storage.close()
    copy = Storage(f"sqlite:///{tmp_path}/copy.db", MIGRATIONS)
    copy.open(NOW)
    assert asyncio.run(copy.remembered("name")) == "before"
    copy.close()


def test_a_file_that_is_there_is_never_overwritten(sqlite_url: str, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    target.write_text("precious")
    with pytest.raises(CannotOpen, match="is there already and was left alone"):
        backup(sqlite_url, target)
    assert target.read_text() == "precious"


def test_there_must_be_something_to_back_up(tmp_path: Path) -> None:
    with pytest.raises(CannotOpen, match="There is no database"):
        backup(f"sqlite:///{tmp_path}/none.db", tmp_path / "copy.db")
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_database_gives_no_backup(sqlite_url: str, tmp_path: Path) -> None:
    path = engine.sqlite_file(sqlite_url)
    assert path is not None
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    with pytest.raises(Damaged):
        backup(sqlite_url, tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


def test_a_copy_that_does_not_hold_together_is_not_kept(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = sqlite3.connect

    def spoiling(path: Path, **how: Any) -> sqlite3.Connection:
        if path.name.endswith(".partial"):
            content = path.read_bytes()
            path.write_bytes(content[:8192] + b"\xff" * 4096 + content[12288:])
        made: sqlite3.Connection = connect(path, **how)
        return made

    monkeypatch.setattr(sqlite3, "connect", spoiling)
    with pytest.raises(Damaged, match="did not hold together and was not kept"):
        backup(sqlite_url, tmp_path / "copy.db")
    assert [path.name for path in tmp_path.iterdir()] == ["studybot.db"]


def test_half_a_copy_is_not_kept(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(sqlite3.Connection):
        def execute(self, statement: str, *given: Any) -> sqlite3.Cursor:
            Path(given[0][0]).write_text("half")
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise error

    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda path, timeout: connect(path, factory=Full))
    with pytest.raises(DiskFull):
        backup(sqlite_url, tmp_path / "copy.db")
    assert [path.name for path in tmp_path.iterdir()] == ["studybot.db"]


KILLED = """
import os, signal, sys
from pathlib import Path
from bot.storage import backup
setattr(backup, sys.argv[1], lambda *_: os.kill(os.getpid(), signal.SIGKILL))
backup.backup(sys.argv[2], Path(sys.argv[3]))
"""


@pytest.mark.parametrize("at", ["_check", "put_new"])
def test_killed_midway_there_is_nothing_under_its_name(sqlite_url: str, tmp_path: Path, at: str) -> None:
    target = tmp_path / "copy.db"
    killed = subprocess.run([sys.executable, "-c", KILLED, at, sqlite_url, str(target)], timeout=PATIENCE, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert not target.exists()
    (left,) = set(tmp_path.iterdir()) - {tmp_path / "studybot.db"}
    assert left.name.startswith("copy.db.")
    assert left.suffix == ".partial"
    backup(sqlite_url, target)
    with closing(sqlite3.connect(target)) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert target.stat().st_mode & 0o777 == 0o600


def test_a_file_that_appears_meanwhile_is_left_alone(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "copy.db"
    monkeypatch.setattr(backing_up, "_check", lambda *_: target.write_text("precious"))
    with pytest.raises(CannotOpen, match="is there already and was left alone"):
        backup(sqlite_url, target)
    assert target.read_text() == "precious"
    assert {path.name for path in tmp_path.iterdir()} == {"studybot.db", "copy.db"}


def test_a_server_is_backed_up_with_its_own_tools(tmp_path: Path) -> None:
    with pytest.raises(CannotOpen, match="pg_dump"):
        backup("postgresql://localhost/studybot", tmp_path / "copy.db")
