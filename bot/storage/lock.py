"""One process per SQLite file: a lock of the operating system on a file beside it, gone with the process."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from bot.storage.faults import CannotOpen, StorageInUse


def lock_file(database: Path) -> Path:
    """Name the file that is locked while a database is in use."""
    return database.with_name(f"{database.name}.lock")


class FileLock:
    """Held by the process that has the database; a second holder is refused."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self._path = lock_file(database)
        self._file: int | None = None

    def acquire(self) -> None:
        """Take the lock, or raise ``StorageInUse``."""
        try:
            file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise CannotOpen(
                f"The database {self._database} could not be opened: the lock file {self._path.name} beside "
                "it cannot be written. Check that the folder exists and that this user may write there."
            ) from error
        try:
            _lock(file)
        except OSError as error:
            os.close(file)
            raise StorageInUse(
                f"The database {self._database} is in use by another Studybot. Stop that one first, "
                "or give this one a database of its own."
            ) from error
        self._file = file

    def release(self) -> None:
        """Give the lock back."""
        # The file stays: removing it could pull it from under a process that has just taken it.
        if self._file is not None:
            os.close(self._file)
            self._file = None


if sys.platform == "win32":
    import msvcrt

    # Windows keeps others from reading what is locked; the file's few bytes stay readable.
    _FAR_BEHIND = 1 << 30

    def _lock(file: int) -> None:
        os.lseek(file, _FAR_BEHIND, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
