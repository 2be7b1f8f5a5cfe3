"""Put a backup in the database's place; the old database is kept under another name."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.storage import engine, migrate
from bot.storage.faults import CannotOpen, Damaged, ForeignLog, NewerSchema, StorageInUse
from bot.storage.lock import FileLock, lock_file
from bot.storage.migrate import continue_above, given_out
from bot.storage.whole_file import disk_in_words, flush_folder, whole_file
from bot.storage.wrong_file import fresh_number, log_file, note_fresh, refuse_foreign_log

UNKNOWN_SINCE = 10_000_000
"""How far ids go on where nobody can tell which were given out since the backup: more than a file ever holds."""


@dataclass(frozen=True, slots=True)
class Since:
    """Ids and dates used after the backup, which must not be used again."""

    ids: dict[str, int]
    """The highest id that each table gave out."""
    due: tuple[tuple[str, int, int], ...]
    """Each running track's next date and moment, and its id."""


@dataclass(frozen=True, slots=True)
class Restored:
    """The result of a restore, or of its rehearsal."""

    database: Path
    rounds: int
    newest: str | None
    """The local date of the newest round."""
    older_schema: bool
    set_aside: Path | None
    read_what_stood: bool
    """Whether what happened since the backup could be read from the database that stood there."""


def restore(url: str, backup: Path, migrations: Path, *, now: datetime, rehearse: bool = False) -> Restored:
    """Check a backup and put it in place; with ``rehearse`` only check, and leave everything as it is."""
    database = engine.sqlite_file(url)
    if database is None:
        raise CannotOpen(
            "PostgreSQL is restored with its own tools, such as pg_restore. Stop the bot first; nothing was changed."
        )
    if database.is_symlink():
        database = database.resolve()  # the link stays a link
    _refuse_useless(database, backup)
    with _held(database, rehearse=rehearse):
        stood = database.exists()
        with whole_file(database, _put_none if rehearse else _put) as partial:
            _copy(backup, partial)
            since = _since(database) if stood else None
            rounds, newest, older = _checked(partial, backup, migrations, since)
            set_aside = _free_name(database, now) if stood else None
            if set_aside is not None and not rehearse:
                _set_aside(database, set_aside)
        if not rehearse:
            # Cut off before this, the next start meets a foreign log and refuses.
            for path in (log_file(database), _shared_memory(database)):
                path.unlink(missing_ok=True)
            flush_folder(database.parent)
            note_fresh(database)
    return Restored(database, rounds, newest, older, set_aside, since is not None)


def _refuse_useless(database: Path, backup: Path) -> None:
    if backup.is_dir():
        raise CannotOpen(f"{backup} is a folder. Name one backup, such as a file in it; nothing was changed.")
    if not backup.is_file():
        raise CannotOpen(f"There is no backup {backup}. Nothing was changed.")
    if not database.parent.is_dir():
        raise CannotOpen(f"There is no folder {database.parent} for the database. Make it first; nothing was changed.")
    if database.exists() and backup.samefile(database):
        raise CannotOpen(f"{backup} is the database itself. Name a backup of it; nothing was changed.")
    refuse_foreign_log(backup)


@contextmanager
def _held(database: Path, *, rehearse: bool) -> Iterator[None]:
    """Hold the database's lock, so that no bot starts meanwhile; a rehearsal leaves no lock file behind."""
    new = not lock_file(database).exists()
    lock = FileLock(database)
    lock.acquire()
    try:
        if database.exists():
            lock.hold_file()
        yield
    finally:
        lock.release()
        if new and rehearse:
            lock_file(database).unlink(missing_ok=True)


def _copy(backup: Path, partial: Path) -> None:
    """Copy the backup with the log it may have, as a database that was set aside has one. It is not opened itself."""
    with _not_in_use(backup), disk_in_words(partial):
        shutil.copyfile(backup, partial)
        if log_file(backup).exists():
            log_file(partial).touch(mode=0o600)
            shutil.copyfile(log_file(backup), log_file(partial))


@contextmanager
def _not_in_use(backup: Path) -> Iterator[None]:
    """Hold the lock of a file that has one: a database that was set aside, or another bot's."""
    lock = FileLock(backup)
    if lock_file(backup).exists():
        try:
            lock.acquire()
        except StorageInUse:
            raise StorageInUse(
                f"{backup} is in use by a running Studybot. Nothing was changed; copy it with `studybot backup` first, "
                "and restore from the copy."
            ) from None
    try:
        yield
    finally:
        lock.release()


def _since(database: Path) -> Since | None:
    """Read what happened since the backup; None if the old database cannot be read."""
    try:
        refuse_foreign_log(database)
        # Without a log, opened as a file that cannot change: SQLite then leaves nothing beside it.
        how = "mode=ro" if log_file(database).exists() else "immutable=1"
        with closing(sqlite3.connect(f"{database.absolute().as_uri()}?{how}", uri=True)) as connection:
            due = connection.execute(
                "SELECT next_local_date, next_due_at, id FROM tracks WHERE next_local_date IS NOT NULL"
            )
            return Since(given_out(connection), tuple(due))
    except (ForeignLog, sqlite3.Error):
        return None


def _checked(partial: Path, backup: Path, migrations: Path, since: Since | None) -> tuple[int, str | None, bool]:
    """Check the copy, and let ids and dates go on from where they were."""
    try:
        with closing(sqlite3.connect(partial, isolation_level=None)) as connection:
            # Also takes in the log that was copied along.
            connection.execute("PRAGMA journal_mode = DELETE")
            _refuse_damaged(connection, backup)
            older = _refuse_schema(connection, backup, migrations)
            connection.execute("BEGIN IMMEDIATE")
            _go_on(connection, since)
            connection.execute("COMMIT")
            connection.execute(f"PRAGMA user_version = {fresh_number()}")
            rounds, newest = connection.execute(
                "SELECT count(*), max(local_date) FILTER (WHERE posted_at IS NOT NULL) FROM rounds"
            ).fetchone()
            return rounds, newest, older
    except sqlite3.DatabaseError as error:
        raise Damaged(
            f"{backup} is damaged or is no database ({error}). Nothing was changed; take another backup."
        ) from error


def _refuse_damaged(connection: sqlite3.Connection, backup: Path) -> None:
    told = connection.execute("PRAGMA integrity_check").fetchone()[0]
    if told != "ok":
        raise Damaged(f"{backup} is damaged ({told}). Nothing was changed; take another backup.")
    orphan = connection.execute("PRAGMA foreign_key_check").fetchone()
    if orphan is not None:
        raise Damaged(
            f"{backup} does not hold together: rows of {orphan[0]} lack their {orphan[2]}. Nothing was changed; take "
            "another backup."
        )


def _refuse_schema(connection: sqlite3.Connection, backup: Path, migrations: Path) -> bool:
    """Return whether the schema is older than ours; refuse what is not ours, and what is newer."""
    tables = {str(name) for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not {"alembic_version", "tracks", "rounds", "answers"} <= tables:
        what = "a database, but not one of Studybot's" if tables else "empty"
        raise Damaged(f"{backup} is {what}. Nothing was changed; name a backup that `studybot backup` made.")
    row: tuple[str] | None = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    at = row[0] if row else None
    if at != migrate.HEAD and at not in migrate.revisions(migrations):
        raise NewerSchema(
            f"{backup} was written by a newer Studybot (its schema is {at}, this version knows {migrate.HEAD}). "
            "Nothing was changed; install the newer version first."
        )
    return at != migrate.HEAD


def _go_on(connection: sqlite3.Connection, since: Since | None) -> None:
    """Give no id out again, and ask for no date again that was already dealt with."""
    if since is None:
        continue_above(connection, {table: id + UNKNOWN_SINCE for table, id in given_out(connection).items()})
        return
    continue_above(connection, since.ids)
    connection.executemany(
        "UPDATE tracks SET next_local_date = ?1, next_due_at = ?2 WHERE id = ?3 AND next_local_date < ?1", since.due
    )


def _free_name(database: Path, now: datetime) -> Path:
    wanted = database.with_name(f"{database.name}.set-aside-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}")
    free, tries = wanted, 1
    while free.exists():
        tries += 1
        free = wanted.with_name(f"{wanted.name}-{tries}")
    return free


def _set_aside(database: Path, target: Path) -> None:
    """Give the old files a second name. The first one goes only once the backup is in place."""
    for path, kept in (
        (database, target),
        (log_file(database), log_file(target)),
        (_shared_memory(database), _shared_memory(target)),
    ):
        if path.exists():
            with disk_in_words(kept):
                _second_name(path, kept)
    # A copy: the file itself is held, and a bot that starts must meet it.
    with suppress(OSError):
        shutil.copyfile(lock_file(database), lock_file(target))
        lock_file(target).chmod(0o600)


def _second_name(path: Path, kept: Path) -> None:
    try:
        os.link(path, kept)
    except OSError:
        # A file system without hard links.
        shutil.copy2(path, kept)


def _shared_memory(database: Path) -> Path:
    return database.with_name(f"{database.name}-shm")


def _put(partial: Path, database: Path) -> None:
    partial.replace(database)


def _put_none(partial: Path, database: Path) -> None:
    """Rehearse."""
