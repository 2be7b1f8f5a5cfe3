"""One question with nothing to mend, ways to change it in one place, and small banks of such questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from bot.authoring.lint.context import Context, runs_in
from bot.domain.common_fields import Reference, Status
from bot.domain.content import ContentFiles
from bot.domain.identifiers import ObjectiveId, OptionId, QuestionId, RoleId, StepId, TopicId
from bot.domain.question import Bloom, Difficulty, Option, Question, Reading, ReadingKind, ReadingResult

TODAY = date(2026, 11, 25)
ARTICLE = "Good tests are written long before anybody looks at the first answer of a model."
KNOWN = Context(
    today=TODAY,
    acronyms=frozenset({"API", "RAG"}),
    avoided={"guys": "people", "silver bullet": "a cure"},
    runs=runs_in({"s9": ARTICLE}),
)
READINGS = tuple(Reading(kind, date(2026, 5, 14), ReadingResult.PASSED) for kind in ReadingKind)

CLEAN = Question(
    id=QuestionId("rag-001"),
    version=1,
    status=Status.LIVE,
    topic=TopicId("rag"),
    difficulty=Difficulty.MEDIUM,
    bloom=Bloom.APPLY,
    roadmap=StepId("rag"),
    roles=(RoleId("ai-engineer"),),
    objectives=(ObjectiveId("O2"),),
    stem="A support bot cites a rule the handbook dropped last week. What should be checked first?",
    options=(
        Option(OptionId("a"), "Whether the prompt asks for short replies",
               "Length does not decide which facts it is given."),
        Option(OptionId("b"), "Whether the index holds the new edition",
               "Retrieval can return only what was indexed.", True),
        Option(OptionId("c"), "Whether the model has enough parameters",
               "A larger one repeats the same passage as well."),
        Option(OptionId("d"), "Whether the sampling is far too random",
               "Chance varies the words and not the facts given."),
    ),
    takeaway="An answer is as fresh as the index behind it.",
    refs=(Reference(general="Retrieval", citation="Lewis et al. 2020"),),
    readings=READINGS,
)  # fmt: skip
KEY = 1


def with_texts(*texts: str) -> Question:
    """The clean question with other option texts; the second is right."""
    options = tuple(replace(CLEAN.options[i], text=text) for i, text in enumerate(texts))
    return replace(CLEAN, options=options)


def with_why(position: int, why: str) -> Question:
    """The clean question with another reason for one option."""
    options = tuple(replace(one, why=why) if i == position else one for i, one in enumerate(CLEAN.options))
    return replace(CLEAN, options=options)


def bank(
    size: int,
    *,
    keys: Sequence[int] = (0, 2, 1, 3),
    lengths: Mapping[int, int] | None = None,
    options: int = 4,
    key_text: str = "",
) -> list[Question]:
    """Make questions with nothing in common; by position in the bank, how long their keys are (5 is alike)."""
    made = []
    for number in range(size):
        place = keys[number % len(keys)]
        texts = [f"{number}{letter}" * 2 for letter in "wxyz"[:options]]
        wanted = (lengths or {}).get(number)
        if wanted is not None:
            texts[place] = f"k{number}".ljust(wanted, "k")[:wanted]
        if key_text:
            texts[place] = key_text
        made.append(
            replace(
                CLEAN,
                id=QuestionId(f"q-{number:03d}"),
                stem=f"{number * 7919} {number * 104729} {number * 1299709}?",
                options=tuple(
                    Option(OptionId("abcd"[i]), text, CLEAN.options[i].why, i == place) for i, text in enumerate(texts)
                ),
            )
        )
    return made


def files(*questions: Question) -> ContentFiles:
    """Content with questions only."""
    return ContentFiles(questions=questions)
