"""A guesser who was told the answer of a question's sister, and takes the option most like it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import permutations

from rapidfuzz import fuzz

from bot.authoring.guessing.scoring import Guessed, scored
from bot.authoring.lint.words import STOP_WORDS, words_in
from bot.domain.identifiers import ConceptId
from bot.domain.question import Question

PAIRS = 30
"""Of fewer pairs a share says nothing."""


def pairs(questions: Sequence[Question]) -> Iterator[tuple[Question, Question]]:
    """Each question beside each of its sisters: every pair twice, once to either side."""
    by_concept: dict[ConceptId, list[Question]] = defaultdict(list)
    for question in questions:
        if question.concept is not None:
            by_concept[question.concept].append(question)
    for sisters in by_concept.values():
        yield from permutations(sisters, 2)


def sister_guess(questions: Sequence[Question]) -> Guessed:
    """The score of who remembers a sister's answer and nothing else."""
    guesses = ((question, _alike(question, sister.key.text)) for question, sister in pairs(questions))
    return scored("a sister's answer", guesses, at_least=2 * PAIRS)


def _alike(question: Question, remembered: str) -> list[float]:
    return [fuzz.token_set_ratio(_telling(option.text), _telling(remembered)) for option in question.options]


def _telling(text: str) -> str:
    """The text without words that stand in any; as it is if it has no others."""
    said = words_in(text)
    return " ".join(word for word in said if word not in STOP_WORDS) or " ".join(said)
