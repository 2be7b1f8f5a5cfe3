"""Check a database for the doctor, while a bot may be running on it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from pathlib import Path

from bot.domain.community import Platform
from bot.storage import engine
from bot.storage.faults import in_words
from bot.storage.rights import files_beside
from bot.storage.storage import look
from bot.storage.whole_file import PARTIAL


def first_damage(url: str) -> str | None:
    """Check a SQLite file and name what is damaged first; None if nothing is, and for PostgreSQL."""
    if engine.sqlite_file(url) is None:
        return None
    reading = engine.reading(url)
    try:
        with in_words(engine.spoken_name(url)), reading.connect() as connection, connection.begin():
            told = str(connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one())
            return None if told == "ok" else told
    finally:
        reading.dispose()


def last_beats(url: str, platforms: Collection[Platform]) -> dict[Platform, datetime | None]:
    """Read when each face was last alive."""
    return look(url, lambda uow: {each: uow.health.last_beat(each) for each in platforms}) or {}


def files_of(url: str) -> tuple[Path, ...]:
    """List the database's file and everything kept beside it: log, lock, backups, what was set aside."""
    file = engine.sqlite_file(url)
    return () if file is None else files_beside(file)


def cut_off_copies(url: str) -> tuple[Path, ...]:
    """List what a backup that was cut off left behind beside the database."""
    file = engine.sqlite_file(url)
    return () if file is None else tuple(sorted(file.parent.glob(f"*{PARTIAL}")))
