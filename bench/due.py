"""Every track due at the same moment, from the first look to the last reveal; and a tick with nothing due."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from bench.due_floor import by_hand
from bench.figures import Chapter, Goal, Line, interleaved, middle, spread, took
from bench.load import lateness
from bench.product import NullPublisher, opened
from bench.world import ALL_DUE, NOW, Size, World
from bot.app.core import SystemClock
from bot.catalog.catalog import LoadedCatalog
from bot.catalog.communities import OneCatalog
from bot.ports.storage import UnitOfWork
from bot.scheduler.clock_watch import ClockWatch
from bot.scheduler.face_loops import FaceLoops
from bot.scheduler.pacer import Pacer
from bot.scheduler.publish import PublishLoop
from bot.scheduler.reveal import RevealLoop
from bot.storage.storage import Storage

T = TypeVar("T")

DISCORD_A_SECOND = 50
UNPACED = 1e9
IDLE_TICKS = 50
HOW = (
    "A null platform that takes every post at once, no pacing; each track has an open round, which closes. *By hand* "
    "is the same rows written in one thread on `sqlite3`, 500 tracks and 50 rounds a transaction, no question picked. "
    "*In the writer* is the time inside its transactions, without commits and waiting."
)


@dataclass(frozen=True, slots=True)
class Plan:
    """The numbers of tracks to compare, and of rounds."""

    many: int = 10_000
    few: int = 100
    rounds: int = 5


QUICK = Plan(many=1000, rounds=2)


@dataclass(slots=True)
class Sample:
    """Seconds in all, those inside the writer, and the longest the event loop was held up."""

    seconds: float = 0.0
    in_writer: float = 0.0
    held_up: float = 0.0


Stages = dict[str, Sample]


class Timed:
    """The database, with the time its work takes."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self.seconds = 0.0

    async def write(self, work: Callable[[UnitOfWork], T]) -> T:
        def timed(uow: UnitOfWork) -> T:
            begun = time.perf_counter()
            try:
                return work(uow)
            finally:
                self.seconds += time.perf_counter() - begun

        return await self._storage.write(timed)

    async def read(self, work: Callable[[UnitOfWork], T]) -> T:
        return await self._storage.read(work)

    @asynccontextmanager
    async def stage(self) -> AsyncIterator[Sample]:
        """Measure what happens inside the block."""
        sample = Sample()
        in_writer, begun = self.seconds, time.perf_counter()
        async with lateness() as lags:
            yield sample
            sample.seconds = time.perf_counter() - begun
        sample.in_writer = self.seconds - in_writer
        sample.held_up = max(lags)


def run(folder: Path, catalog: LoadedCatalog, plan: Plan) -> Chapter:
    many, few = (World(folder, Size(tracks, 2, 5), catalog) for tracks in (plan.many, plan.few))
    found = interleaved(
        {
            "floor": partial(_by_hand, many),
            "due": partial(_measured, many, catalog, _all_due),
            "idle": partial(_measured, many, catalog, _idle),
            "idle few": partial(_measured, few, catalog, _idle),
        },
        plan.rounds,
    )
    return Chapter(f"{plan.many:,} tracks due at once", HOW, tuple(_lines(found, plan)))


def _by_hand(world: World) -> Stages:
    with world.copy() as path:
        write, post = by_hand(path)
    return {"write": Sample(write), "post": Sample(post)}


def _measured(
    world: World, catalog: LoadedCatalog, what: Callable[[Timed, LoadedCatalog], Coroutine[None, None, Stages]]
) -> Stages:
    with world.copy() as path, opened(path, catalog) as product:
        return asyncio.run(what(Timed(product.storage), catalog))


class StandingClock:
    """It is always the moment at which all is due."""

    def now(self) -> datetime:
        return ALL_DUE

    def monotonic(self) -> float:
        return 0.0


async def _all_due(timed: Timed, catalog: LoadedCatalog) -> Stages:
    publisher, pacer = NullPublisher(), Pacer(UNPACED)
    publish = PublishLoop(timed, OneCatalog(catalog), publisher, pacer, ClockWatch(StandingClock()), lambda: None)
    reveal = RevealLoop(timed, OneCatalog(catalog), publisher, pacer, lambda: ALL_DUE)
    async with timed.stage() as write:
        await publish.write_due(ALL_DUE)
    async with timed.stage() as post:
        tried = await publish.run_once(ALL_DUE)
    async with timed.stage() as edit:
        edited = await reveal.run_once(ALL_DUE)
    assert tried == edited > 0
    return {"write": write, "post": post, "edit": edit}


async def _idle(timed: Timed, catalog: LoadedCatalog) -> Stages:
    loops = FaceLoops(timed, OneCatalog(catalog), NullPublisher(), SystemClock(), UNPACED)
    await loops.tick(NOW)
    async with timed.stage() as idle:
        for _ in range(IDLE_TICKS):
            await loops.tick(NOW)
    return {"idle": idle}


def _lines(found: dict[str, list[Stages]], plan: Plan) -> list[Line]:
    def of(name: str, stage: str, what: str = "seconds") -> list[float]:
        return [getattr(stages[stage], what) for stages in found[name]]

    def told(stage: str) -> str:
        in_writer = middle(of("due", stage, "in_writer"))
        return f"{spread(of('due', stage), took)}, of which {took(in_writer)} in the writer"

    written, posted = middle(of("due", "write", "in_writer")), middle(of("due", "post"))
    idle, idle_few = middle(of("idle", "idle")), middle(of("idle few", "idle"))
    least = plan.many / DISCORD_A_SECOND
    held_up = {stage: middle(of("due", stage, "held_up")) for stage in ("write", "post", "edit")}
    return [
        Line("Rounds written down: by hand", spread(of("floor", "write"), took)),
        Line(
            "... by the publish loop",
            told("write"),
            written * 10_000 / plan.many,
            Goal("at most", 1, 6, " s in the writer for 10,000"),
        ),
        Line("Taken, posted and recorded: by hand", spread(of("floor", "post"), took)),
        Line("... by the publish loop", told("post")),
        Line(
            f"... of the time Discord's {DISCORD_A_SECOND} posts a second take",
            f"{posted / least:.1%} of {least:,.0f} s",
        ),
        Line("Closed rounds revealed", told("edit")),
        Line(
            "Longest the event loop was held up: writing, posting, revealing",
            ", ".join(took(each) for each in held_up.values()),
            max(held_up.values()) * 1000,
            Goal("at most", 50, 500, " ms"),
        ),
        Line(
            f"A tick with nothing due, beside one of {plan.few:,} tracks",
            f"{took(idle / IDLE_TICKS)}; {took(idle_few / IDLE_TICKS)}",
            idle / idle_few,
            Goal("at most", 2, 5, " times"),
        ),
    ]
