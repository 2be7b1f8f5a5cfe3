"""Deleted data is gone from the files, byte by byte, and not only from the tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.domain.community import Away
from bot.domain.identifiers import MemberId, QuestionId, RoleId, StepId
from bot.domain.memory import Graded, after
from bot.domain.roadmap import StepState
from bot.ports.practice import ReviewReason
from bot.storage import engine
from bot.storage.storage import Storage
from bot.storage.unit_of_work import SqlUnitOfWork
from bot.storage.writer import empty_log
from tests.storage.conftest import MIGRATIONS, NOW
from tests.storage.world import RIGHT, B, at, closed, community, day, opened, press, question, track

PEOPLE = 200
ANN = "member-4711-of-the-test"
THEIRS = (ANN, "role-only-ann-walks", "step-only-ann-marked", "question-only-ann-practised", "a notice to ann alone")


def _live(unit: SqlUnitOfWork) -> MemberId:
    """Enough people that pages of the file split and move around while they answer."""
    on = track(unit)
    rounds = [*(closed(unit, on, number) for number in range(5)), opened(unit, on, 5)]
    for number in range(PEOPLE):
        for round in rounds:
            press(unit, round, ANN if number == PEOPLE // 2 else f"member-{number:04}-of-the-test")
    ann = unit.members.of(on.community, ANN).id
    unit.members.set_role(ann, RoleId("role-only-ann-walks"))
    unit.members.begin_away(ann, Away(at(3), at(4)))
    unit.practice.add_attempt(ann, question("question-only-ann-practised"), RIGHT, 1)
    unit.practice.keep_for_review(ann, QuestionId("question-only-ann-practised"), ReviewReason.WRONG)
    graded = Graded(day(0), good=False, key=B)
    unit.reviews.keep(ann, QuestionId("question-only-ann-practised"), graded, after(None, graded))
    unit.roadmaps.set_state(ann, StepId("step-only-ann-marked"), StepState.DONE)
    unit.communities.add_delegate(on.community, ANN)
    unit.health.notify(on.community, ANN, "key", "a notice to ann alone", at(1))
    return ann


def _found(path: Path) -> dict[str, list[str]]:
    files = [path, path.with_name(f"{path.name}-wal")]
    return {
        file.name: [text for text in THEIRS if text.encode() in file.read_bytes()] for file in files if file.exists()
    }


@pytest.mark.parametrize("before", [False, True], ids=["at once", "from the file"])
async def test_nothing_of_a_member_is_left_in_the_file_or_its_log(sqlite_url: str, before: bool) -> None:
    path = engine.sqlite_file(sqlite_url)
    assert path is not None
    storage = Storage(sqlite_url, MIGRATIONS)
    storage.open(NOW)
    try:
        ann = await storage.write(_live)
        if before:
            storage.close()
            storage.open(NOW)
        assert set(THEIRS) == {text for found in _found(path).values() for text in found}
        await storage.write(lambda unit: unit.personal_data.forget(ann))
        assert _found(path) == {path.name: [], f"{path.name}-wal": []}
        assert path.with_name(f"{path.name}-wal").stat().st_size == 0
        # The key of the open round is there until it closes, and then as gone as the rest.
        with storage._engines[0].connect() as connection:
            key = connection.exec_driver_sql("SELECT mark_key FROM rounds WHERE mark_key IS NOT NULL").scalar_one()
        assert key.encode() in path.read_bytes()
        open_now = await storage.read(lambda unit: unit.rounds.open_in(community(unit).id))
        await storage.write(lambda unit: unit.rounds.close(open_now[0].id, at(6), excused=False))
        assert key.encode() not in path.read_bytes()
    finally:
        storage.close()


async def test_a_reader_in_the_way_only_puts_it_off(sqlite_url: str) -> None:
    path = engine.sqlite_file(sqlite_url)
    assert path is not None
    storage = Storage(sqlite_url, MIGRATIONS)
    storage.open(NOW)
    reading = engine.reading(sqlite_url)
    try:
        ann = await storage.write(_live)
        with reading.connect() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM members")
            await storage.write(lambda unit: unit.personal_data.forget(ann))
            assert _found(path)[f"{path.name}-wal"], "the reader still sees how it was"
        await storage.write(lambda unit: unit.members.of(community(unit).id, "somebody else"))
        assert _found(path) == {path.name: [], f"{path.name}-wal": []}
    finally:
        reading.dispose()
        storage.close()


def test_the_writer_waits_as_long_for_others_afterwards(sqlite_url: str) -> None:
    writing = engine.writing(sqlite_url)
    try:
        with writing.connect() as connection:
            empty_log(connection)
            assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar_one() == 15_000
    finally:
        writing.dispose()
