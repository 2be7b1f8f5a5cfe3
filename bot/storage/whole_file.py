"""Let a file appear under its name only when it is whole and on the disk."""

from __future__ import annotations

import errno
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bot.storage.faults import NO_ROOM, CannotOpen, DiskFull, ReadOnly

PARTIAL = ".partial"
_BESIDE = ("-wal", "-shm", "-journal")


@contextmanager
def whole_file(target: Path, put: Callable[[Path, Path], None]) -> Iterator[Path]:
    """Give a private file in the same folder to write, and ``put`` it under its name once that is done."""
    with disk_in_words(target):
        handle, name = tempfile.mkstemp(prefix=f"{target.name}.", suffix=PARTIAL, dir=target.parent)
        os.close(handle)
    partial = Path(name)
    try:
        yield partial
        with disk_in_words(target):
            _flush(partial, os.O_RDWR)
            put(partial, target)
            flush_folder(target.parent)
    finally:
        for path in (partial, *(partial.with_name(partial.name + end) for end in _BESIDE)):
            with suppress(OSError):
                path.unlink(missing_ok=True)


def put_new(partial: Path, target: Path) -> None:
    """Put a file where none is; one that appeared meanwhile is left alone."""
    try:
        os.link(partial, target)
    except FileExistsError:
        raise CannotOpen(f"{target} is there already and was left alone. Name a new file for the backup.") from None
    except OSError:
        # A file system without hard links.
        partial.rename(target)


def flush_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk."""
    if sys.platform != "win32":
        _flush(folder, os.O_RDONLY)


def _flush(path: Path, flags: int) -> None:
    file = os.open(path, flags)
    try:
        os.fsync(file)
    finally:
        os.close(file)


@contextmanager
def disk_in_words(path: Path) -> Iterator[None]:
    """Raise what the disk refuses as a fault with its sentence."""
    try:
        yield
    except OSError as error:
        if error.errno in NO_ROOM:
            raise DiskFull(f"There is no room left for {path}. Nothing was changed; free some space.") from error
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise ReadOnly(
                f"{path} may not be written by this user. Nothing was changed; give this user the right to write "
                f"in {path.parent}, or name another folder."
            ) from error
        raise CannotOpen(f"{path} could not be written ({error.strerror}). Nothing was changed.") from error
