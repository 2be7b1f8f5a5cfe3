"""Only who runs Studybot may read what it writes, whatever the umask is."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.storage.backup import backup
from bot.storage.checkup import narrow
from bot.storage.storage import Storage
from tests.storage.conftest import MIGRATIONS, NOW
from tests.storage.world import community

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such rights")


@pytest.fixture(params=[0o000, 0o022], ids=["umask 000", "umask 022"])
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def _rights(folder: Path) -> dict[str, str]:
    return {path.name: oct(path.stat().st_mode & 0o777) for path in folder.iterdir()}


async def test_database_log_lock_and_backups_are_private(tmp_path: Path, umask: int) -> None:
    url = f"sqlite:///{tmp_path}/studybot.db"
    storage = Storage(url, MIGRATIONS)
    storage.open(NOW)
    try:
        await storage.write(lambda unit: unit.members.of(community(unit).id, "ann"))
        await storage.read(lambda unit: unit.members.find(community(unit).id, "ann"))
        backup(url, tmp_path / "copy.db")
        rights = _rights(tmp_path)
    finally:
        storage.close()
    names = ("studybot.db", "studybot.db-wal", "studybot.db-shm", "studybot.db.lock", "copy.db")
    assert rights == dict.fromkeys(names, "0o600")


def _of_older_version(folder: Path, mode: int) -> str:
    """A database as versions made it that left its rights to the umask."""
    url = f"sqlite:///{folder}/studybot.db"
    storage = Storage(url, MIGRATIONS)
    storage.open(NOW)
    storage.close()
    for name in ("studybot.db.backup-0001-20250101T000000Z.db", "studybot.db.set-aside-20250101T000000Z", "notes.txt"):
        (folder / name).touch()
    for path in folder.iterdir():
        path.chmod(mode)
    return url


def test_what_older_versions_left_open_to_all_is_narrowed_at_the_start(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    url = _of_older_version(tmp_path, 0o644)
    narrow(url)
    rights = _rights(tmp_path)
    assert rights.pop("notes.txt") == "0o644"
    assert set(rights.values()) == {"0o600"}
    assert len(rights) >= 4
    (told,) = [record.getMessage() for record in caplog.records if record.name == "bot.storage.checkup"]
    assert "could read studybot.db, " in told
    narrow(url)
    assert len([record for record in caplog.records if record.name == "bot.storage.checkup"]) == 1


def test_rights_given_to_a_group_are_left(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    url = _of_older_version(tmp_path, 0o640)
    narrow(url)
    assert _rights(tmp_path)["studybot.db"] == "0o640"
    assert not caplog.records


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="only root can give a file away")
def test_files_of_somebody_else_are_left(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    url = _of_older_version(tmp_path, 0o644)
    for path in tmp_path.iterdir():
        os.chown(path, 65534, 65534)
    narrow(url)
    assert _rights(tmp_path)["studybot.db"] == "0o644"
    assert not caplog.records
