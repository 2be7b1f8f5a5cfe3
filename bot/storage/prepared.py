"""A statement compiled once and run on the driver itself, for the few on the path of every answer.

SQLAlchemy's own execution costs two to three times what SQLite needs for such a statement; what is kept of it
is the compiled text and the types of the columns.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.compiler import SQLCompiler

from bot.storage.held import Held
from bot.storage.on_conflict import PerDialect

Row = tuple[Any, ...]
Statement = sa.Select[Any] | sa.UpdateBase | PerDialect | Held


class Prepared:
    """A statement with the names of its parameters in the order they are handed in."""

    def __init__(self, statement: Statement, *names: str) -> None:
        self._statement = statement
        self._names = names
        self._compiled: dict[tuple[str, bool], _Compiled] = {}

    def first(self, connection: sa.Connection, writing: bool, values: Row) -> Row | None:
        """Run it; the first row of the result, or None."""
        rows = self.rows(connection, writing, values)
        return rows[0] if rows else None

    def rows(self, connection: sa.Connection, writing: bool, values: Row) -> Sequence[Row]:
        """Run it; every row of the result."""
        dialect = connection.dialect
        key = (dialect.name, writing)
        compiled = self._compiled.get(key)
        if compiled is None:
            compiled = self._compiled[key] = _Compiled(self._statement, self._names, dialect, writing)
        # Both drivers' connections make the cursor themselves; one that was read to its end needs no closing.
        driver: Any = connection.connection.driver_connection
        cursor = driver.execute(compiled.text, compiled.parameters(values))
        if not compiled.returns:
            return ()
        if compiled.plain:
            return cursor.fetchall()  # type: ignore[no-any-return]
        return [compiled.converted(row) for row in cursor.fetchall()]


class _Compiled:
    def __init__(self, statement: Statement, names: tuple[str, ...], dialect: Dialect, writing: bool) -> None:
        if isinstance(statement, PerDialect):
            statement = statement.on(dialect.name)
        elif isinstance(statement, Held):
            statement = statement.locking if writing else statement.plain
        compiled = statement.compile(dialect=dialect)
        assert isinstance(compiled, SQLCompiler)
        self.text = str(compiled)
        self.returns = bool(compiled._result_columns)
        arranged = _by_position(compiled, names) if compiled.positional else _by_name(compiled, names)
        self.parameters = _as_kept(compiled, names, arranged)
        self._processors = tuple(
            (position, processor)
            for position, column in enumerate(compiled._result_columns)
            if (processor := column.type.dialect_impl(dialect).result_processor(dialect, None)) is not None
        )

        self.plain = not self._processors
        """Whether rows are as the driver gives them."""

    def converted(self, row: Row) -> Row:
        """The row with times, dates and booleans as such."""
        values = list(row)
        for position, processor in self._processors:
            values[position] = processor(values[position])
        return tuple(values)


def _as_kept(compiled: SQLCompiler, names: tuple[str, ...], arranged: Callable[[Row], Any]) -> Callable[[Row], Any]:
    """Times and the like as the columns keep them, before they are arranged."""
    processors = [(names.index(name), make) for name, make in compiled._bind_processors.items() if callable(make)]
    if not processors:
        return arranged

    def kept(values: Row) -> Any:
        made = list(values)
        for position, process in processors:
            made[position] = process(made[position])
        return arranged(tuple(made))

    return kept


def _by_position(compiled: SQLCompiler, names: tuple[str, ...]) -> Callable[[Row], Any]:
    wanted = tuple(names.index(name) for name in compiled.positiontup or ())
    if wanted == tuple(range(len(names))):
        return lambda values: values
    return lambda values: tuple([values[position] for position in wanted])


def _by_name(compiled: SQLCompiler, names: tuple[str, ...]) -> Callable[[Row], Any]:
    if not set(compiled.params) <= set(names):
        raise ValueError(f"{set(compiled.params) - set(names)} is no parameter of a prepared statement")
    return lambda values: dict(zip(names, values, strict=True))
