"""What a stem asks for and what an option says: no opinions, and no option that stands for others."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.authoring.lint.known import Known
from bot.authoring.lint.words import asked_in, sentences
from bot.domain.faults import Fault
from bot.domain.question import Question

_STANDS_FOR_OTHERS = re.compile(
    r"\b(?:all|none|any|both|neither) of the (?:above|below)\b"
    r"|^(?:all|none|any|both|neither) of (?:the |these |those )?(?:other )?(?:options|answers|choices|others)\W*$"
    r"|^(?:all|none|any|both|neither|either)(?: of (?:them|these|those|it))?\W*$"
    r"|\b(?:i|we) (?:don['\u2019]?t|do not) know\b|^(?:not sure|don['\u2019]?t know|no idea|unsure)\W*$",
    re.IGNORECASE,
)
_LETTERS = re.compile(
    r"^(?:both |only |neither |either )?[A-D](?:,? ?(?:and|or|nor|&|\+|,) ?[A-D])+(?: only)?\W*$", re.I
)
_OPINION = re.compile(
    r"\b(?:best|most important|most useful|most valuable|greatest|ideal|worst|favourite)\b", re.IGNORECASE
)
_CRITERION = re.compile(
    r"\baccording to\b|\b(?:fits?|describes?|explains?|matches|supports|answers|shows?|serves?|suits?|tests?) best\b"
    r"|\bbest (?:fits?|next|describes?|explains?|matches|supports|answers|shows?|serves?|suits?)\b",
    re.IGNORECASE,
)


def stand_ins(question: Question, known: Known) -> Iterator[Fault]:
    """No option stands for other options or for knowing nothing."""
    for position, option in enumerate(question.options):
        if _STANDS_FOR_OTHERS.search(option.text) or _LETTERS.match(option.text):
            told = f"{option.text!r} stands for other options or for none: write a mistake people make, or leave it out"
            yield Fault("L21", ("options", position, "text"), told)


def opinion(question: Question, known: Known) -> Iterator[Fault]:
    """What is best is asked with a situation, a criterion or a source."""
    found = _OPINION.search(asked_in(question.stem))
    if found and len(sentences(question.stem)) < 2 and not _CRITERION.search(question.stem):
        told = f"{found[0]!r} asks for an opinion: name a situation, a criterion or the source"
        yield Fault("L27", ("stem",), told)
