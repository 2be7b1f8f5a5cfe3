"""The breadth of what is asked: concepts and their sisters, terms of the glossary, and what questions show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.authoring.lint.names import named
from bot.domain.artefact import BlockKind
from bot.domain.content import ContentFiles
from bot.domain.knowledge import Term
from bot.domain.question import Question

SISTERED, TERMS, MET, SHOWING = 120, 320, 250, 40
"""The least number of concepts with a sister, of terms, of terms that are met, and of questions that show something."""
PICTURE, CODE_OPTIONS = "picture", "options that are code"
KINDS = (*(kind.value for kind in BlockKind), PICTURE, CODE_OPTIONS)


@dataclass(frozen=True, slots=True)
class Breadth:
    """The number of live questions, concepts and terms of each kind."""

    questions: int
    with_concept: int
    concepts: int
    sistered: int
    """Concepts that two or more questions share."""
    terms: int
    """Those of the glossary."""
    met: int
    """Those that a question lists and its readers meet by name."""
    shown: Counter[str]
    """The number of questions by what they show beside their words."""
    showing: int
    """Questions that show anything of it."""


def breadth(files: ContentFiles, live: Sequence[Question]) -> Breadth:
    """Count what these questions touch."""
    glossary = {entry.id: entry for entry in files.knowledge if isinstance(entry, Term)}
    concepts = Counter(question.concept for question in live if question.concept)
    shown = [[*_shown(question)] for question in live]
    return Breadth(
        questions=len(live),
        with_concept=concepts.total(),
        concepts=len(concepts),
        sistered=sum(many > 1 for many in concepts.values()),
        terms=len(glossary),
        met=len({term.id for question in live for term in named(question, glossary)}),
        shown=Counter(kind for kinds in shown for kind in kinds),
        showing=sum(bool(kinds) for kinds in shown),
    )


def _shown(question: Question) -> Iterator[str]:
    if question.block:
        yield question.block.kind.value
    if question.picture:
        yield PICTURE
    if any(option.code for option in question.options):
        yield CODE_OPTIONS
