"""Reads whose rows are held: what a writer decides on must not change until it has written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa


@dataclass(frozen=True, slots=True)
class Held:
    """A read that a writer decides on, and how a mere reader asks the same.

    SQLite has one writer and needs nothing; on PostgreSQL two would otherwise decide on the same state.
    """

    plain: sa.Select[Any]
    locking: sa.Select[Any]


def held(select: sa.Select[Any], table: sa.Table, skip_locked: bool = False) -> Held:
    """The read, holding its rows of one table."""
    # Without key_share a row would also be held against foreign keys that merely point to it.
    return Held(select, select.with_for_update(key_share=True, of=table, skip_locked=skip_locked))
