"""After a deletion: SQLite's log beside the database still has the pages as they were, until it is emptied."""

from __future__ import annotations

import logging

import sqlalchemy as sa

log = logging.getLogger(__name__)

PATIENCE_MS = 250
"""How long the writer waits for a reader, such as a backup, before it tries again after the next transaction."""


def leave_no_trace(connection: sa.Connection) -> bool:
    """Write the log back into the database and empty it; False if another connection was reading it.

    What was deleted is overwritten in the database itself by ``PRAGMA secure_delete``.
    """
    driver = connection.connection.driver_connection
    assert driver is not None
    patience = int(driver.execute("PRAGMA busy_timeout").fetchone()[0])
    driver.execute(f"PRAGMA busy_timeout = {PATIENCE_MS}").close()
    try:
        busy, _, _ = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except Exception:
        # The deletion itself is committed, so its caller must not see this fail.
        log.exception("emptying the database's log failed")
        return False
    finally:
        driver.execute(f"PRAGMA busy_timeout = {patience}").close()
    return not busy
