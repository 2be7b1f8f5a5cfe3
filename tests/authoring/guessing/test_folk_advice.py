"""Folk advice finds its cues where there are some, and a bank that leads away from it gives as much away."""

from __future__ import annotations

import pytest

from bot.authoring.guessing.folk_advice import ADVICE
from bot.authoring.guessing.guessers import guess
from bot.authoring.guessing.scoring import LED_FROM, LIMIT, Guessed, scored
from bot.domain.question import Question
from tests.authoring.lint.samples import bank, with_texts
from tests.authoring.lint.test_bank import standing_out


def by_advice(questions: list[Question]) -> dict[str, Guessed]:
    return {one.guesser: one for one in guess(questions) if one.guesser in ADVICE}


def test_a_bank_full_of_cues_falls_to_it() -> None:
    found = by_advice(bank(40, lengths=dict.fromkeys(range(40), 12)))
    assert found["longest option"].share == 1
    assert found["third option"].share == 0.25
    assert found["all of them together"].share > 0.6
    assert [name for name, one in found.items() if one.too_often] == ["longest option", "all of them together"]


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
    assert by_advice([with_texts(*texts)])[strategy].right == 1


def test_one_who_sees_nothing_guesses_at_chance() -> None:
    for name, one in by_advice([with_texts("wxyz", "abcd", "efgh", "ijkl")]).items():
        blind = name not in ("third option", "all of them together")
        assert (one.right, one.led.of) == ((0.25, 0) if blind else (0, 1))
        assert one.chance == 0.25
    assert guess([])[0].share == 0


def test_a_sign_that_is_right_too_seldom_fails_as_one_that_is_right_too_often() -> None:
    def fails(right: int, of: int) -> tuple[bool, bool]:
        longest = by_advice(standing_out(right, of, 12))["longest option"]
        return longest.too_seldom, longest.too_often

    assert fails(14, 100) == (True, False)
    assert fails(15, 100) == fails(31, 100) == (False, False)
    assert fails(32, 100) == (False, True)


def test_a_sign_of_few_questions_helps_nobody() -> None:
    assert by_advice(standing_out(0, LED_FROM, 12))["longest option"].too_seldom
    assert not by_advice(standing_out(0, LED_FROM - 1, 12))["longest option"].too_seldom


def test_options_that_are_all_but_equally_liked_share_the_point() -> None:
    two = with_texts("One", "Two", "Three")
    assert scored("nearly", [(two, [0.5, 0.5 + 1e-9, 0.1])]).right == 0.5
    assert scored("quite", [(two, [0.5, 0.51, 0.1])]).right == 1
    assert 0.30 < LIMIT < 1 / 3
