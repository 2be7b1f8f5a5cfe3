"""INSERT .. ON CONFLICT for both databases: the one place that knows they spell it in two constructs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert

Inserting = sa.Insert | ReturningInsert[Any]
Old = sa.FromClause
New = Callable[[Any], Mapping[str, Any]]
"""From the row that was to be inserted to the columns set on the row already there."""


@dataclass(frozen=True, slots=True)
class PerDialect:
    """One insert, built for each database."""

    sqlite: Inserting
    postgresql: Inserting

    def on(self, dialect: str) -> Inserting:
        """The insert for that database."""
        return self.sqlite if dialect == "sqlite" else self.postgresql


def insert_or_leave(table: sa.Table, *returning: sa.Column[Any]) -> PerDialect:
    """Insert a row and leave one that is there alone; what is returned comes only if a row went in."""
    lite = sqlite.insert(table).values(_given(table)).on_conflict_do_nothing()
    post = postgresql.insert(table).values(_given(table)).on_conflict_do_nothing()
    return PerDialect(_returning(lite, returning), _returning(post, returning))


def insert_or_change(table: sa.Table, change: New, *returning: sa.Column[Any]) -> PerDialect:
    """Insert a row or change the one with the same key."""
    key = [column.name for column in table.primary_key]
    lite = sqlite.insert(table).values(_given(table))
    post = postgresql.insert(table).values(_given(table))
    return PerDialect(
        _returning(lite.on_conflict_do_update(index_elements=key, set_=dict(change(lite.excluded))), returning),
        _returning(post.on_conflict_do_update(index_elements=key, set_=dict(change(post.excluded))), returning),
    )


def _given(table: sa.Table) -> dict[str, Any]:
    """A parameter for every column, named like it, but for a key the database makes."""
    made = table.autoincrement_column
    return {column.name: sa.bindparam(column.name, type_=column.type) for column in table.columns if column is not made}


def _returning(insert: sa.Insert, columns: tuple[sa.Column[Any], ...]) -> Inserting:
    return insert.returning(*columns) if columns else insert
