"""One process per file, whatever leads to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.storage import engine
from bot.storage.faults import StorageInUse
from bot.storage.storage import Storage
from tests.storage.conftest import MIGRATIONS, NOW


def test_what_lies_beside_a_linked_file_belongs_to_the_file(sqlite_url: str, tmp_path: Path) -> None:
    file = engine.sqlite_file(sqlite_url)
    assert file is not None
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "link.db").symlink_to(file)
    linked = Storage(f"sqlite:///{elsewhere / 'link.db'}", MIGRATIONS)
    linked.open(NOW)
    try:
        assert [path.name for path in elsewhere.iterdir()] == ["link.db"]
        assert file.with_name("studybot.db.lock").exists()
        with pytest.raises(StorageInUse):
            Storage(sqlite_url, MIGRATIONS).open(NOW)
    finally:
        linked.close()
    again = Storage(sqlite_url, MIGRATIONS)
    again.open(NOW)
    again.close()
