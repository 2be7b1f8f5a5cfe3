"""Every guesser there is, put to a bank."""

from __future__ import annotations

from collections.abc import Sequence

from bot.authoring.guessing.folk_advice import ADVICE
from bot.authoring.guessing.learned import learned_guesses
from bot.authoring.guessing.scoring import Guessed, scored
from bot.authoring.guessing.sisters import sister_guess
from bot.domain.question import Question


def guess(questions: Sequence[Question]) -> tuple[Guessed, ...]:
    """Score each guesser; those who learn only where they can."""
    simple = (
        scored(name, ((question, strategy(question)) for question in questions), two_sided=True)
        for name, strategy in ADVICE.items()
    )
    return *simple, *learned_guesses(questions), sister_guess(questions)
