"""The least an answer can cost: the same reads and writes by hand, on sqlite3 itself and on aiosqlite.

Neither makes a verdict: they check, insert, count and keep a streak of one more or one again.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Generator, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import aiosqlite

from bench.load import Sample, all_at_once
from bench.world import Press
from bot.domain.schedule import iso_week

GROUP = 64
# As the product sets its connections up.
PRAGMAS = ("journal_mode = WAL", "synchronous = FULL", "cache_size = -16384", "foreign_keys = ON")

Row = tuple[Any, ...]
Steps = Generator[tuple[str, Row], Row | None, None]

_CHECK = """
    SELECT r.state, r.seq, r.local_date, r.question_id, t.id, t.community_id
    FROM rounds r JOIN tracks t ON t.id = r.track_id JOIN communities c ON c.id = t.community_id
    WHERE r.id = ? AND c.platform = 'discord' AND c.external_id = ?
"""
_MEMBER = "SELECT id FROM members WHERE community_id = ? AND external_id = ?"
_NEWCOMER = "INSERT INTO members (community_id, external_id, hidden) VALUES (?, ?, 0) RETURNING id"
_ANSWER = "INSERT INTO answers VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING round_id"
_COUNT = {
    option: f"UPDATE rounds SET n_{option} = n_{option} + 1 WHERE id = ? RETURNING n_a, n_b, n_c, n_d, n_unsure"
    for option in "abcd"
}
_STANDING = """
    INSERT INTO standings VALUES (?, ?, 1, 1, ?, 1, 1) ON CONFLICT DO UPDATE SET
        streak = iif(last_seq = excluded.last_seq - 1, streak + 1, 1), best = max(best, streak + 1),
        last_seq = excluded.last_seq, answered = answered + 1
    RETURNING streak, best, freezes, answered
"""
_POINTS = """
    INSERT INTO points VALUES (?, ?, ?, ?, 1) ON CONFLICT DO UPDATE SET
        points = points + excluded.points, answered = answered + 1
    RETURNING points, answered
"""
_REVIEW = "INSERT INTO review VALUES (?, ?, 'wrong') ON CONFLICT DO UPDATE SET reason = excluded.reason"


def _answer(press: Press) -> Steps:
    """The statements of one answer; each is sent the first row of the one before."""
    found = yield _CHECK, (press.round, press.community)
    if found is None or found[0] != "open":
        return
    _, seq, day, question, track, community = found
    member = (yield _MEMBER, (community, press.user)) or (yield _NEWCOMER, (community, press.user))
    assert member is not None
    fresh = yield _ANSWER, (press.round, *member, press.option, press.position, press.correct)
    if fresh is None:
        return
    yield _COUNT[press.option], (press.round,)
    yield _STANDING, (track, *member, seq)
    yield _POINTS, (track, iso_week(date.fromisoformat(day)), *member, press.correct)
    if not press.correct:
        yield _REVIEW, (*member, question)


def raw(path: Path, presses: Sequence[Press]) -> Sample:
    """One thread, sixty-four answers a transaction."""
    with closing(sqlite3.connect(path, isolation_level=None, cached_statements=256)) as database:
        for pragma in PRAGMAS:
            database.execute(f"PRAGMA {pragma}")
        begun = time.perf_counter()
        for first in range(0, len(presses), GROUP):
            database.execute("BEGIN IMMEDIATE")
            for press in presses[first : first + GROUP]:
                _run(database, press)
            database.execute("COMMIT")
        return Sample(len(presses), time.perf_counter() - begun)


def _run(database: sqlite3.Connection, press: Press) -> None:
    steps = _answer(press)
    try:
        sql, values = next(steps)
        while True:
            rows = database.execute(sql, values).fetchall()
            sql, values = steps.send(rows[0] if rows else None)
    except StopIteration:
        return


def aio(path: Path, presses: Sequence[Press], callers: int) -> Sample:
    """aiosqlite at its best: one connection, one caller at a time, a transaction an answer."""

    async def run() -> Sample:
        async with aiosqlite.connect(path, isolation_level=None, cached_statements=256) as database:
            for pragma in PRAGMAS:
                await database.execute(f"PRAGMA {pragma}")
            turn = asyncio.Lock()

            async def one(press: Press) -> None:
                async with turn:
                    await database.execute_fetchall("BEGIN IMMEDIATE")
                    await _run_async(database, press)
                    await database.execute_fetchall("COMMIT")

            return await all_at_once(one, presses, callers)

    return asyncio.run(run())


async def _run_async(database: aiosqlite.Connection, press: Press) -> None:
    steps = _answer(press)
    try:
        sql, values = next(steps)
        while True:
            rows = list(await database.execute_fetchall(sql, values))
            sql, values = steps.send(tuple(rows[0]) if rows else None)
    except StopIteration:
        return
