"""A statement compiled once and run on the driver itself, for the few on the path of every press.

SQLAlchemy's own execution costs two to three times what SQLite needs for such a statement; what is kept of it
is the compiled text and the types of the columns.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

from bot.storage.dialects import ByDialect

Row = tuple[Any, ...]
Convert = Callable[[Any], Any]
Statement = sa.Select[*tuple[Any, ...]] | sa.UpdateBase | ByDialect


class Prepared:
    """A statement for the driver; ``Transaction`` runs it as it does any other."""

    def __init__(self, statement: Statement) -> None:
        self._statement = statement
        self._compiled: dict[tuple[str, bool], _Compiled] = {}

    def rows(self, connection: sa.Connection, writing: bool, values: Mapping[str, Any]) -> Sequence[Row]:
        """Run it; every row of the result."""
        dialect = connection.dialect
        key = (dialect.name, writing)
        compiled = self._compiled.get(key)
        if compiled is None:
            compiled = self._compiled[key] = _Compiled(self._statement, dialect, writing)
        # Both drivers' connections make the cursor themselves; one that was read to its end needs no closing.
        driver: Any = connection.connection.driver_connection
        cursor = driver.execute(compiled.text, compiled.parameters(values))
        return compiled.converted(cursor.fetchall()) if compiled.returns else ()


class _Compiled:
    def __init__(self, statement: Statement, dialect: Dialect, writing: bool) -> None:
        if isinstance(statement, ByDialect):
            statement = statement.spelled(dialect.name, writing)
        compiled = statement.compile(dialect=dialect)
        assert isinstance(compiled, SQLCompiler)
        columns = (
            statement.column_descriptions
            if isinstance(statement, sa.Select)
            else statement.returning_column_descriptions
        )
        self.text = str(compiled)
        self.returns = bool(columns)
        self._order = compiled.positiontup if compiled.positional else None
        self._given = {
            name: make
            for name, bind in compiled.binds.items()
            if (make := _kind(bind.type, dialect).bind_processor(dialect))
        }
        self._found = {
            position: make
            for position, column in enumerate(columns)
            if (make := _kind(column["type"], dialect).result_processor(dialect, None))
        }

    def parameters(self, values: Mapping[str, Any]) -> Any:
        """The values as the columns keep them, by position where the driver wants that."""
        if self._given:
            values = {**values, **{name: make(values[name]) for name, make in self._given.items()}}
        return values if self._order is None else [values[name] for name in self._order]

    def converted(self, rows: Sequence[Row]) -> Sequence[Row]:
        """Rows with times, dates and booleans as such."""
        if not self._found:
            return rows
        made = [list(row) for row in rows]
        for row in made:
            for position, make in self._found.items():
                row[position] = make(row[position])
        return list(map(tuple, made))


def _kind(type_: TypeEngine[Any], dialect: Dialect) -> TypeEngine[Any]:
    return type_.dialect_impl(dialect)
