"""Parts of a bank to learn from and to be tried on, sisters never in both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from bot.domain.question import Question

FOLDS = 10


def held_out(questions: Sequence[Question], seed: int) -> Iterator[tuple[list[int], list[int]]]:
    """Ten times: the positions to learn from, and those to be tried on; each is tried once."""
    concepts = sorted({_group(question) for question in questions})
    Random(seed).shuffle(concepts)
    fold_of = {concept: number % FOLDS for number, concept in enumerate(concepts)}
    folds = [fold_of[_group(question)] for question in questions]
    for number in range(min(FOLDS, len(concepts))):
        yield (
            [place for place, fold in enumerate(folds) if fold != number],
            [place for place, fold in enumerate(folds) if fold == number],
        )


def _group(question: Question) -> tuple[str, str]:
    return ("concept", question.concept) if question.concept else ("question", question.id)
