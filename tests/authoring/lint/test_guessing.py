"""The guesser finds cues where there are some, and our bank gives it none."""

from __future__ import annotations

import pytest

from bot.authoring.guessing import STRATEGIES, guess
from tests.authoring.lint.samples import bank, with_texts
from tests.domain.samples import content


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_no_folk_advice_beats_our_bank(strategy: str) -> None:
    (guessed,) = (one for one in guess(content().questions) if one.strategy == strategy)
    assert guessed.of > 50
    assert guessed.share <= 0.30, f"{guessed.right:.1f} of {guessed.of}"
    assert guessed.passes


def test_a_bank_full_of_cues_falls_to_it() -> None:
    by_name = {one.strategy: one for one in guess(bank(40, lengths=dict.fromkeys(range(40), 12)))}
    assert by_name["longest option"].share == 1
    assert by_name["third option"].share == 0.25
    assert by_name["all of them together"].share > 0.6
    assert not by_name["longest option"].passes


@pytest.mark.parametrize(
    ("strategy", "texts"),
    [
        ("longest option", ["Prompts", "The new index", "Weights", "Chance"]),
        ("most specific option", ["Prompts", "7, 9", "Weights", "Chance"]),
        ("most words of the stem", ["Prompts", "Handbook", "Weights", "Chance"]),
        ("no absolute words", ["Only prompts", "The index", "Never weights", "Must be chance"]),
    ],
)
def test_each_strategy_sees_its_sign(strategy: str, texts: list[str]) -> None:
    assert {one.strategy: one.right for one in guess([with_texts(*texts)])}[strategy] == 1


def test_one_who_sees_nothing_guesses_at_chance() -> None:
    blank = with_texts("wxyz", "abcd", "efgh", "ijkl")
    for one in guess([blank]):
        assert one.right == (0 if one.strategy in ("third option", "all of them together") else 0.25)
        assert one.chance == 0.25
    assert guess([])[0].share == 0
