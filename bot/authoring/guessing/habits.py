"""Habits of a bank: signs and words that are right more or less often than chance explains."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.authoring.guessing.signs import SIGNS, Borne
from bot.authoring.lint.chance import Tally, tally
from bot.authoring.lint.cues import key_position
from bot.authoring.lint.telling_words import one_sided, word_uses
from bot.domain.question import Question


@dataclass(frozen=True, slots=True)
class Habit:
    """A sign or a word that leads to the key, or away from it."""

    sign: str
    right: int
    of: int
    expected: float
    """The number that chance would make right."""


@dataclass(frozen=True, slots=True)
class Habits:
    """The habits of a bank: those chance does not explain, and words that may become one."""

    found: tuple[Habit, ...]
    """Signs first, then words, the oddest first."""
    one_sided: tuple[str, ...]
    """Words of several options that are right in none, and those that are right in all, in a sentence each."""


def habits(questions: Sequence[Question]) -> Habits:
    """Look for every sign and word whose share of keys chance does not explain."""
    signs = [(name, _borne_by_keys(questions, borne)) for name, borne in SIGNS.items()]
    uses = word_uses(questions)
    return Habits(
        (
            *(Habit(name, one.found, one.of, one.expected) for name, one in signs if not one.is_chance),
            *(Habit(f"'{use.word}'", use.right, use.options, use.expected) for use in uses if use.tells),
        ),
        tuple(one_sided(uses)),
    )


def _borne_by_keys(questions: Sequence[Question], borne: Borne) -> Tally:
    """Count the keys that bear a sign, in questions where some options do and some do not."""
    return tally(_tries(questions, borne))


def _tries(questions: Sequence[Question], borne: Borne) -> Iterator[tuple[bool, float]]:
    for question in questions:
        bearing = borne(question)
        if 0 < sum(bearing) < len(bearing):
            yield bearing[key_position(question)], sum(bearing) / len(bearing)
