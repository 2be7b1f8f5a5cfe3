"""Looking things up is never what a person waits for: limits with 10,000 questions in memory.

Each figure is processor time, the best of several runs, so that a busy machine does not decide.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from time import process_time
from typing import Any

import pytest
import yaml

from bot.catalog import LoadedCatalog, load, yaml_file
from bot.catalog.layout import LAYOUT
from bot.domain.identifiers import QuestionId
from bot.domain.knowledge import Term
from bot.domain.lookup import NameIndex, find, suggest
from tests.domain.samples import CONTENT

pytestmark = pytest.mark.long

QUESTIONS = 10_000
SEARCH, LOOKUP, START = 0.005, 0.001, 0.5
READING = 2.2
"""Times what libyaml and its events in Python take; it was 2.5 with a place kept for every text."""


@cache
def large() -> LoadedCatalog:
    """The real content with that number of questions, each with a word of its own."""
    files = load(CONTENT).files
    bank = files.questions
    many = (
        replace(bank[n % len(bank)], id=QuestionId(f"q-{n}"), stem=f"Case{n}: {bank[n % len(bank)].stem[:180]}")
        for n in range(QUESTIONS)
    )
    return LoadedCatalog(replace(files, questions=tuple(many)))


def best(run: Callable[[], object], times: int = 15) -> float:
    """Seconds of the quickest run."""

    def once() -> float:
        begun = process_time()
        run()
        return process_time() - begun

    return min(once() for _ in range(times))


@pytest.mark.parametrize(
    "text",
    [
        "rag",
        "case",
        "c",
        "case123x",
        "prompt engineer pay",
        "hallucinatoin of languge modls in prodction systms",
        "the a of what is to be in",
        "model data prompt training question answer system user",
        "x" * 500,
    ],
)
def test_a_search_takes_less_than_five_milliseconds(text: str) -> None:
    assert best(lambda: large().search.find(text, 8)) < SEARCH


INDEXES: dict[str, Callable[[], NameIndex[Any]]] = {
    "role": lambda: large().profile_names,
    "topic": lambda: large().topic_names,
    "step": lambda: large().step_names,
    "term": lambda: large().knowledge.names(Term),
}


@pytest.mark.parametrize("text", ["a", "ai enginer", "retreival", "europe/berln", "hallucinat", "xyzzy quux", ""])
@pytest.mark.parametrize("index", INDEXES)
def test_a_lookup_or_completion_takes_less_than_a_millisecond(index: str, text: str) -> None:
    names = INDEXES[index]()
    assert best(lambda: find(names, text)) < LOOKUP
    assert best(lambda: suggest(names, text)) < LOOKUP


def test_reading_a_bank_takes_about_twice_what_its_parser_takes_alone() -> None:
    paths = [path for part in LAYOUT for path in part.paths(CONTENT)]
    texts = [path.read_text(encoding="utf-8") for path in paths]

    def parse() -> None:
        for text in texts:
            deque(yaml.parse(text, Loader=yaml.CSafeLoader), maxlen=0)

    assert best(lambda: [yaml_file.read(path, path.name) for path in paths]) < READING * best(parse)


def test_reading_and_checking_all_content_takes_less_than_half_a_second() -> None:
    assert best(lambda: LoadedCatalog(load(CONTENT).files), times=3) < START
