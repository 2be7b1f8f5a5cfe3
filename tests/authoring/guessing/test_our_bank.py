"""Our bank gives a guesser nothing."""

from __future__ import annotations

from functools import cache

import pytest

from bot.authoring.guessing.folk_advice import ADVICE
from bot.authoring.guessing.guessers import guess
from bot.authoring.guessing.learned import SEEING
from bot.authoring.guessing.scoring import Guessed
from tests.domain.samples import content


@cache
def guesses() -> dict[str, Guessed]:
    return {one.guesser: one for one in guess(content().questions)}


@pytest.mark.xdist_group("kept together")
@pytest.mark.parametrize("guesser", [*ADVICE, *SEEING, "a sister's answer"])
def test_no_guesser_beats_our_bank(guesser: str) -> None:
    found = guesses()[guesser]
    assert found.of > 50 or guesser == "a sister's answer"
    assert not found.too_often, f"{found.right:.1f} of {found.of}"
    assert not found.too_seldom, f"{found.led}"


@pytest.mark.xdist_group("kept together")
def test_nobody_else_guesses() -> None:
    assert [*guesses()] == [*ADVICE, *SEEING, "a sister's answer"]
