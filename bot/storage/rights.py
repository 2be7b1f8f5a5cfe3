"""Who may read what is kept: files are made for their owner alone, and what older versions made is narrowed."""

from __future__ import annotations

import logging
import os
import stat
import sys
from pathlib import Path

from bot.storage.engine import sqlite_file
from bot.storage.lock import lock_file

log = logging.getLogger(__name__)

_OTHERS = 0o007


def files_beside(database: Path) -> tuple[Path, ...]:
    """List the database's file and everything kept beside it: log, lock, backups, what was set aside."""
    if not database.exists():
        return ()
    logs = (database.with_name(f"{database.name}{end}") for end in ("-wal", "-shm"))
    kept = (path for kind in ("backup", "set-aside") for path in database.parent.glob(f"{database.name}.{kind}-*"))
    return tuple(path for path in (database, *logs, lock_file(database), *sorted(kept)) if path.exists())


def narrow(url: str) -> None:
    """Take the rights of everybody else from the files that are ours, where just anybody may read them.

    Rights of a group alone are left: somebody gave them on purpose, as to a program that makes backups.
    """
    database = sqlite_file(url)
    if sys.platform == "win32" or database is None:
        return
    narrowed = [path.name for path in files_beside(database) if _narrowed(path)]
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
