"""One process per SQLite file: locks of the operating system, gone with the process.

One is on a file beside the database, which also stands for one that is not there yet; one on the database itself, which
is the same file under each of its names.
"""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

from bot.storage.faults import NO_ROOM, CannotOpen, DiskFull, NoFolder, ReadOnly, StorageInUse


def lock_file(database: Path) -> Path:
    """Name the file that is locked while a database is in use."""
    return database.with_name(f"{database.name}.lock")


class FileLock:
    """Held by the process that has the database; a second holder is refused."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self._path = lock_file(database)
        self._held: list[int] = []
        self._file: int | None = None

    def acquire(self) -> None:
        """Take the lock, or raise ``StorageInUse``."""
        try:
            file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            if error.errno in (errno.ENOENT, errno.ENOTDIR):
                raise NoFolder(
                    f"There is no folder {self._database.parent} for the database {self._database}. Make it, or name "
                    "another file in STUDYBOT_DATABASE_URL."
                ) from error
            if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
                raise ReadOnly(
                    f"The database {self._database} could not be opened: the lock file {self._path.name} beside it "
                    "may not be written. Nothing was changed; give this user the right to write there (to a file and "
                    "its folder), and try again."
                ) from error
            if error.errno in NO_ROOM:
                raise DiskFull(
                    f"There is no room left beside the database {self._database}: the disk is full, or this user's "
                    "share of it is. Nothing was changed; free some space and try again."
                ) from error
            raise CannotOpen(
                f"The database {self._database} could not be opened: the lock file {self._path.name} beside "
                f"it cannot be written ({error.strerror})."
            ) from error
        self._take(file)

    def hold_file(self) -> None:
        """Take the database itself as well, which must exist: it may go by other names, in other folders."""
        if sys.platform != "win32":  # there a lock keeps SQLite out too
            self._take(os.open(self._database, os.O_RDONLY))
            self._file = self._held[-1]

    def displaced(self) -> bool:
        """Return whether the database's name stands for another file by now, for none, or for an empty one."""
        if self._file is None:
            return False
        try:
            there = self._database.stat()
        except FileNotFoundError:
            return True
        except OSError:  # a disk that fails is told as that
            return False
        return there.st_size == 0 or not os.path.samestat(os.fstat(self._file), there)

    def _take(self, file: int) -> None:
        try:
            lock_now(file)
        except OSError as error:
            os.close(file)
            raise StorageInUse(
                f"The database {self._database} is in use by another Studybot. Stop that one first, "
                "or give this one a database of its own."
            ) from error
        self._held.append(file)

    def release(self) -> None:
        """Give the lock back."""
        # The file stays: removing it could pull it from under a process that has just taken it.
        self._file = None
        while self._held:
            os.close(self._held.pop())


if sys.platform == "win32":
    import msvcrt

    # Windows keeps others from reading what is locked; the file's few bytes stay readable.
    _FAR_BEHIND = 1 << 30

    def lock_now(file: int) -> None:
        """Lock an open file for this process, or raise ``OSError`` at once."""
        os.lseek(file, _FAR_BEHIND, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def lock_now(file: int) -> None:
        """Lock an open file for this process, or raise ``OSError`` at once."""
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
