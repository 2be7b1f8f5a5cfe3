"""Connections to a server that may be starting again."""

from __future__ import annotations

import time

import sqlalchemy as sa

from bot.storage import engine

BETWEEN_TRIES = 0.5


class Reach:
    """Waits for a server that starts again, but not for one that has been down for long."""

    def __init__(self, connections: sa.Engine) -> None:
        self._engine = connections
        self._reached = time.monotonic()

    def connect(self) -> sa.Connection:
        """A connection; a SQLite file has no server to wait for."""
        while True:
            try:
                connection = self._engine.connect()
            except sa.exc.OperationalError:
                down_for_long = time.monotonic() - self._reached > engine.HELD_SECONDS
                if down_for_long or self._engine.dialect.name == "sqlite":
                    raise
                time.sleep(BETWEEN_TRIES)
            else:
                self._reached = time.monotonic()
                return connection
