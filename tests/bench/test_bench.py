"""Each benchmark at its smallest: what it measures on is sound, and what it measures is not far beyond its goals."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest

from bench import answers, due, finding, floors, machine, page, reviewing, slack, starting
from bench.discord import posting, pressing, servers
from bench.discord import starting as discord_starting
from bench.figures import Chapter, Goal, Line, interleaved
from bench.load import all_at_once, lateness
from bench.product import Product, opened
from bench.world import Size, World
from bot.app.core import load_catalog
from bot.catalog.catalog import LoadedCatalog
from bot.config import packaged
from bot.posting.recount import recount_everything
from tests.fakes.discord import FakeDiscord

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("bench")]

TINY = Size(20, 20, 3)


@pytest.fixture(scope="module")
def catalog() -> LoadedCatalog:
    return load_catalog(packaged("content"))


def test_a_generated_database_holds_what_use_would_have_left(tmp_path: Path, catalog: LoadedCatalog) -> None:
    world = World(tmp_path, TINY, catalog)

    with world.copy() as path, opened(path, catalog) as product:
        differing = asyncio.run(recount_everything(product.storage))
        with closing(sqlite3.connect(path)) as database:
            orphans = database.execute("PRAGMA foreign_key_check").fetchall()

    assert world.answers > TINY.communities * TINY.members
    assert (differing, orphans) == (0, [])


@pytest.mark.parametrize("hour", [0, 12, 23])
async def test_no_track_is_due_on_the_day_of_its_open_round(tmp_path: Path, catalog: LoadedCatalog, hour: int) -> None:
    world = World(tmp_path, TINY, catalog)
    now = datetime(2026, 11, 25, hour, 0, 30, tzinfo=UTC)
    with world.copy() as path:
        async with FakeDiscord(check_spec=False) as discord:
            servers.built(discord, path, catalog, now)
        servers.all_due(path, now)
        with closing(sqlite3.connect(path)) as database:
            same = database.execute(
                "SELECT count(*) FROM rounds r JOIN tracks t ON t.id = r.track_id"
                " WHERE r.state = 'open' AND r.local_date >= t.next_local_date"
            ).fetchone()
    assert same == (0,)


def test_by_hand_leaves_the_same_answers_votes_and_points_as_the_product(
    tmp_path: Path, catalog: LoadedCatalog
) -> None:
    world = World(tmp_path, TINY, catalog)
    presses = world.presses(300, seed=1)

    async def served(product: Product) -> None:
        await all_at_once(product.serve, presses, 1)

    with world.copy() as path:
        with opened(path, catalog) as product:
            asyncio.run(served(product))
        by_product = _left(path)
    with world.copy() as path:
        floors.raw(path, presses)
        by_hand = _left(path)
    with world.copy() as path:
        floors.aio(path, presses, callers=8)
        by_aiosqlite = _left(path)

    assert by_hand == by_product
    assert sorted(by_aiosqlite[1]) == sorted(by_product[1])
    assert len(by_product[0]) == world.answers + len(presses)


def _left(path: Path) -> list[list[tuple[object, ...]]]:
    tables = (
        "answers ORDER BY round_id, member_id",
        "(SELECT id, n_a, n_b, n_c, n_d FROM rounds) ORDER BY id",
        "points ORDER BY track_id, week, member_id",
        "review ORDER BY member_id, question_id",
        "(SELECT track_id, member_id, last_seq, answered FROM standings) ORDER BY track_id, member_id",
    )
    with closing(sqlite3.connect(path)) as database:
        return [database.execute(f"SELECT * FROM {table}").fetchall() for table in tables]


@pytest.mark.long
def test_answers(tmp_path: Path, catalog: LoadedCatalog) -> None:
    plan = answers.Plan(small=TINY, large=Size(40, 20, 5), rounds=1, many=200, few=100)

    _sane(answers.run(tmp_path, catalog, plan))


@pytest.mark.long
def test_all_due_at_once(tmp_path: Path, catalog: LoadedCatalog) -> None:
    _sane(due.run(tmp_path, catalog, due.Plan(many=120, few=10, rounds=1)))


@pytest.mark.long
def test_reviewing(tmp_path: Path, catalog: LoadedCatalog) -> None:
    _sane(reviewing.run(tmp_path, catalog, reviewing.Plan(TINY, each=20, presses=40)))


def test_finding(catalog: LoadedCatalog) -> None:
    _sane(finding.run(catalog, finding.Plan(questions=500, rounds=1)))


@pytest.mark.long
def test_starting(tmp_path: Path) -> None:
    _sane(starting.run(tmp_path, starting.Plan(rounds=1)))


@pytest.mark.long
def test_presses_on_discord(tmp_path: Path, catalog: LoadedCatalog) -> None:
    _sane(pressing.run(tmp_path, catalog, pressing.Plan(rounds=1, alone=20, many=100)))


@pytest.mark.long
def test_posts_and_reveals_on_discord_keep_to_its_limit(tmp_path: Path, catalog: LoadedCatalog) -> None:
    chapter = posting.run(tmp_path, catalog, posting.QUICK)

    assert not any(line.broken for line in chapter.lines), str(chapter)


@pytest.mark.long
def test_a_start_on_discord(tmp_path: Path) -> None:
    _sane(discord_starting.run(tmp_path, discord_starting.QUICK))


def _sane(chapter: Chapter) -> None:
    judged = [line for line in chapter.lines if line.goal is not None]
    assert judged
    assert all(line.value is not None and line.value > 0 for line in judged)
    assert all(line.verdict in ("met", "**missed**") for line in judged)
    assert str(chapter).count("\n") > len(chapter.lines)


async def test_lateness_shows_a_loop_that_was_held_up() -> None:
    async with lateness() as lags:
        time.sleep(0.05)  # noqa: ASYNC251 - holding the loop up is what is tested

    assert max(lags) > 0.03


def test_contenders_take_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    # Between turns the heap is cleaned up: that of a whole run of tests takes a second.
    monkeypatch.setattr("bench.figures.gc", SimpleNamespace(collect=lambda: None))

    found = interleaved({name: partial(order.append, name) for name in "abc"}, rounds=4)

    assert [sorted(order[first : first + 3]) for first in range(0, 12, 3)] == [["a", "b", "c"]] * 4
    assert {len(results) for results in found.values()} == {4}


def test_a_goal_says_whether_it_was_met_and_how_far_a_short_run_may_fall_behind() -> None:
    line = Line("rate", "0.2", 0.2, Goal("at least", 0.3, 0.1))

    assert (line.verdict, line.broken) == ("**missed**", False)
    assert Line("rate", "0.05", 0.05, Goal("at least", 0.3, 0.1)).broken
    assert Line("wait", "2", 2, Goal("at most", 3, 9)).verdict == "met"


def test_figures_are_put_between_the_marks_and_nothing_else_changes(tmp_path: Path) -> None:
    path = tmp_path / "performance.md"
    path.write_text(f"before\n{page.BEGIN}\nold\n{page.END}\nafter\n", encoding="utf-8")

    page.put("new", path)
    page.put("newer", path)

    assert path.read_text(encoding="utf-8") == f"before\n{page.BEGIN}\n\nnewer\n\n{page.END}\nafter\n"


def test_a_benchmark_run_alone_renews_its_own_chapters(tmp_path: Path) -> None:
    path = tmp_path / "performance.md"
    page_of = f"before\n{page.BEGIN}\n\nabout\n\n{{}}\n\n{page.END}\nafter\n".format
    path.write_text(page_of("### A\nold\n\n### B\nkept"), encoding="utf-8")

    page.renew({"A": "### A\nnew", "C": "### C\nfirst"}, path)

    assert path.read_text(encoding="utf-8") == page_of("### A\nnew\n\n### B\nkept\n\n### C\nfirst")


def test_the_machine_is_described(tmp_path: Path) -> None:
    assert "SQLite" in machine.described(tmp_path)


def test_the_page_has_its_place_for_figures() -> None:
    text = page.PAGE.read_text(encoding="utf-8")

    assert text.index(page.BEGIN) < text.index(page.END)


@pytest.mark.long
def test_slack_is_measured_on_both_lines_beside_bolt(tmp_path: Path) -> None:
    chapter = slack.run(tmp_path, slack.Plan(rounds=1, alone=10, together=100))
    assert [line.what.partition(":")[0] for line in chapter.lines if ":" in line.what] == [
        "Socket Mode",
        "Socket Mode",
        "HTTP",
        "HTTP",
    ]
    assert not any(line.broken for line in chapter.lines)
