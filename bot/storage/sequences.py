"""Never give an id out twice: carry SQLite's AUTOINCREMENT counters over to a file that lacks what was given since."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping


def counting(connection: sqlite3.Connection) -> set[str]:
    """List the tables that never give an id out again."""
    declared = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%'")
    return {str(name) for (name,) in declared}


def given_out(connection: sqlite3.Connection) -> dict[str, int]:
    """Read the highest id each table ever gave out."""
    if not _counts(connection):
        return {}
    return {str(table): int(highest) for table, highest in connection.execute("SELECT name, seq FROM sqlite_sequence")}


def continue_above(connection: sqlite3.Connection, given: Mapping[str, int]) -> None:
    """Let every next id be higher than what was given out."""
    if not _counts(connection):
        return
    for table, highest in given.items():
        raised = connection.execute("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", (highest, table))
        if raised.rowcount == 0:
            connection.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, highest))


def _counts(connection: sqlite3.Connection) -> bool:
    """Tell whether any table gives out ids that are never reused."""
    return connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'").fetchone() is not None
