"""Statements that SQLite and PostgreSQL do not spell alike: reads that lock their rows, and INSERT .. ON CONFLICT."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert

Inserting = sa.Insert | ReturningInsert[Any]
New = Callable[[Any], Mapping[str, Any]]
"""From the row that was to be inserted to the columns set on the row already there."""


class ByDialect(ABC):
    """A statement in more than one spelling."""

    @abstractmethod
    def spelled(self, dialect: str, writing: bool) -> sa.Select[*tuple[Any, ...]] | Inserting:
        """The statement for that database, in a transaction that may write or only reads."""


@dataclass(frozen=True, slots=True)
class LockingRead(ByDialect):
    """A read that a writer decides on: its rows must not change until it has written.

    SQLite has one writer and needs nothing; on PostgreSQL two would otherwise decide on the same state.
    """

    plain: sa.Select[*tuple[Any, ...]]
    locking: sa.Select[*tuple[Any, ...]]

    def spelled(self, dialect: str, writing: bool) -> sa.Select[*tuple[Any, ...]]:
        """One that only reads locks nothing."""
        return self.locking if writing else self.plain


@dataclass(frozen=True, slots=True)
class Upsert(ByDialect):
    """An insert that finds its row there already, for which SQLAlchemy has a construct for each database."""

    sqlite: Inserting
    postgresql: Inserting

    def spelled(self, dialect: str, writing: bool) -> Inserting:
        """The insert for that database."""
        return self.sqlite if dialect == "sqlite" else self.postgresql


def locking(select: sa.Select[*tuple[Any, ...]], table: sa.Table, skip_locked: bool = False) -> LockingRead:
    """The read, locking its rows of one table."""
    # Without key_share a row would also be locked against foreign keys that merely point to it.
    return LockingRead(select, select.with_for_update(key_share=True, of=table, skip_locked=skip_locked))


def insert_or_leave(table: sa.Table, *returning: sa.Column[Any]) -> Upsert:
    """Insert a row and leave one that is there alone; what is returned comes only if a row went in."""
    lite = sqlite.insert(table).values(_given(table)).on_conflict_do_nothing()
    post = postgresql.insert(table).values(_given(table)).on_conflict_do_nothing()
    return Upsert(_returning(lite, returning), _returning(post, returning))


def insert_or_change(table: sa.Table, change: New, *returning: sa.Column[Any]) -> Upsert:
    """Insert a row or change the one with the same key."""
    key = [column.name for column in table.primary_key]
    lite = sqlite.insert(table).values(_given(table))
    post = postgresql.insert(table).values(_given(table))
    return Upsert(
        _returning(lite.on_conflict_do_update(index_elements=key, set_=dict(change(lite.excluded))), returning),
        _returning(post.on_conflict_do_update(index_elements=key, set_=dict(change(post.excluded))), returning),
    )


def _given(table: sa.Table) -> dict[str, Any]:
    """A parameter for every column, named like it, but for a key the database makes."""
    made = table.autoincrement_column
    return {column.name: sa.bindparam(column.name, type_=column.type) for column in table.columns if column is not made}


def _returning(insert: sa.Insert, columns: tuple[sa.Column[Any], ...]) -> Inserting:
    return insert.returning(*columns) if columns else insert
