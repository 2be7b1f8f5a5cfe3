"""Reviewing: /review as dispatch runs it, among the memories of many members."""

from __future__ import annotations

import asyncio
import random
import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bench.figures import Chapter, Goal, Line, percentile, took
from bench.product import Product, opened
from bench.world import NOW, Size, World
from bot.catalog.catalog import LoadedCatalog
from bot.domain.community import Platform
from bot.domain.identifiers import PlaceRef
from bot.ports.call import Call
from bot.replies.reviewing import ReviewAsked, ReviewVerdict

SMALL = Size(250, 40, 2)
HOW = (
    "Members chosen at random, one after the other, on SQLite with {memories:,} memories ({each} a member, a third of "
    "them due). *Asking* is `/review` typed, to the reply; *answering* a letter pressed below it, to the reply "
    "after the commit. The first review of a community's day plans what its tracks ask within two "
    "weeks, and is told apart."
)
_MEMORIES = """
INSERT INTO memories
SELECT m.id, q.id, 0.5 + (m.id * 31 + q.n * 17) % 40, 5.0, iif((m.id + q.n) % 3 = 0, :today, :later), :before, q.key,
       NULL
FROM members m CROSS JOIN asked q ORDER BY m.id, q.id
"""
_LOG = """
INSERT INTO review_log SELECT member_id, question_id, last_on, 0, key_option, NULL FROM memories
"""


@dataclass(frozen=True, slots=True)
class Plan:
    size: Size = SMALL
    each: int = 100
    presses: int = 2000


QUICK = Plan(Size(100, 20, 2), presses=300)


@dataclass(frozen=True, slots=True)
class Waits:
    """Seconds that members waited."""

    first: list[float]
    """For the first review that anybody in their community asked for that day."""
    asking: list[float]
    answering: list[float]


def run(folder: Path, catalog: LoadedCatalog, plan: Plan) -> Chapter:
    world = World(folder, plan.size, catalog)
    with world.copy() as path:
        memories = _fill(path, catalog, plan.each)
        waits = asyncio.run(_measured(path, catalog, plan))
    return Chapter(
        "Reviewing",
        HOW.format(memories=memories, each=plan.each),
        (
            Line("The first /review of a community's day", _told(waits.first)),
            _line("Asking for the next to review", waits.asking),
            _line("Answering it", waits.answering),
        ),
    )


def _line(name: str, seconds: Sequence[float]) -> Line:
    return Line(name, _told(seconds), percentile(seconds, 0.99) * 1000, Goal("at most", 10, 100, " ms"))


def _told(seconds: Sequence[float]) -> str:
    return f"median {took(percentile(seconds, 0.5))}, p99 {took(percentile(seconds, 0.99))}"


def _fill(path: Path, catalog: LoadedCatalog, each: int) -> int:
    questions = random.Random("memories").sample(catalog.questions, each)
    today = NOW.date()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TEMP TABLE asked (n INTEGER, id TEXT, key TEXT)")
        rows = [(n, one.id, one.key.id) for n, one in enumerate(questions)]
        connection.executemany("INSERT INTO asked VALUES (?, ?, ?)", rows)
        days = {
            "today": str(today),
            "later": str(today + timedelta(days=30)),
            "before": str(today - timedelta(days=10)),
        }
        made = connection.execute(_MEMORIES, days).rowcount
        connection.execute(_LOG)
    return made


async def _measured(path: Path, catalog: LoadedCatalog, plan: Plan) -> Waits:
    dice = random.Random("reviewing")
    waits = Waits([], [], [])
    with opened(path, catalog) as product:
        for community in range(1, plan.size.communities + 1):
            await _reviewed(product, _call(community, plan, dice), Waits([], waits.first, []))
        for _ in range(plan.presses):
            community = dice.randrange(plan.size.communities) + 1
            await _reviewed(product, _call(community, plan, dice), waits)
    return waits


async def _reviewed(product: Product, call: Call, waits: Waits) -> None:
    begun = time.perf_counter()
    asked = (await product.dispatch.line(call, "/review")).reply
    waits.asking.append(time.perf_counter() - begun)
    if not isinstance(asked, ReviewAsked):
        return  # that member had ten today
    letter = asked.as_card().choices[0].route.text
    begun = time.perf_counter()
    judged = (await product.dispatch.press(call, letter)).reply
    waits.answering.append(time.perf_counter() - begun)
    assert isinstance(judged, ReviewVerdict)


def _call(community: int, plan: Plan, dice: random.Random) -> Call:
    """A call of any member of a community."""
    member = community + dice.randrange(plan.size.members) * plan.size.communities
    place, seed = PlaceRef("channel"), dice.getrandbits(31)
    return Call(Platform.DISCORD, str(community + 2 * 10**17), place, str(member + 10**17), NOW, seed)
