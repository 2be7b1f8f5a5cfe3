"""Judging a choice, and showing options in an order of the round's own."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from bot.domain.identifiers import OptionId
from bot.domain.question import Option, Question

LETTERS = "ABCD"

UNSURE = OptionId("-")
"""What is stored for *Don't know*: an answer that keeps the streak and marks nothing wrong."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A choice, judged: the option taken (None for *Don't know*) beside the right one."""

    chosen: Option | None
    key: Option
    shown_position: int
    """0 for the option shown first; -1 for *Don't know*."""
    correct: bool = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "correct", self.chosen is not None and self.chosen.id == self.key.id)


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question with the order its options are shown in; letters belong to positions, grading to option ids."""

    question: Question
    order: tuple[OptionId, ...]

    def letter(self, option: OptionId) -> str:
        """The letter under which that option is shown."""
        return LETTERS[self.order.index(option)]

    def shown(self) -> tuple[tuple[str, Option], ...]:
        """The options with their letters, as shown."""
        return tuple((LETTERS[i], self.question.option(id)) for i, id in enumerate(self.order))

    def judge(self, choice: OptionId) -> Judgement:
        """Judge a choice by option id; ``KeyError`` if the question has no such option."""
        if choice == UNSURE:
            return Judgement(None, self.question.key, -1)
        return Judgement(self.question.option(choice), self.question.key, self.order.index(choice))


def shuffled(question: Question, seed: int | str) -> tuple[OptionId, ...]:
    """An order for the options, the same for the same seed on every machine."""
    order = [option.id for option in question.options]
    random.Random(f"order:{seed}").shuffle(order)
    return tuple(order)
