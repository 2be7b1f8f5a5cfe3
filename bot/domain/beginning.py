"""The first questions a group or a member meets: easy or medium, and each on another topic."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.domain.question import Difficulty, Question

BEGINNING = 10
"""The number of questions that count as the first."""


def to_begin_with(choices: Sequence[Question], met: Collection[Question], number: int) -> Sequence[Question]:
    """The choices for somebody who was asked that ``number`` of questions, the ``met`` ones among them.

    All of them where none is fit for a beginner.
    """
    if number >= BEGINNING:
        return choices
    kind = [question for question in choices if question.difficulty is not Difficulty.HARD] or choices
    topics = {question.topic for question in met}
    return [question for question in kind if question.topic not in topics] or kind
