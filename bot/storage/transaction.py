"""One transaction's way to the database: reads hold what they decide on, writes are counted."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa

from bot.storage.dialects import ByDialect
from bot.storage.faults import concerns_everyone
from bot.storage.prepared import Prepared

T = TypeVar("T")
Statement = sa.Executable | ByDialect | Prepared

# For inserts SQLAlchemy otherwise leaves it to chance whether the number of rows is known.
_COUNTED = {"preserve_rowcount": True}


class Undone(Exception):
    """A part that was tried on its own failed and was taken back; the transaction around it stands."""


class Transaction:
    """Runs statements on one connection; ``writes`` counts the changing ones."""

    __slots__ = ("_after_commit", "_connection", "_dialect", "_writing", "log_to_empty", "writes")

    def __init__(self, connection: sa.Connection, writing: bool) -> None:
        self._connection = connection
        self._dialect = connection.dialect.name
        self._writing = writing
        self._after_commit: list[Callable[[], None]] = []
        self.writes = 0
        self.log_to_empty = False
        """Something was deleted of which no copy may stay behind in SQLite's log."""

    def rows(self, statement: Statement, **values: Any) -> Sequence[Any]:
        """Every row of a read."""
        if isinstance(statement, Prepared):
            return statement.rows(self._connection, self._writing, values)
        return self._connection.execute(self._spelled(statement), values).all()

    def row(self, statement: Statement, **values: Any) -> Any | None:
        """The first row of a read."""
        if isinstance(statement, Prepared):
            return next(iter(statement.rows(self._connection, self._writing, values)), None)
        return self._connection.execute(self._spelled(statement), values).first()

    def value(self, statement: Statement, **values: Any) -> Any:
        """The first value of the first row of a read."""
        row = self.row(statement, **values)
        return None if row is None else row[0]

    def changed(self, statement: Statement, **values: Any) -> Any | None:
        """Change rows; the first row the statement returns."""
        self._about_to_write()
        return self.row(statement, **values)

    def change(self, statement: sa.Executable | ByDialect, **values: Any) -> int:
        """Change rows; how many."""
        self._about_to_write()
        return self._connection.execute(self._spelled(statement), values, execution_options=_COUNTED).rowcount

    def change_each(self, statement: sa.Executable | ByDialect, each: Iterable[Mapping[str, Any]]) -> int:
        """Run one change with each set of values; how many rows changed."""
        values = list(each)
        if not values:
            return 0
        self._about_to_write()
        return self._connection.execute(self._spelled(statement), values, execution_options=_COUNTED).rowcount

    def apart(self, work: Callable[[], T]) -> T:
        """Run a part that is taken back alone if it fails: ``Undone``, from what it failed with.

        What concerns everyone, such as a full disk, passes through and takes the whole transaction along.
        """
        kept = len(self._after_commit)
        savepoint = self._connection.begin_nested()
        try:
            result = work()
        except Exception as error:
            if concerns_everyone(error):
                raise
            savepoint.rollback()
            del self._after_commit[kept:]
            raise Undone from error
        savepoint.commit()
        return result

    def copy_to(self, file: Path) -> None:
        """Copy the whole SQLite database as this transaction sees it."""
        source = self._connection.connection.driver_connection
        assert isinstance(source, sqlite3.Connection)
        with closing(sqlite3.connect(file)) as target:
            source.backup(target)

    def when_committed(self, do: Callable[[], None]) -> None:
        """Do something in memory once what was read or written is sure to last; a reader sees only such."""
        if self._writing:
            self._after_commit.append(do)
        else:
            do()

    def leave_no_trace(self) -> None:
        """Have what was just deleted gone from the files too, once that is committed."""
        self.when_committed(self._note_log)

    def _note_log(self) -> None:
        self.log_to_empty = True

    def committed(self) -> None:
        """The transaction was committed."""
        after, self._after_commit = self._after_commit, []
        for do in after:
            do()

    def rolled_back(self) -> None:
        """The transaction was rolled back."""
        self._after_commit = []

    def _spelled(self, statement: sa.Executable | ByDialect) -> sa.Executable:
        return statement.spelled(self._dialect, self._writing) if isinstance(statement, ByDialect) else statement

    def _about_to_write(self) -> None:
        if not self._writing:
            raise RuntimeError("a feature that writes was run as a read")
        self.writes += 1


class Rows:
    """One family of facts as rows, read and written in one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
