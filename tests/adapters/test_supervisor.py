"""A face that fails is started again, however it failed; one that is told to stop stops."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from bot.app.core import FixedDice
from bot.app.supervisor import FIRST_WAIT, supervise
from bot.ports.face import FaceEnded


class Failing:
    """A face that ends each time as the test says, after it ran for some seconds."""

    name = "Testface"

    def __init__(self, *ends: Callable[[], BaseException], lasting: tuple[float, ...] = ()) -> None:
        self._ends = iter(ends)
        self._lasting = iter(lasting)
        self.now = 0.0

    async def run(self) -> None:
        self.now += next(self._lasting, 1.0)
        raise next(self._ends)()


async def supervised(
    *ends: Callable[[], BaseException], lasting: tuple[float, ...] = ()
) -> tuple[list[str], list[float]]:
    """Supervise a face until only a person can mend it; return what was said and how long each wait was."""
    said: list[str] = []
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    last = lambda: FaceEnded("Only a person can mend it.")  # noqa: E731
    face = Failing(*ends, last, lasting=lasting)
    await supervise(face, said.append, FixedDice(1), sleep, lambda: face.now)
    return said, waited


async def test_one_that_fails_is_started_again_later_each_time() -> None:
    said, waited = await supervised(RuntimeError, OSError, KeyError)
    assert waited == [FIRST_WAIT, FIRST_WAIT * 2, FIRST_WAIT * 4]
    assert sum("it is our fault" in one for one in said) == 3
    assert said[-1] == "Testface has stopped. Only a person can mend it."


async def test_one_that_ran_well_for_long_is_started_again_soon() -> None:
    _, waited = await supervised(RuntimeError, OSError, KeyError, lasting=(1.0, 3600.0, 1.0))
    assert waited == [FIRST_WAIT, FIRST_WAIT, FIRST_WAIT * 2]


async def test_a_library_that_cancels_itself_does_not_end_a_face_without_a_word() -> None:
    said, waited = await supervised(asyncio.CancelledError)
    assert waited == [FIRST_WAIT]
    assert "it is our fault" in said[0]


async def test_told_to_stop_it_stops() -> None:
    class Running:
        name = "Testface"

        async def run(self) -> None:
            await asyncio.Event().wait()

    said: list[str] = []
    task = asyncio.create_task(supervise(Running(), said.append, FixedDice(1)))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert said == []
