"""After a deletion: SQLite's log beside the database still has the pages as they were, until it is emptied."""

from __future__ import annotations

import logging

import sqlalchemy as sa

from bot.storage.engine import BUSY_SECONDS

log = logging.getLogger(__name__)

PATIENCE_MS = 250
"""How long the writer waits for a reader, such as a backup, before it tries again after the next transaction."""


def leave_no_trace(connection: sa.Connection) -> bool:
    """Write the log back into the database and empty it; False if somebody was reading it.

    What was deleted is overwritten in the database itself by ``PRAGMA secure_delete``.
    """
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute(f"PRAGMA busy_timeout = {PATIENCE_MS}").close()
    try:
        busy, _, _ = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except Exception:
        # It was committed all the same, and those who wait are to be told so.
        log.exception("emptying the database's log failed")
        return False
    finally:
        driver.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}").close()
    return not busy
