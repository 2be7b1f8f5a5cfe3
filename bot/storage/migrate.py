"""Brings a database's schema up to date, keeping a copy of what was there before.

Alembic is imported only when there is something to do: it takes longer to load than the rest of a start.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from bot.storage import engine
from bot.storage.backup import backup
from bot.storage.faults import Damaged, NewerSchema, in_words

HEAD = "0011"
"""The latest revision in migrations/versions; a test keeps it true."""

_VERSION = sa.table("alembic_version", sa.column("version_num"))
# Two processes that start together on PostgreSQL: the second waits and finds nothing left to do.
_ONE_AT_A_TIME = sa.text("SELECT pg_advisory_xact_lock(7305812213)")


def current(url: str) -> str | None:
    """The revision the database is at; None if it is empty."""
    file = engine.sqlite_file(url)
    if file is not None and not file.exists():
        return None
    reading = engine.reading(url)
    try:
        with in_words(engine.spoken_name(url)), reading.connect() as connection:
            return _current(connection)
    finally:
        reading.dispose()


def upgrade(url: str, migrations: Path, *, now: datetime, keep_backup: bool = True, head: str = HEAD) -> Path | None:
    """Bring the schema to ``head``; the backup made before, if one was.

    On SQLite the caller holds the file's lock.
    """
    at = current(url)
    if at == head:
        return None
    _refuse_newer(url, migrations, at, head)
    file = engine.sqlite_file(url)
    kept = None
    if file is not None and at is not None and keep_backup:
        kept = file.with_name(f"{file.name}.backup-{at}-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}.db")
        while kept.exists():  # of a start that was killed within this very second
            kept = kept.with_name(f"{kept.stem}-again.db")
        backup(url, kept)
    _run(url, migrations, head)
    return kept


def revisions(migrations: Path, head: str = HEAD) -> set[str]:
    """List the revisions that this version can bring up to date."""
    from alembic.script import ScriptDirectory

    return {script.revision for script in ScriptDirectory(str(migrations)).walk_revisions("base", head)}


def _refuse_newer(url: str, migrations: Path, at: str | None, head: str) -> None:
    if at is not None and at not in revisions(migrations, head):
        raise NewerSchema(
            f"The database {engine.spoken_name(url)} was written by a newer Studybot (its schema is {at}, "
            f"this version knows {head}). Nothing was changed; install the newer version, or restore a "
            "backup from before."
        )


def _run(url: str, migrations: Path, head: str) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    migrating = engine.migrating(url)
    try:
        with in_words(engine.spoken_name(url)), migrating.connect() as connection, connection.begin():
            sqlite = connection.dialect.name == "sqlite"
            if not sqlite:
                connection.execute(_ONE_AT_A_TIME)
                if _current(connection) == head:
                    return
            elif _current(connection) is None and sa.inspect(connection).get_table_names():
                raise Damaged(
                    f"{engine.spoken_name(url)} is a database, but not one of Studybot's. Nothing was "
                    "changed; name another file."
                )
            config.attributes["connection"] = connection
            with _ids_going_on(connection) if sqlite else nullcontext():
                command.upgrade(config, head)
            if sqlite and (orphan := connection.exec_driver_sql("PRAGMA foreign_key_check").first()) is not None:
                raise RuntimeError(f"migrating to {head} would leave rows of {orphan[0]} without their {orphan[2]}")
    finally:
        migrating.dispose()


@contextmanager
def _ids_going_on(connection: sa.Connection) -> Iterator[None]:
    """Give no id out again: a table that is remade would begin above the highest row that is left."""
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    given, before = given_out(driver), _counting(driver)
    yield
    names = {str(name) for (name,) in driver.execute("SELECT name FROM sqlite_master")}
    if forgot := (before & names) - _counting(driver):
        raise RuntimeError(f"a migration remade {', '.join(sorted(forgot))} without sqlite_autoincrement")
    continue_above(driver, given)


def _counting(connection: sqlite3.Connection) -> set[str]:
    """List the tables that never give an id out again."""
    declared = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%'")
    return {str(name) for (name,) in declared}


def given_out(connection: sqlite3.Connection) -> dict[str, int]:
    """Read the highest id each table ever gave out."""
    if not _counts(connection):
        return {}
    return {str(table): int(highest) for table, highest in connection.execute("SELECT name, seq FROM sqlite_sequence")}


def continue_above(connection: sqlite3.Connection, given: Mapping[str, int]) -> None:
    """Let every next id be higher than what was given out."""
    if not _counts(connection):
        return
    for table, highest in given.items():
        raised = connection.execute("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", (highest, table))
        if raised.rowcount == 0:
            connection.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, highest))


def _counts(connection: sqlite3.Connection) -> bool:
    """Tell whether any table gives out ids that are never reused."""
    return connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'").fetchone() is not None


def _current(connection: sa.Connection) -> str | None:
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.execute(sa.select(_VERSION.c.version_num)).scalar()
    return revision
