"""Guessers that follow folk advice ("take the longest"); nothing here is tuned on any bank.

Each is one piece of advice, and together they vote as equals.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from bot.authoring.guessing.scoring import Strategy, liked_most
from bot.authoring.lint.cues import ABSOLUTES, HEDGES, echoes, specifics
from bot.authoring.lint.words import words_in
from bot.domain.question import Question


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
    """Each gives one vote, shared among the options it likes equally; one that sees nothing abstains."""
    votes = [0.0] * len(question.options)
    for strategy in ALONE.values():
        liked = liked_most(strategy(question))
        if len(liked) < len(votes):
            for place in liked:
                votes[place] += 1 / len(liked)
    return votes


ADVICE: Mapping[str, Strategy] = MappingProxyType({**ALONE, "all of them together": _together})
