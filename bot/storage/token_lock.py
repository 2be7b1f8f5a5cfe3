"""One process per bot token on PostgreSQL: an advisory lock of the server for each, gone with the connection.

On SQLite the lock of the file does the same, since both processes would work on one database.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import sqlalchemy as sa

from bot.storage import engine
from bot.storage.faults import StorageInUse, in_words

_TAKE = sa.text("SELECT pg_try_advisory_lock(:key)")
_ALIVE = sa.text("SELECT 1")


class TokenLock:
    """Held for as long as a process runs its bots."""

    def __init__(self, url: str, tokens: Mapping[str, str]) -> None:
        """``tokens`` are secrets by the name of the setting they come from; only their hashes reach the server."""
        self._name = engine.spoken_name(url)
        self._tokens = tokens
        self._engine = engine.holding(url)
        self._connection: sa.Connection | None = None

    def hold(self) -> None:
        """Take the locks, or see that they are still held; ``StorageInUse`` if another process has one."""
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
                        f"Another Studybot works with the same {name} on the database {self._name}. Two would answer "
                        "each press twice. Stop that one first, or use another app."
                    )

    def release(self) -> None:
        """Release the locks."""
        self._let_go()
        if self._engine is not None:
            self._engine.dispose()

    def _let_go(self) -> None:
        if self._connection is not None:
            connection, self._connection = self._connection, None
            # Really ended: given back to a pool it would hold on.
            connection.invalidate()
            connection.close()


def _key(name: str, token: str) -> int:
    digest = hashlib.blake2b(f"{name}:{token}".encode(), digest_size=8, person=b"studybot").digest()
    return int.from_bytes(digest, "big", signed=True)
