"""A test-wise guesser: how well does somebody do who knows nothing and reads only the signs?

Nothing here is tuned on any bank: each strategy is one piece of folk advice, and together they vote as equals.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from bot.authoring.lint.cues import ABSOLUTES, HEDGES, echoes, key_position, specifics
from bot.authoring.lint.words import words_in
from bot.domain.question import Question

Strategy = Callable[[Question], Sequence[float]]
"""How much each option is to be preferred."""

LIMIT = 0.30
"""The most a guesser may get right of our bank; chance gives a quarter to a third."""


def _longest(question: Question) -> list[float]:
    return [len(option.text) for option in question.options]


def _most_specific(question: Question) -> list[float]:
    return [len(specifics(option.text)) + bool(HEDGES & set(words_in(option.text))) for option in question.options]


def _echo(question: Question) -> list[float]:
    return [len(shared) for shared in echoes(question)]


def _third(question: Question) -> list[float]:
    return [float(place == 2) for place in range(len(question.options))]


def _not_absolute(question: Question) -> list[float]:
    return [-len(ABSOLUTES & set(words_in(option.text))) for option in question.options]


ALONE: Mapping[str, Strategy] = MappingProxyType(
    {
        "longest option": _longest,
        "most specific option": _most_specific,
        "most words of the stem": _echo,
        "third option": _third,
        "no absolute words": _not_absolute,
    }
)


def _together(question: Question) -> list[float]:
    """Each strategy gives one vote, shared among the options it likes equally; one that sees nothing abstains."""
    votes = [0.0] * len(question.options)
    for strategy in ALONE.values():
        liked = _liked(strategy(question))
        if len(liked) < len(votes):
            for place in liked:
                votes[place] += 1 / len(liked)
    return votes


STRATEGIES: Mapping[str, Strategy] = MappingProxyType({**ALONE, "all of them together": _together})


@dataclass(frozen=True, slots=True)
class Guessed:
    """The score of a strategy on some questions."""

    strategy: str
    right: float
    """Of options liked equally one is taken at random, so that this may be a fraction."""
    of: int
    chance: float

    @property
    def share(self) -> float:
        """The share of the whole that it gets right."""
        return self.right / self.of if self.of else 0.0

    @property
    def passes(self) -> bool:
        """Return whether the bank withstands it."""
        return self.share <= LIMIT


def guess(questions: Sequence[Question]) -> tuple[Guessed, ...]:
    """Score each strategy."""
    chance = sum(1 / len(question.options) for question in questions)
    return tuple(
        Guessed(name, sum(_right(question, strategy) for question in questions), len(questions), chance)
        for name, strategy in STRATEGIES.items()
    )


def _right(question: Question, strategy: Strategy) -> float:
    liked = _liked(strategy(question))
    return 1 / len(liked) if key_position(question) in liked else 0.0


def _liked(scores: Sequence[float]) -> list[int]:
    most = max(scores)
    return [place for place, score in enumerate(scores) if score == most]
