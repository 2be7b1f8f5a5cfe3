"""The database as the rest of Studybot holds it."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.domain.community import Platform
from bot.ports.storage import Transact
from bot.posting.recount import recount_everything
from bot.storage.faults import CannotOpen, Stopped, StorageInUse
from bot.storage.lock import FileLock
from bot.storage.storage import Storage
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.storage.conftest import MIGRATIONS, NOW
from tests.storage.world import WRONG, at, closed, opened, press, track

# Opens the database named on its command line, says so, and holds it until its input ends.
HOLDER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from bot.storage.storage import Storage
storage = Storage(sys.argv[1], Path(sys.argv[2]))
storage.open(datetime.now(UTC))
print("open", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def storage(url: str) -> Iterator[Storage]:
    made = Storage(url, MIGRATIONS)
    made.open(NOW)
    yield made
    made.close()


def test_it_is_what_the_core_asks_for(storage: Storage) -> None:
    transact: Transact = storage
    made = asyncio.run(transact.write(lambda unit: unit.communities.of(Platform.SLACK, "T1")))
    assert asyncio.run(transact.read(lambda unit: unit.communities.find(Platform.SLACK, "T1"))) == made


def test_many_callers_at_once(storage: Storage) -> None:
    async def call() -> None:
        on = await storage.write(track)
        round = await storage.write(lambda unit: opened(unit, on, 0))
        await asyncio.gather(
            *(
                storage.write(lambda unit, user=user: press(unit, round, f"u{user % 40}"))  # type: ignore[misc]
                for user in range(120)
            )
        )
        kept = await storage.read(lambda unit: unit.rounds.get(round.id))
        assert kept is not None
        assert kept.votes.total == 40
        tallies = await storage.read(lambda unit: unit.standings.tally([round.id]))
        assert [(tally.answered, tally.right) for tally in tallies] == [(1, 1)] * 40

    asyncio.run(call())


def test_a_read_cannot_write(storage: Storage) -> None:
    with pytest.raises(RuntimeError, match="run as a read"):
        asyncio.run(storage.read(lambda unit: unit.chat_state.set("a", "1")))
    with pytest.raises(Exception, match="may not be written"):
        asyncio.run(storage.read(_insert))


def _insert(unit: SqlUnitOfWork) -> None:
    unit.transaction._connection.exec_driver_sql("INSERT INTO chat_state VALUES ('a', '1')")


def test_the_terminal_remembers(storage: Storage) -> None:
    asyncio.run(storage.remember("name", "x"))
    assert asyncio.run(storage.remembered("name")) == "x"
    assert asyncio.run(storage.remembered("other")) is None


def test_everything_is_kept_across_a_restart(storage: Storage, url: str) -> None:
    asyncio.run(storage.remember("name", "x"))
    storage.close()
    storage.close()
    again = Storage(url, MIGRATIONS)
    again.open(NOW)
    assert asyncio.run(again.remembered("name")) == "x"
    again.close()


def test_recounting_everything_finds_what_differs(storage: Storage) -> None:
    def live(unit: SqlUnitOfWork) -> None:
        for _ in range(2):
            on = track(unit)
            for number in range(3):
                round = opened(unit, on, number)
                press(unit, round, "ann")
                press(unit, round, "bob", WRONG)
                unit.rounds.close(round.id, at(number + 1), False)
            closed(unit, on, 3)

    def spoil(unit: SqlUnitOfWork) -> None:
        on = unit.tracks.running(Platform.DISCORD)[1]
        ann = unit.members.of(on.community, "ann").id
        kept = unit.standings.get(ann, on.id)
        assert kept is not None
        unit.transaction._connection.exec_driver_sql(
            f"UPDATE standings SET streak = 99 WHERE member_id = {ann} AND track_id = {on.id}"
        )
        unit.transaction._connection.exec_driver_sql(f"DELETE FROM standings WHERE member_id = {ann + 1}")
        unit.standings.add_week(ann, on.id, "2026-W10", 7, 7)

    asyncio.run(storage.write(live))
    before = asyncio.run(storage.read(_derived))
    assert asyncio.run(recount_everything(storage)) == 0
    assert asyncio.run(storage.read(_derived)) == before
    asyncio.run(storage.write(spoil))
    assert asyncio.run(recount_everything(storage)) == 3
    assert asyncio.run(storage.read(_derived)) == before


def _derived(unit: SqlUnitOfWork) -> list[object]:
    connection = unit.transaction._connection
    tables = ("standings", "points")
    return [sorted(map(tuple, connection.exec_driver_sql(f"SELECT * FROM {name}"))) for name in tables]


def test_a_second_process_is_refused_and_a_killed_one_lets_go(sqlite_url: str) -> None:
    command = [sys.executable, "-c", HOLDER, sqlite_url, str(MIGRATIONS)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        storage = Storage(sqlite_url, MIGRATIONS)
        with pytest.raises(StorageInUse) as refused:
            storage.open(NOW)
        assert "studybot.db is in use by another Studybot" in refused.value.sentence
        holder.send_signal(signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)
        holder.wait()
    storage.open(NOW)
    storage.close()


def test_a_lock_is_let_go_when_opening_fails(tmp_path: Path) -> None:
    path = tmp_path / "studybot.db"
    path.write_text("no database " * 100)
    with pytest.raises(Exception, match="not a database"):
        Storage(f"sqlite:///{path}", MIGRATIONS).open(NOW)
    lock = FileLock(path)
    lock.acquire()
    lock.release()


def test_what_is_not_open_says_so(sqlite_url: str) -> None:
    storage = Storage(sqlite_url, MIGRATIONS)
    with pytest.raises(CannotOpen, match="is not open"):
        asyncio.run(storage.remember("a", "1"))
    with pytest.raises(CannotOpen, match="is not open"):
        asyncio.run(storage.remembered("a"))
    storage.close()


def test_the_death_of_the_writer_is_told(sqlite_url: str) -> None:
    class Killed(BaseException):
        pass

    def kill(unit: SqlUnitOfWork) -> None:
        raise Killed

    deaths: list[BaseException] = []
    storage = Storage(sqlite_url, MIGRATIONS, on_death=deaths.append)
    storage.open(NOW)
    with pytest.raises(Stopped):
        asyncio.run(storage.write(kill))
    storage.close()
    assert [type(death) for death in deaths] == [Killed]
