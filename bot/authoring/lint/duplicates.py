"""Two questions that ask the same, or of which one answers the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from bot.authoring.lint.findings import Finding, finding
from bot.authoring.lint.words import plain
from bot.domain.faults import Level
from bot.domain.question import Question

TWIN, ALIKE = 0.85, 0.60
"""Likeness of stems: from the first on an error if the keys are alike too, from the second on worth a look."""
KEYS_ALIKE = 0.8
TELLING = (2, 10)
"""A key of fewer words or characters stands in many stems without telling anything."""
SAME_KEY = 3

Trigrams = frozenset[str]


def trigrams(text: str) -> Trigrams:
    """The runs of three characters of a text, without case and punctuation."""
    flat = f"  {plain(text)} "
    return frozenset(flat[i : i + 3] for i in range(len(flat) - 2))


def jaccard(one: Trigrams, other: Trigrams) -> float:
    """The share of two sets that is common to both."""
    common = len(one & other)
    return common / (len(one) + len(other) - common) if common else 0.0


def duplicates(questions: Sequence[Question]) -> Iterator[Finding]:
    """Pairs with the same stem, or stems and keys so alike that one is the other in new clothes."""
    seen = [Compared.of(question) for question in questions]
    for position, one in enumerate(seen):
        for other in seen[:position]:
            yield from one.beside(other)


@dataclass(frozen=True, slots=True)
class Compared:
    """A question with its stem made ready for comparing."""

    question: Question
    flat: str
    grams: Trigrams

    @classmethod
    def of(cls, question: Question) -> Compared:
        """Make a question ready."""
        # Many ask what a block prints: it is the block that tells them apart.
        asked = f"{question.stem} {question.block.text}" if question.block else question.stem
        return cls(question, plain(asked), trigrams(asked))

    def beside(self, other: Compared) -> Iterator[Finding]:
        """Compare it with another: an error if it asks the same, a warning if it is like it."""
        if self.flat == other.flat:
            told = f"the same stem as {other.question.id}: keep one of them"
            yield finding("L36", self.question, ("stem",), told)
            return
        fewer, more = sorted((len(self.grams), len(other.grams)))
        # No two sets are more alike than their sizes are.
        if fewer < ALIKE * more:
            return
        alike = jaccard(self.grams, other.grams)
        if alike >= ALIKE:
            yield _twin(self.question, other.question, alike)


def _twin(question: Question, other: Question, alike: float) -> Finding:
    keys = fuzz.ratio(plain(question.key.text), plain(other.key.text)) / 100
    told = f"stem {alike:.0%} like {other.id}"
    if alike >= TWIN and keys >= KEYS_ALIKE:
        return finding("L36", question, ("stem",), f"{told}, with the same answer: keep one of them")
    return finding("L36", question, ("stem",), f"{told}: make sure it asks something else", Level.WARNING)


def giveaways(questions: Sequence[Question], names: Collection[str] = ()) -> Iterator[Finding]:
    """Stems that hold another question's answer, and answers that are right too often.

    ``names`` stand in many stems without telling anything: those of roles, in small letters.
    """
    stems = [(question, f" {plain(question.stem)} ") for question in questions]
    same: dict[str, list[Question]] = defaultdict(list)
    for question in questions:
        key = plain(question.key.text)
        same[key].append(question)
        if len(key.split()) < TELLING[0] or len(key) < TELLING[1] or key in names:
            continue
        for other, stem in stems:
            if other is not question and f" {key} " in stem:
                told = f"this stem holds the answer of {question.id} ({question.key.text!r}): reword one of them"
                yield finding("L37", other, ("stem",), told)
    for sharing in same.values():
        if len(sharing) > SAME_KEY:
            told = f"{sharing[0].key.text!r} is the answer of {len(sharing)} questions, at most {SAME_KEY} are wanted: "
            names = ", ".join(one.id for one in sharing)
            yield finding("L38", sharing[SAME_KEY], ("options",), told + names)
