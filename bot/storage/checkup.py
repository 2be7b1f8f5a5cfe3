"""Look after a database from outside, while a bot may be running on it: for the doctor, and the rights of its files.

Files are made for their owner alone, and what older versions made is narrowed.
"""

from __future__ import annotations

import logging
import os
import stat
import sys
from collections.abc import Collection
from datetime import datetime
from pathlib import Path

from bot.domain.community import Platform
from bot.domain.track import when_in_words
from bot.ports.face import TrackToCheck
from bot.ports.storage import UnitOfWork
from bot.storage import engine
from bot.storage.faults import in_words
from bot.storage.lock import lock_file
from bot.storage.storage import look
from bot.storage.whole_file import PARTIAL

log = logging.getLogger(__name__)

_OTHERS = 0o007
TRACKS_CHECKED = 25
"""Each costs Discord three requests; a doctor is no census."""


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
    database = engine.sqlite_file(url)
    if database is None or not database.exists():
        return ()
    logs = (database.with_name(f"{database.name}{end}") for end in ("-wal", "-shm"))
    kept = (path for kind in ("backup", "set-aside") for path in database.parent.glob(f"{database.name}.{kind}-*"))
    return tuple(path for path in (database, *logs, lock_file(database), *sorted(kept)) if path.exists())


def cut_off_copies(url: str) -> tuple[Path, ...]:
    """List what a backup that was cut off left behind beside the database."""
    file = engine.sqlite_file(url)
    return () if file is None else tuple(sorted(file.parent.glob(f"*{PARTIAL}")))


def narrow(url: str) -> None:
    """Take the rights of everybody else from the files that are ours, where just anybody may read them.

    Rights of a group alone are left: somebody gave them on purpose, as to a program that makes backups.
    """
    if sys.platform == "win32":
        return
    narrowed = [path.name for path in files_of(url) if _narrowed(path)]
    if narrowed:
        log.warning("Everybody on this machine could read %s; only this user can now.", ", ".join(narrowed))


def _narrowed(path: Path) -> bool:
    try:
        about = path.lstat()
        open_to_all = stat.S_ISREG(about.st_mode) and about.st_uid == os.geteuid() and about.st_mode & _OTHERS
        if open_to_all:
            path.chmod(0o600)
    except OSError:  # gone meanwhile, or on a disk without rights; doctor says what is left
        return False
    return bool(open_to_all)


def tracks_to_check(database_url: str, platform: Platform) -> list[TrackToCheck]:
    """Running daily questions; none where there is no database yet. ``StorageFault`` if it cannot be read."""
    return look(database_url, lambda uow: _tracks(uow, platform)) or []


def _tracks(uow: UnitOfWork, platform: Platform) -> list[TrackToCheck]:
    found = []
    for track in uow.tracks.running(platform)[:TRACKS_CHECKED]:
        latest = uow.ledger.latest(track.id, 1)
        last = f"last {latest[0].local_date:%a %d %b} ({latest[0].state})" if latest else "nothing posted yet"
        when = when_in_words(track)
        community = uow.communities.get(track.community).external_id
        found.append(TrackToCheck(community, track.settings.place, when, last))
    return found
