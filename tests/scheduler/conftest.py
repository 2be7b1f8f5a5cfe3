"""Worlds to test in: each test gets a database of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.storage import migrate
from tests.scheduler.world import EVE, MIGRATIONS, World, build


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database to copy."""
    file = tmp_path_factory.mktemp("scheduler") / "template.db"
    migrate.upgrade(f"sqlite:///{file}", MIGRATIONS, now=EVE)
    return file


@pytest.fixture
def world(template: Path, tmp_path: Path) -> Iterator[World]:
    """A face on Discord with forty questions."""
    made = build(template, tmp_path)
    yield made
    made.close()
