"""``python -m bench``: measure and print; ``--write`` puts it into docs/performance.md, ``--quick`` is for CI."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bench import answers, due, finding, machine, page, reviewing, slack, starting
from bench.discord import posting, pressing
from bench.discord import starting as discord_starting
from bench.figures import Chapter
from bot.app.core import load_catalog
from bot.catalog.catalog import LoadedCatalog
from bot.config import packaged

Benchmark = Callable[[Path, LoadedCatalog, bool], Iterable[Chapter]]


def _discord(folder: Path, catalog: LoadedCatalog, quick: bool) -> Iterator[Chapter]:
    yield pressing.run(folder, catalog, pressing.QUICK if quick else pressing.Plan())
    yield posting.run(folder, catalog, posting.QUICK if quick else posting.Plan())
    yield discord_starting.run(folder, discord_starting.QUICK if quick else discord_starting.Plan())


BENCHMARKS: dict[str, Benchmark] = {
    "answers": lambda folder, catalog, quick: [
        answers.run(folder, catalog, answers.QUICK if quick else answers.Plan())
    ],
    "due": lambda folder, catalog, quick: [due.run(folder, catalog, due.QUICK if quick else due.Plan())],
    "finding": lambda _, catalog, quick: [finding.run(catalog, finding.QUICK if quick else finding.Plan())],
    "reviewing": lambda folder, catalog, quick: [
        reviewing.run(folder, catalog, reviewing.QUICK if quick else reviewing.Plan())
    ],
    "starting": lambda folder, _, quick: [starting.run(folder, starting.QUICK if quick else starting.Plan())],
    "discord": _discord,
    "slack": lambda folder, _, quick: [slack.run(folder, slack.QUICK if quick else slack.Plan())],
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure Studybot beside its floors.")
    parser.add_argument("only", nargs="*", choices=[[], *BENCHMARKS], help="which benchmarks; all without a name")
    parser.add_argument("--quick", action="store_true", help="short runs, failing only far beyond the goals")
    parser.add_argument(
        "--write",
        action="store_true",
        help="put the figures into docs/performance.md, those of the benchmarks that ran",
    )
    asked = parser.parse_args()
    if asked.write and asked.quick:
        parser.error("--write is not for a short run")

    catalog = load_catalog(packaged("content"))
    others, begun = machine.Others(), time.perf_counter()
    chapters = []
    with tempfile.TemporaryDirectory(prefix="studybot-bench-") as name:
        folder = Path(name)
        about = machine.described(folder)
        for each in asked.only or BENCHMARKS:
            for chapter in BENCHMARKS[each](folder, catalog, asked.quick):
                chapters.append(chapter)
                print(f"{chapter}\n", flush=True)
    about = f"{datetime.now(UTC):%d %B %Y}, in {time.perf_counter() - begun:.0f} s: {about}{others.told()}"
    print(about)
    if asked.write and asked.only:
        page.renew({chapter.title: f"{chapter}\n\n{about}" for chapter in chapters})
    elif asked.write:
        page.put("\n\n".join([about, *map(str, chapters)]))
    return _broken(chapters) if asked.quick else 0


def _broken(chapters: Sequence[Chapter]) -> int:
    broken = [line for chapter in chapters for line in chapter.lines if line.broken]
    for line in broken:
        print(f"Far beyond its goal ({line.goal}): {line.what}: {line.figure}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
