"""Answers: the service as dispatch runs it and the whole way of a press, beside sqlite3 and aiosqlite by hand."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench import floors
from bench.figures import Chapter, Goal, Line, interleaved, middle, percentile, spread, took
from bench.load import Sample, all_at_once
from bench.product import Product, opened
from bench.world import Press, Size, World
from bot.catalog.catalog import LoadedCatalog

MANY = 64
WARMING_UP = 128
SMALL, LARGE = Size(250, 40, 2), Size(2500, 40, 20)
HOW = (
    "First presses of different members: three in five right, one in six after a gap, one in fifty by a newcomer. "
    "Flushed to the disk before they are answered; each run on a copy of its own. *By hand* is the same reads and "
    "writes in one thread on `sqlite3`, 64 answers a transaction, no verdict made; *aiosqlite* the same statements "
    "through `aiosqlite`, a transaction an answer, 64 callers taking turns on one connection. Medians with ranges."
)


@dataclass(frozen=True, slots=True)
class Plan:
    """The sizes of both worlds and the length of the runs."""

    small: Size = SMALL
    large: Size = LARGE
    rounds: int = 5
    many: int = 6000
    few: int = 1500
    """How many answers a run takes from fast and from slow contenders, the warming up apart."""


QUICK = Plan(large=Size(500, 40, 8), rounds=2, many=1500, few=400)

Samples = dict[str, list[Sample]]
Serve = Callable[[Product, Press], Awaitable[None]]


def run(folder: Path, catalog: LoadedCatalog, plan: Plan) -> Chapter:
    small, large = World(folder, plan.small, catalog), World(folder, plan.large, catalog)
    contenders: dict[str, Callable[[], Sample]] = {}
    for name, world in (("small", small), ("large", large)):
        many = world.presses(WARMING_UP + plan.many, seed=1)
        few = many[: WARMING_UP + plan.few]
        contenders |= {
            f"{name} raw": partial(_by_hand, world, floors.raw, many),
            f"{name} aio": partial(_by_hand, world, partial(floors.aio, callers=MANY), few),
            f"{name} service": partial(_product, world, catalog, Product.serve, many, MANY),
            f"{name} press": partial(_product, world, catalog, Product.press, many, MANY),
            f"{name} alone": partial(_product, world, catalog, Product.serve, few, 1),
        }
    found = interleaved(contenders, plan.rounds)
    lines = [*_of_size("large", large, found), *_of_size("small", small, found)]
    grown = _rate(found["large service"]) / _rate(found["small service"])
    lines.append(
        Line(
            f"Rate at {large.answers:,} answers beside {small.answers:,}",
            f"{grown:.2f} ({_rate(found['large raw']) / _rate(found['small raw']):.2f} by hand)",
            grown,
            Goal("at least", 0.75, 0.3),
        )
    )
    return Chapter("Answers", HOW, tuple(lines))


def _by_hand(world: World, floor: Callable[[Path, Sequence[Press]], Sample], presses: Sequence[Press]) -> Sample:
    with world.copy() as path:
        floor(path, presses[:WARMING_UP])
        return floor(path, presses[WARMING_UP:])


def _product(world: World, catalog: LoadedCatalog, serve: Serve, presses: Sequence[Press], callers: int) -> Sample:
    async def measured(product: Product) -> Sample:
        await all_at_once(partial(serve, product), presses[:WARMING_UP], callers)
        return await all_at_once(partial(serve, product), presses[WARMING_UP:], callers)

    with world.copy() as path, opened(path, catalog) as product:
        return asyncio.run(measured(product))


def _rate(samples: Sequence[Sample]) -> float:
    return middle([sample.rate for sample in samples])


def _of_size(name: str, world: World, found: Samples) -> list[Line]:
    raw, aio, service = _rate(found[f"{name} raw"]), _rate(found[f"{name} aio"]), _rate(found[f"{name} service"])
    of = f"{world.answers:,} answers"
    lags = [lag for sample in found[f"{name} service"] for lag in sample.lags]
    slowest = percentile([wait for sample in found[f"{name} service"] for wait in sample.waits], 0.99)
    queue = MANY / service
    return [
        Line(f"{of}: by hand", _rates(found[f"{name} raw"])),
        Line(f"{of}: aiosqlite, {MANY} callers", _rates(found[f"{name} aio"])),
        Line(f"{of}: the service, {MANY} callers", _rates(found[f"{name} service"])),
        Line("... of the rate by hand", f"{service / raw:.2f}", service / raw, Goal("at least", 0.3, 0.12)),
        Line("... times aiosqlite", f"{service / aio:.1f}", service / aio, Goal("at least", 10, 1)),
        Line(
            "... p99 beside 64 / rate",
            f"{slowest / queue:.1f} ({took(slowest)}; {took(queue)})",
            slowest / queue,
            Goal("at most", 3, 12),
        ),
        Line(
            "... how late the event loop was, p99",
            f"{took(percentile(lags, 0.99))}, at most {took(max(lags))}",
            percentile(lags, 0.99) * 1000,
            Goal("at most", 5, 60, " ms"),
        ),
        Line(f"{of}: the whole press, {MANY} callers", _rates(found[f"{name} press"])),
        Line(f"{of}: the service, one caller", _rates(found[f"{name} alone"])),
    ]


def _rates(samples: Sequence[Sample]) -> str:
    text = f"{spread([sample.rate for sample in samples], '{:,.0f}'.format)} a second"
    waits = [wait for sample in samples for wait in sample.waits]
    if not waits:
        return text
    return f"{text}, p50 {took(percentile(waits, 0.5))}, p99 {took(percentile(waits, 0.99))}"
