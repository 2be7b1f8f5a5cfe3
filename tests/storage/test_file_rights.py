"""Only who runs Studybot may read what it writes, whatever the umask is."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.storage.backup import backup
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
