"""A start loads what it needs: no Alembic when the schema is up to date, no PostgreSQL driver for a file."""

from __future__ import annotations

import subprocess
import sys

from tests.storage.conftest import MIGRATIONS

START = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from bot.storage.storage import Storage
storage = Storage(sys.argv[1], Path(sys.argv[2]))
storage.open(datetime.now(UTC))
storage.close()
print(*(name for name in ("alembic", "mako", "psycopg", "pydantic", "sqlalchemy.orm") if name in sys.modules))
"""


def test_a_start_without_anything_to_migrate_is_light(sqlite_url: str) -> None:
    command = [sys.executable, "-c", START, sqlite_url, str(MIGRATIONS)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
