"""Judged by option id whatever the order; orders come out even and the same for the same seed."""

from __future__ import annotations

from collections import Counter
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.grading import UNSURE, AskedQuestion, shuffled
from bot.domain.identifiers import OptionId
from bot.domain.question import Question
from tests.domain.samples import content, question

orders = st.sampled_from([tuple(OptionId(id) for id in order) for order in permutations("abcd")])


@given(orders, st.sampled_from("abcd"), st.sampled_from("abcd"))
def test_a_choice_is_judged_by_its_id_in_any_order(order: tuple[OptionId, ...], key: str, choice: str) -> None:
    asked = AskedQuestion(question(key=key), order)
    judgement = asked.judge(OptionId(choice))
    assert judgement.correct == (choice == key)
    assert judgement.key.id == key
    assert judgement.chosen == asked.question.option(OptionId(choice))
    assert judgement.shown_position == order.index(OptionId(choice))
    assert asked.letter(OptionId(choice)) == "ABCD"[judgement.shown_position]


@given(orders, st.sampled_from("abcd"))
def test_not_knowing_marks_nothing_right_or_wrong(order: tuple[OptionId, ...], key: str) -> None:
    judgement = AskedQuestion(question(key=key), order).judge(UNSURE)
    assert judgement.chosen is None
    assert not judgement.correct
    assert (judgement.key.id, judgement.shown_position) == (key, -1)


@given(orders)
def test_letters_run_down_the_page_whatever_the_order(order: tuple[OptionId, ...]) -> None:
    asked = AskedQuestion(question(), order)
    assert [letter for letter, _ in asked.shown()] == ["A", "B", "C", "D"]
    assert tuple(option.id for _, option in asked.shown()) == order
    assert all(asked.letter(option.id) == letter for letter, option in asked.shown())


@pytest.mark.parametrize("choice", ["e", "A", "", "ab", "--"])
def test_an_option_the_question_does_not_have_is_no_choice(choice: str) -> None:
    asked = AskedQuestion(question(), shuffled(question(), 1))
    with pytest.raises(KeyError):
        asked.judge(OptionId(choice))


def test_three_options_have_three_letters() -> None:
    three = question(options=3)
    asked = AskedQuestion(three, shuffled(three, "seed"))
    assert [letter for letter, _ in asked.shown()] == ["A", "B", "C"]
    assert sorted(asked.order) == ["a", "b", "c"]


@given(st.one_of(st.integers(), st.text()))
def test_the_same_seed_makes_the_same_order_of_the_same_options(seed: int | str) -> None:
    one = question()
    assert shuffled(one, seed) == shuffled(one, seed)
    assert sorted(shuffled(one, seed)) == ["a", "b", "c", "d"]


def test_an_order_is_the_same_on_every_machine_and_version() -> None:
    # Rounds keep their order, but practice makes it again from the seed a button carries.
    assert "".join(shuffled(question(), 1)) == "bcad"
    assert "".join(shuffled(question(), "7:2026-11-20")) == "dacb"


def test_every_order_comes_about_equally_often() -> None:
    draws = 4800
    counts = Counter(shuffled(question(), seed) for seed in range(draws))
    assert len(counts) == 24
    expected = draws / 24
    chi_square = sum((count - expected) ** 2 / expected for count in counts.values())
    # 23 degrees of freedom: above 49.7 in one of a thousand fair draws. The draws are fixed: this never flickers.
    assert chi_square < 49.7


def test_the_right_answer_stands_under_every_letter_about_equally_often() -> None:
    letters: Counter[str] = Counter()
    asked = 0
    for real in content().questions:
        if len(real.options) == 4:
            for day in range(40):
                letters[AskedQuestion(real, shuffled(real, f"3:{day}")).letter(real.key.id)] += 1
                asked += 1
    assert all(abs(letters[letter] / asked - 0.25) < 0.03 for letter in "ABCD")


@pytest.mark.parametrize("real", content().questions, ids=lambda real: real.id)
def test_every_real_question_has_one_right_answer_in_every_order(real: Question) -> None:
    for order in permutations(option.id for option in real.options):
        asked = AskedQuestion(real, order)
        assert [option.id for _, option in asked.shown() if asked.judge(option.id).correct] == [real.key.id]
