"""Turns to speak: at a steady rate, posts before reveals, first come first served."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot.ports.publisher import Priority
from bot.scheduler.pacer import Pacer
from tests.fakes.patience import PATIENCE

POST, REVEAL = Priority.POST, Priority.REVEAL


class Metronome:
    """A clock on which sleeping takes no real time: the hand jumps while others get their chance to run."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []
        self.while_sleeping: Callable[[], Awaitable[None]] | None = None

    def time(self) -> float:
        """The time."""
        return self.now

    async def sleep(self, seconds: float) -> None:
        """Let the others run, then it is later."""
        assert seconds > 0
        self.slept.append(seconds)
        if self.while_sleeping:
            meanwhile, self.while_sleeping = self.while_sleeping, None
            await meanwhile()
        for _ in range(3):
            await asyncio.sleep(0)
        self.now += seconds


@pytest.fixture
def metronome() -> Metronome:
    return Metronome()


@pytest.fixture
def pacer(metronome: Metronome) -> Pacer:
    """Ten turns a second."""
    return Pacer(10, metronome.time, metronome.sleep)


async def _turns(pacer: Pacer, metronome: Metronome, *asked: tuple[Priority, str]) -> list[tuple[str, float]]:
    """The turns of those who ask at once: who got one, and when."""
    served: list[tuple[str, float]] = []

    async def ask(priority: Priority, name: str) -> None:
        await pacer.turn(priority)
        served.append((name, round(metronome.now - 100, 6)))

    await asyncio.gather(*(ask(priority, name) for priority, name in asked))
    return served


async def test_turns_come_at_a_steady_rate(pacer: Pacer, metronome: Metronome) -> None:
    served = await _turns(pacer, metronome, *((POST, str(number)) for number in range(48)))
    assert [when for _, when in served] == pytest.approx([number / 10 for number in range(48)])


async def test_who_asks_first_is_served_first(pacer: Pacer, metronome: Metronome) -> None:
    served = await _turns(pacer, metronome, *((POST, str(number)) for number in range(30)))
    assert [name for name, _ in served] == [str(number) for number in range(30)]


async def test_posts_go_before_reveals_and_each_in_order(pacer: Pacer, metronome: Metronome) -> None:
    asked = [(REVEAL, "r1"), (POST, "p1"), (REVEAL, "r2"), (POST, "p2"), (POST, "p3"), (REVEAL, "r3")]
    served = await _turns(pacer, metronome, *asked)
    assert [name for name, _ in served] == ["p1", "p2", "p3", "r1", "r2", "r3"]


async def test_a_post_that_comes_while_reveals_wait_goes_next(pacer: Pacer, metronome: Metronome) -> None:
    late: list[asyncio.Task[list[tuple[str, float]]]] = []

    async def come_late() -> None:
        late.append(asyncio.create_task(_turns(pacer, metronome, (POST, "post"))))
        await asyncio.sleep(0)

    metronome.while_sleeping = come_late
    reveals = await _turns(pacer, metronome, *((REVEAL, f"r{number}") for number in range(4)))
    ((_, when),) = await late[0]
    assert when == pytest.approx(0.1)
    assert [when for _, when in reveals] == pytest.approx([0.0, 0.2, 0.3, 0.4])


async def test_idle_time_is_not_made_up_for(pacer: Pacer, metronome: Metronome) -> None:
    await _turns(pacer, metronome, (POST, "first"))
    metronome.now += 60
    served = await _turns(pacer, metronome, *((POST, str(number)) for number in range(5)))
    assert [when for _, when in served] == pytest.approx([60.0, 60.1, 60.2, 60.3, 60.4])


async def test_within_any_second_there_are_no_more_turns_than_the_rate(pacer: Pacer, metronome: Metronome) -> None:
    whens: list[float] = []
    for idle in (0.0, 0.05, 3.0, 0.31, 0.0, 0.99):
        metronome.now += idle
        whens += [when for _, when in await _turns(pacer, metronome, *((POST, "x") for _ in range(7)))]
    for start in whens:
        assert sum(start <= when < start + 1 - 1e-9 for when in whens) <= 10


async def test_an_idle_pacer_answers_at_once(pacer: Pacer, metronome: Metronome) -> None:
    await pacer.turn(REVEAL)
    assert metronome.slept == []


async def test_a_waiter_that_is_cancelled_costs_no_turn(pacer: Pacer, metronome: Metronome) -> None:
    await pacer.turn(POST)
    gone = asyncio.create_task(pacer.turn(POST))
    stays = asyncio.create_task(_turns(pacer, metronome, (POST, "stays")))
    await asyncio.sleep(0)
    gone.cancel()
    ((_, when),) = await stays
    assert when == pytest.approx(0.1)
    assert gone.cancelled()


async def test_when_all_waiters_are_cancelled_the_next_is_served(pacer: Pacer, metronome: Metronome) -> None:
    await pacer.turn(POST)
    gone = [asyncio.create_task(pacer.turn(POST)) for _ in range(3)]
    await asyncio.sleep(0)
    for task in gone:
        task.cancel()
    await asyncio.gather(*gone, return_exceptions=True)
    metronome.now += 5
    ((_, when),) = await _turns(pacer, metronome, (POST, "next"))
    assert when == pytest.approx(5.0, abs=0.11)


async def test_a_cut_short_sleep_gives_no_turn_early(metronome: Metronome) -> None:
    """Timers may fire a little early."""

    async def short(seconds: float) -> None:
        await metronome.sleep(max(seconds * 0.9, 1e-6))

    served = await _turns(Pacer(10, metronome.time, short), metronome, *((POST, str(n)) for n in range(5)))
    assert all(when >= number / 10 - 1e-9 for number, (_, when) in enumerate(served))


async def test_a_timer_that_rings_late_slows_nobody_down(metronome: Metronome) -> None:
    async def late(seconds: float) -> None:
        await metronome.sleep(seconds + 0.03)

    served = await _turns(Pacer(10, metronome.time, late), metronome, *((POST, str(n)) for n in range(6)))
    assert [when for _, when in served] == pytest.approx([0.0, 0.13, 0.23, 0.33, 0.43, 0.53])


async def test_a_loop_that_was_held_up_makes_no_burst(metronome: Metronome) -> None:
    hold_ups = iter((0.03, 0.7, 0.04, 0.0, 0.3, *[0.0] * 30))

    async def held_up(seconds: float) -> None:
        await metronome.sleep(seconds + next(hold_ups))

    served = await _turns(Pacer(10, metronome.time, held_up), metronome, *((POST, str(n)) for n in range(30)))
    whens = [when for _, when in served]
    for start in whens:
        assert sum(start <= when < start + 1 - 1e-9 for when in whens) <= 11


async def test_it_paces_by_the_loops_clock_unless_told_otherwise() -> None:
    pacer = Pacer(1e9)
    async with asyncio.timeout(PATIENCE):
        await asyncio.gather(*(pacer.turn(POST) for _ in range(100)))
