"""The real content, read once, and small banks of made-up questions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path

from bot.catalog import LoadedCatalog, load
from bot.domain.common_fields import Reference, Status
from bot.domain.identifiers import ObjectiveId, OptionId, QuestionId, StepId, TopicId
from bot.domain.question import Bloom, Difficulty, Option, Question, Reading, ReadingKind, ReadingResult

CONTENT = Path(__file__).parents[2] / "content" / "genai-careers"
"""The bank we ship."""
WHY = "This reason is long enough to be taken for one."
READINGS = tuple(Reading(kind, date(2026, 5, 14), ReadingResult.PASSED) for kind in ReadingKind)


@cache
def content() -> LoadedCatalog:
    """The catalog of the bank we ship."""
    loaded = load(CONTENT)
    assert loaded.problems == ()
    return LoadedCatalog(loaded.files)


def question(
    id: str = "q-1", topic: str = "rag", level: Difficulty = Difficulty.EASY, options: int = 4, key: str = "a"
) -> Question:
    """A question that stands, about nothing."""
    return Question(
        id=QuestionId(id),
        version=1,
        status=Status.LIVE,
        topic=TopicId(topic),
        difficulty=level,
        bloom=Bloom.APPLY,
        roadmap=StepId("llms"),
        roles=(),
        objectives=(ObjectiveId("O1"),),
        stem=f"What is true of {id}?",
        options=tuple(Option(OptionId(one), f"Answer {one}", WHY, correct=one == key) for one in "abcd"[:options]),
        takeaway="Nothing follows from it.",
        refs=(Reference(general="Common sense", citation="none"),),
        readings=READINGS,
    )


def bank(
    size: int, topics: Sequence[str] = ("rag",), levels: Sequence[Difficulty] = tuple(Difficulty)
) -> list[Question]:
    """Make a number of questions, their topics and levels in turn."""
    return [question(f"q-{i:03d}", topics[i % len(topics)], levels[i % len(levels)]) for i in range(size)]
