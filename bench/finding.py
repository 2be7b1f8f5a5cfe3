"""Finding: searches, names and completion with a large bank in memory, and reading the content at the start."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from bench.figures import Chapter, Goal, Line, interleaved, middle, spread, took
from bot.catalog import LoadedCatalog, load
from bot.catalog.banks import banks_in
from bot.config import packaged
from bot.domain.identifiers import QuestionId
from bot.domain.lookup import NameIndex, find, suggest

HOW = (
    "In one process, {questions:,} questions in memory, the slowest of several texts each. The floor of a search is "
    "one scan of all texts for the words as they were typed, which forgives no slip and ranks nothing."
)
SEARCHED = (
    "rag",
    "prompt engineer pay",
    "hallucinatoin of languge modls in prodction systms",
    "model data prompt training question answer system user",
    "xyzzy",
)
NAMED = ("ai enginer", "retreival", "europe/berln", "a", "xyzzy quux")


@dataclass(frozen=True, slots=True)
class Plan:
    questions: int = 10_000
    rounds: int = 11


QUICK = Plan(rounds=3)


def run(catalog: LoadedCatalog, plan: Plan) -> Chapter:
    folder = banks_in(packaged("content"))[0].path
    large = _large(folder, plan.questions)
    texts = [" ".join((item.stem, *item.tags)).casefold() for item in large.questions]
    names: tuple[NameIndex[Any], ...] = (large.profile_names, large.topic_names)
    found = interleaved(
        {
            "scan": lambda: _slowest(lambda text: _scanned(texts, text), SEARCHED),
            "search": lambda: _slowest(lambda text: large.search.find(text, 8), SEARCHED),
            "lookup": lambda: max(_slowest(partial(find, index), NAMED) for index in names),
            "completion": lambda: max(_slowest(partial(suggest, index), NAMED) for index in names),
            "reading": lambda: _seconds(lambda: LoadedCatalog(load(folder).files)),
        },
        plan.rounds,
    )
    entries = len(catalog.questions) + len(catalog.search)
    return Chapter(
        "Finding",
        HOW.format(questions=plan.questions),
        (
            Line("One scan of the questions' texts", spread(found["scan"], took)),
            Line(
                "A search", spread(found["search"], took), middle(found["search"]) * 1000, Goal("at most", 5, 50, " ms")
            ),
            Line(
                "A role or topic by name",
                spread(found["lookup"], took),
                middle(found["lookup"]) * 1000,
                Goal("at most", 1, 10, " ms"),
            ),
            Line(
                "... completed while typing",
                spread(found["completion"], took),
                middle(found["completion"]) * 1000,
                Goal("at most", 1, 10, " ms"),
            ),
            Line(
                f"Reading and checking the content ({entries} entries to ask or find)",
                spread(found["reading"], took),
                middle(found["reading"]),
                Goal("at most", 0.5, 3, " s"),
            ),
        ),
    )


def _large(folder: Path, questions: int) -> LoadedCatalog:
    files = load(folder).files
    bank = files.questions
    many = (
        replace(bank[n % len(bank)], id=QuestionId(f"q-{n}"), stem=f"Case{n}: {bank[n % len(bank)].stem[:180]}")
        for n in range(questions)
    )
    return LoadedCatalog(replace(files, questions=tuple(many)))


def _scanned(texts: Sequence[str], text: str) -> list[str]:
    words = text.split()
    return [one for one in texts if all(word in one for word in words)]


def _slowest(run: Callable[[str], object], texts: Sequence[str]) -> float:
    return max(_seconds(partial(run, text)) for text in texts)


def _seconds(run: Callable[[], object]) -> float:
    begun = time.perf_counter()
    run()
    return time.perf_counter() - begun
