"""A server that starts again is waited for, by those who read as by those who write."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from bot.storage import engine
from bot.storage.faults import CannotOpen
from bot.storage.storage import Storage
from tests.storage.conftest import MIGRATIONS, NOW, ON_POSTGRES

pytestmark = ON_POSTGRES


class Starting:
    """Refuses a number of connections, as a server does that is not up yet."""

    def __init__(self, storage: Storage) -> None:
        self.refuses = 0
        for each in storage._engines:
            each.dispose()
            event.listen(each, "do_connect", self._connect)

    def _connect(self, *_: Any) -> None:
        if self.refuses:
            self.refuses -= 1
            raise OperationalError("", {}, _refused())


def _refused() -> Exception:
    import psycopg

    return psycopg.OperationalError("connection failed: FATAL:  the database system is starting up")


@pytest.fixture
def storage(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Storage]:
    monkeypatch.setattr(engine, "BETWEEN_TRIES", 0.0)
    storage = Storage(postgres_url, MIGRATIONS)
    storage.open(NOW)
    yield storage
    storage.close()


def test_reading_and_writing_wait_for_it(storage: Storage) -> None:
    starting = Starting(storage)
    starting.refuses = 3
    asyncio.run(storage.remember("a", "1"))
    starting.refuses = 3
    assert asyncio.run(storage.remembered("a")) == "1"


def test_one_that_is_down_for_long_is_not_waited_for(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "HELD_SECONDS", -1.0)
    Starting(storage).refuses = 2
    with pytest.raises(CannotOpen):
        asyncio.run(storage.remembered("a"))
    with pytest.raises(CannotOpen):
        asyncio.run(storage.remember("a", "1"))
