"""Parts every face needs once: a bounded memory, tasks in the background, waits that grow."""

from __future__ import annotations

import asyncio

import pytest

from bot.kit import Background, Backoff, Latest


def test_what_was_set_longest_ago_is_forgotten_first() -> None:
    memory = Latest[str, int](2)
    memory["a"], memory["b"], memory["a"], memory["c"] = 1, 2, 3, 4
    assert memory == {"a": 3, "c": 4}
    assert memory.get("b") is None


def test_a_wait_doubles_up_to_the_longest_and_begins_again() -> None:
    waits = Backoff(1.0, 5.0)
    assert [waits.next() for _ in range(5)] == [1.0, 2.0, 4.0, 5.0, 5.0]
    waits.reset()
    assert waits.next() == 1.0


async def test_what_goes_on_is_waited_for_and_what_it_begins_too() -> None:
    background, done = Background(), []

    async def work(number: int) -> None:
        await asyncio.sleep(0)
        done.append(number)
        if number:
            background.start(work(number - 1))

    background.start(work(2))
    await background.settled()
    assert done == [2, 1, 0]
    assert not list(background)


async def test_what_a_task_ended_with_is_handed_on() -> None:
    failed: list[BaseException] = []
    background = Background(failed.append)

    async def fail() -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await background.start(fail())
    assert [str(error) for error in failed] == ["no"]


async def test_what_is_cancelled_is_no_failure() -> None:
    failed: list[BaseException] = []
    background = Background(failed.append)
    task = background.start(asyncio.sleep(3600))
    await asyncio.sleep(0)
    background.cancel()
    await background.settled()
    assert task.cancelled()
    assert not failed
