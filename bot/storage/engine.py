"""Connections to the two databases, set up for what they are used for."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.pool import NullPool

from bot.storage.faults import WrongAddress
from bot.storage.wrong_file import refuse_foreign_log

BUSY_SECONDS = 5.0
"""How long a start, a read or a copy waits for someone else's transaction before it gives up."""
HELD_SECONDS = 15.0
"""How long the running bot waits for one, such as a backup tool's; both platforms take answers for minutes.

With the ten seconds that posts are given at the end, it is done before systemd kills it.
"""
BETWEEN_TRIES = 0.5
"""Seconds between two tries to reach a server that may be starting again."""
REACHED_WITHIN = 5
"""Seconds until a server that does not answer counts as down."""
WRITERS = 8
READERS = 2
"""On PostgreSQL, where a thread waits for the server."""
SQLITE_READERS = 1
"""No read takes long, and two threads would fight the event loop for the interpreter at every row."""

_FOR_ALL = ("PRAGMA foreign_keys = ON", "PRAGMA cache_size = -16384")
# Overwrites deleted rows, so that nothing of a member who left stays in the file.
_FOR_WRITING = ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", "PRAGMA secure_delete = ON")
# A reader that checkpoints is a second writer, which SQLite before 3.51.3 does not always survive.
_FOR_READING = ("PRAGMA query_only = ON", "PRAGMA wal_autocheckpoint = 0")


def parsed(url: str) -> sa.URL:
    """The database URL with the driver we use: ``sqlite:///file.db`` or ``postgresql://host/name``."""
    try:
        given = sa.make_url(url)
    except (sa.exc.ArgumentError, ValueError):  # ValueError: a port that is no number
        raise WrongAddress(_WANTED) from None
    if given.drivername in ("sqlite", "sqlite+pysqlite"):
        if not given.database or given.database == ":memory:":
            raise WrongAddress(f"A database in memory would forget everything. {_WANTED}")
        return given.set(drivername="sqlite+pysqlite")
    if given.drivername in ("postgresql", "postgres", "postgresql+psycopg"):
        return given.set(drivername="postgresql+psycopg")
    raise WrongAddress(f"{given.drivername} is no database this works with. {_WANTED}")


_WANTED = "Set the database to sqlite:///studybot.db for a file, or to postgresql://user@host/name."


def spoken_name(url: str) -> str:
    """Name the database as people do: its file, or its address without anything secret."""
    given = parsed(url)
    if given.get_backend_name() == "sqlite":
        return str(given.database)
    bare = sa.URL.create("postgresql", given.username, None, given.host, given.port, given.database)
    return bare.render_as_string()


def sqlite_file(url: str) -> Path | None:
    """The file of a SQLite URL, links followed; None for PostgreSQL."""
    given = parsed(url)
    if given.get_backend_name() != "sqlite":
        return None
    assert given.database is not None
    file = Path(given.database)
    # The file itself, whatever link leads to it: what lies beside it belongs to it and not to the link.
    return file.resolve() if file.is_symlink() else file


def writing(url: str) -> sa.Engine:
    """An engine that writes: on SQLite one connection that takes the write lock as it begins."""
    given = parsed(url)
    if given.get_backend_name() != "sqlite":
        return _postgres(given, WRITERS)
    return _sqlite(given, "BEGIN IMMEDIATE", *_FOR_WRITING, wait=HELD_SECONDS)


def reading(url: str) -> sa.Engine:
    """An engine that cannot write."""
    given = parsed(url)
    if given.get_backend_name() == "sqlite":
        return _sqlite(given, "BEGIN", *_FOR_READING, pool_size=SQLITE_READERS, max_overflow=0)
    return _postgres(given, READERS).execution_options(postgresql_readonly=True)


def holding(url: str) -> sa.Engine | None:
    """An engine for one connection that only holds locks of the server; None for SQLite, which has no server."""
    given = parsed(url)
    return (
        None
        if given.get_backend_name() == "sqlite"
        else _postgres(given, 1).execution_options(isolation_level="AUTOCOMMIT")
    )


def migrating(url: str) -> sa.Engine:
    """An engine for changing the schema."""
    given = parsed(url)
    if given.get_backend_name() != "sqlite":
        return sa.create_engine(given, poolclass=NullPool, hide_parameters=True)
    # Changing a table on SQLite drops and remakes it, which would take the rows pointing to it along. Once a
    # transaction has begun the pragma is ignored.
    without_keys = "PRAGMA foreign_keys = OFF"
    return _sqlite(given, "BEGIN IMMEDIATE", *_FOR_WRITING, without_keys, poolclass=NullPool)


def _postgres(url: sa.URL, threads: int) -> sa.Engine:
    # By default the operating system waits minutes for a server that vanished.
    given = {"connect_timeout": REACHED_WITHIN, "keepalives_idle": 30, "keepalives_interval": 5, "keepalives_count": 3}
    arguments = {name: value for name, value in given.items() if name not in url.query}
    return sa.create_engine(
        url,
        pool_size=threads,
        max_overflow=0,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args=arguments,
    )


def _sqlite(url: sa.URL, begin: str, *pragmas: str, wait: float | None = None, **options: Any) -> sa.Engine:
    assert url.database is not None  # parsed
    refuse_foreign_log(Path(url.database))
    # isolation_level None keeps the driver from beginning transactions of its own; see SQLAlchemy's
    # "Serializable isolation / Savepoints / Transactional DDL" for SQLite.
    arguments = {"isolation_level": None, "timeout": BUSY_SECONDS if wait is None else wait, "cached_statements": 256}
    engine = sa.create_engine(url, connect_args=arguments, hide_parameters=True, **options)

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _: object) -> None:
        for pragma in (*_FOR_ALL, *pragmas):
            connection.execute(pragma).close()

    @event.listens_for(engine, "begin")
    def begin_transaction(connection: sa.Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


class Reconnecting:
    """An engine's connections; waits for a server that starts again, but not for one that has been down for long."""

    def __init__(self, connections: sa.Engine) -> None:
        self._engine = connections
        self._reached = time.monotonic()

    def connect(self) -> sa.Connection:
        """A connection; a SQLite file has no server to wait for."""
        while True:
            try:
                connection = self._engine.connect()
            except sa.exc.OperationalError:
                down_for_long = time.monotonic() - self._reached > HELD_SECONDS
                if down_for_long or self._engine.dialect.name == "sqlite":
                    raise
                time.sleep(BETWEEN_TRIES)
            else:
                self._reached = time.monotonic()
                return connection
