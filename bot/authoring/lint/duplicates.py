"""Two questions that ask the same, or of which one answers the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from bot.authoring.lint.findings import Finding, finding
from bot.authoring.lint.words import comparable, plain
from bot.domain.content_faults import Level
from bot.domain.question import Question

TWIN, ALIKE = 0.85, 0.60
"""Likeness of stems: from the first on an error if the keys are alike too, from the second on worth a look."""
KEYS_ALIKE = 0.8
TELLING = (2, 10)
"""A key of fewer words or characters stands in many stems without telling anything."""
SAME_KEY = 3
LEADING = frozenset(["a", "an", "its", "the", "their", "your"])

Trigrams = frozenset[str]


def trigrams(text: str) -> Trigrams:
    """The runs of three characters of a text, without case and punctuation."""
    return _in_threes(f"  {plain(text)} ")


def _in_threes(text: str) -> Trigrams:
    return frozenset(text[i : i + 3] for i in range(len(text) - 2))


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
    shown: str
    """The text of its block as it stands; empty if it has none."""
    words: Trigrams
    grams: Trigrams
    """Those of the stem and the block together."""

    @classmethod
    def of(cls, question: Question) -> Compared:
        """Make a question ready."""
        shown = question.block.text if question.block else ""
        words = trigrams(question.stem)
        return cls(question, plain(question.stem), shown, words, words | _in_threes(shown))

    def beside(self, other: Compared) -> Iterator[Finding]:
        """Compare it with another: an error if it asks the same, a warning if it is like it."""
        # Many ask what a block prints, or several things of one block: what differs tells them apart.
        alone = self.shown == other.shown
        if alone and self.flat == other.flat:
            told = f"the same stem as {other.question.id}: keep one of them"
            yield finding("L36", self.question, ("stem",), told)
            return
        mine, theirs = (self.words, other.words) if alone else (self.grams, other.grams)
        fewer, more = sorted((len(mine), len(theirs)))
        # No two sets are more alike than their sizes are.
        if fewer < ALIKE * more:
            return
        alike = jaccard(mine, theirs)
        if alike >= ALIKE:
            yield _twin(self.question, other.question, alike, alone)


def _twin(question: Question, other: Question, alike: float, alone: bool) -> Finding:
    keys = fuzz.ratio(comparable(question.key), comparable(other.key)) / 100
    told = f"stem {alike:.0%} like {other.id}"
    if alone and alike >= TWIN and keys >= KEYS_ALIKE:
        return finding("L36", question, ("stem",), f"{told}, with the same answer: keep one of them")
    return finding("L36", question, ("stem",), f"{told}: make sure it asks something else", Level.WARNING)


def giveaways(questions: Sequence[Question], names: Collection[str] = ()) -> Iterator[Finding]:
    """Stems that hold another question's answer, and answers that are right too often.

    ``names`` stand in many stems without telling anything: those of roles and terms, in small letters.
    """
    stems = [(question, _asked(question), f" {plain(_asked(question))} ") for question in questions]
    same: dict[str, list[Question]] = defaultdict(list)
    for question in questions:
        key = comparable(question.key)
        same[key].append(question)
        if len(key.split()) < TELLING[0] or len(key) < TELLING[1] or key in names or _bare(key) in names:
            continue
        for other, asked, stem in stems:
            if other is not question and (key in asked if question.key.code else f" {key} " in stem):
                told = f"this stem holds the answer of {question.id} ({question.key.text!r}): reword one of them"
                yield finding("L37", other, ("stem",), told)
    for sharing in same.values():
        if len(sharing) > SAME_KEY:
            told = f"{sharing[0].key.text!r} is the answer of {len(sharing)} questions, at most {SAME_KEY} are wanted: "
            names = ", ".join(one.id for one in sharing)
            yield finding("L38", sharing[SAME_KEY], ("options",), told + names)


def _asked(question: Question) -> str:
    return f"{question.stem}\n{question.block.text}" if question.block else question.stem


def _bare(key: str) -> str:
    """The key without the word that leads it in: "the kv cache" names what "kv cache" does."""
    first, _, rest = key.partition(" ")
    return rest if first in LEADING else key
