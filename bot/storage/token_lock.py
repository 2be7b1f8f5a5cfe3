"""One process per bot token: a locked file on this computer for each, and an advisory lock on a PostgreSQL server.

Both are gone with the process. Two computers with a SQLite file each do not see each other.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

import sqlalchemy as sa

from bot.storage import engine
from bot.storage.faults import StorageInUse, in_words
from bot.storage.lock import lock_now

_TAKE = sa.text("SELECT pg_try_advisory_lock(:key)")
_ALIVE = sa.text("SELECT 1")
_UNSIGNED = 2**64 - 1
STOP_IT = "Two would answer each press twice. Stop that one first, or use another app."


class TokenLock:
    """Held for as long as a process runs its bots."""

    def __init__(self, url: str, tokens: Mapping[str, str], folder: Path | None = None) -> None:
        """``tokens`` are secrets by the name of the setting they come from; only their hashes are shown to anyone.

        ``folder`` is where the processes of this computer agree; its temporary one if not given.
        """
        self._name = engine.spoken_name(url)
        self._tokens = tokens
        self._engine = engine.holding(url)
        self._connection: sa.Connection | None = None
        self._folder = folder or Path(tempfile.gettempdir())
        self._files: dict[Path, int] = {}

    def hold(self) -> None:
        """Take the locks, or see that they are still held; ``StorageInUse`` if another process has one."""
        self._hold_files()
        if self._engine is None:
            return
        with in_words(self._name):
            if self._connection is not None:
                try:
                    self._connection.execute(_ALIVE)
                except sa.exc.DBAPIError:
                    # The connection broke and the locks went with it; another process may have taken them.
                    self._let_go()
                else:
                    return
            self._connection = self._engine.connect()
            for name, token in self._tokens.items():
                if not self._connection.execute(_TAKE, {"key": _key(name, token)}).scalar():
                    self._let_go()
                    raise StorageInUse(
                        f"Another Studybot works with the same {name} on the database {self._name}. {STOP_IT}"
                    )

    def release(self) -> None:
        """Release the locks."""
        self._let_go()
        self._close_files()
        if self._engine is not None:
            self._engine.dispose()

    def _hold_files(self) -> None:
        for name, token in self._tokens.items():
            path = self._folder / f"studybot-{_key(name, token) & _UNSIGNED:016x}.lock"
            held = self._files.get(path)
            if held is not None and _is_at(held, path):
                continue
            try:
                file = _opened(path)
            except OSError:
                continue  # no folder to agree in; the lock on the database is left
            try:
                lock_now(file)
            except OSError:
                os.close(file)
                self._close_files()
                raise StorageInUse(f"Another Studybot on this computer works with the same {name}. {STOP_IT}") from None
            self._files[path] = file
            if held is not None:
                os.close(held)

    def _close_files(self) -> None:
        while self._files:
            os.close(self._files.popitem()[1])

    def _let_go(self) -> None:
        if self._connection is not None:
            connection, self._connection = self._connection, None
            # Really ended: given back to a pool it would hold on.
            connection.invalidate()
            connection.close()


def _is_at(file: int, path: Path) -> bool:
    """Return whether a file still goes by its name: a temporary folder is swept, and another may be there."""
    try:
        return os.path.samestat(os.fstat(file), path.stat())
    except OSError:
        return False


def _opened(path: Path) -> int:
    """Open a file that any user of this computer may lock, and that is made if it is not there."""
    try:
        return os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return os.open(path, os.O_RDONLY | os.O_CREAT, 0o644)


def _key(name: str, token: str) -> int:
    digest = hashlib.blake2b(f"{name}:{token}".encode(), digest_size=8, person=b"studybot").digest()
    return int.from_bytes(digest, "big", signed=True)
