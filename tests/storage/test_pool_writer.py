"""Writes to PostgreSQL: many at a time, and each as if it were alone."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.domain.community import Platform
from bot.domain.identifiers import MessageRef, RoundId
from bot.domain.streak import Standing, answered
from bot.replies.said import Refusal
from bot.storage.faults import CannotOpen, Stopped
from bot.storage.storage import Storage
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.fakes.patience import PATIENCE
from tests.storage.conftest import MIGRATIONS, NOW, ON_POSTGRES
from tests.storage.world import at, claimed, due_round, opened, question, track

pytestmark = ON_POSTGRES


@pytest.fixture
def storage(postgres_url: str) -> Iterator[Storage]:
    made = Storage(postgres_url, MIGRATIONS)
    made.open(NOW)
    yield made
    made.close()


def test_nobody_decides_on_what_another_is_changing(storage: Storage) -> None:
    def add_one(unit: SqlUnitOfWork) -> None:
        member, standing = unit.members.with_standing(on.community, "ann", on.id)
        unit.standings.save(member.id, on.id, answered(standing or Standing(), 1, 0))

    async def all_at_once() -> None:
        await asyncio.gather(*(storage.write(add_one) for _ in range(100)))

    on = asyncio.run(storage.write(track))
    asyncio.run(storage.write(add_one))
    asyncio.run(all_at_once())
    standings = asyncio.run(storage.read(lambda unit: unit.members.with_standing(on.community, "ann", on.id)))
    assert standings[1] is not None
    assert standings[1].answered == 101


def test_first_answers_in_a_round_wait_for_each_other(storage: Storage) -> None:
    def answer(unit: SqlUnitOfWork) -> None:
        assert unit.rounds.for_answer(round.id) is not None
        member, standing = unit.members.with_standing(on.community, "ann", on.id)
        unit.standings.save(member.id, on.id, answered(standing or Standing(), 1, 0))

    async def all_at_once() -> None:
        await asyncio.gather(*(storage.write(answer) for _ in range(20)))

    on = asyncio.run(storage.write(track))
    round = asyncio.run(storage.write(lambda unit: opened(unit, on, 0)))
    asyncio.run(all_at_once())
    (_, standing) = asyncio.run(storage.read(lambda unit: unit.members.with_standing(on.community, "ann", on.id)))
    assert standing is not None
    assert standing.answered == 20


def test_two_in_each_others_way_both_get_through(storage: Storage) -> None:
    meeting = threading.Barrier(2, timeout=PATIENCE)
    runs: list[RoundId] = []

    def hold(unit: SqlUnitOfWork, first: RoundId, second: RoundId) -> None:
        again = first in runs
        runs.append(first)
        unit.rounds.get(first)
        if not again:
            meeting.wait()
        unit.rounds.get(second)
        unit.chat_state.set(str(first), f"through, and then {second}")

    async def both() -> None:
        one, two = rounds
        await asyncio.gather(
            storage.write(lambda unit: hold(unit, one, two)), storage.write(lambda unit: hold(unit, two, one))
        )

    def make(unit: SqlUnitOfWork) -> tuple[RoundId, RoundId]:
        on = track(unit)
        return due_round(unit, on, 0).id, due_round(unit, on, 1).id

    rounds = asyncio.run(storage.write(make))
    asyncio.run(both())
    one, two = rounds
    assert len(runs) > 2, "neither could go on while the other waited"
    assert asyncio.run(storage.remembered(str(one))) == f"through, and then {two}"
    assert asyncio.run(storage.remembered(str(two))) == f"through, and then {one}"


def test_two_senders_never_take_the_same_round(storage: Storage) -> None:
    meeting = threading.Barrier(2, timeout=PATIENCE)

    def take(unit: SqlUnitOfWork) -> list[RoundId]:
        taken = [round for round, _ in unit.outbox.claimable(Platform.DISCORD, at(9), 2)]
        meeting.wait()
        for round in taken:
            unit.outbox.claim(round.id, question(), (), False, at(9), at(9) + timedelta(minutes=1))
        return [round.id for round in taken]

    def make(unit: SqlUnitOfWork) -> None:
        on = track(unit)
        for number in range(4):
            due_round(unit, on, number)

    async def both() -> tuple[list[RoundId], list[RoundId]]:
        return await asyncio.gather(storage.write(take), storage.write(take))

    asyncio.run(storage.write(make))
    one, two = asyncio.run(both())
    assert (len(one), len(two), len({*one, *two})) == (2, 2, 4)


def test_a_round_opened_by_two_has_one_number(storage: Storage) -> None:
    def open_it(unit: SqlUnitOfWork) -> int | None:
        return unit.rounds.open(round, on, MessageRef("m"), at(0)).seq

    async def both() -> list[int | None]:
        return await asyncio.gather(*(storage.write(open_it) for _ in range(8)))

    on = asyncio.run(storage.write(track))
    round = asyncio.run(storage.write(lambda unit: claimed(unit, on, 0)))
    assert asyncio.run(both()) == [1] * 8


@pytest.mark.parametrize("error", [Refusal("No."), ArithmeticError()])
def test_an_error_takes_its_own_writes_back(storage: Storage, error: Exception) -> None:
    def fail(unit: SqlUnitOfWork) -> None:
        unit.chat_state.set("a", "1")
        raise error

    with pytest.raises(type(error)):
        asyncio.run(storage.write(fail))
    assert asyncio.run(storage.remembered("a")) is None


def test_a_closed_pool_takes_no_work(storage: Storage) -> None:
    storage.close()
    with pytest.raises((Stopped, CannotOpen)):
        asyncio.run(storage.remember("a", "1"))
