"""The habits of a bank are named, and what chance explains is none."""

from __future__ import annotations

from dataclasses import replace

from bot.authoring.guessing.habits import habits
from tests.authoring.lint.samples import bank
from tests.authoring.lint.test_bank import standing_out
from tests.authoring.lint.test_telling_words import saying


def test_a_bank_without_habits_has_none() -> None:
    assert habits(bank(100)).found == ()
    assert habits([]).found == ()


def test_a_length_that_is_never_the_key_is_named() -> None:
    uneven = [
        replace(one, options=tuple(replace(each, text="k" * (i + 1)) for i, each in enumerate(one.options)))
        for one in bank(40, keys=[0, 1, 3])
    ]
    (never, *_) = [one for one in habits(uneven).found if not one.right]
    assert (never.sign, never.right, never.of, never.expected) == ("the second longest", 0, 40, 10)
    # Where two are as long, none is the second longest.
    assert "the second longest" not in [one.sign for one in habits(standing_out(0, 40, 12)).found]


def test_a_word_and_its_count_are_named() -> None:
    (found,) = habits(saying("temperature", 0, 17)).found
    assert (found.sign, found.right, found.of, found.expected) == ("'temperature'", 0, 17, 4.25)
    assert habits(saying("temperature", 0, 5)).one_sided[0].endswith("temperature (0 of 5)")


def test_a_sign_borne_by_all_options_is_none() -> None:
    everywhere = [
        replace(one, options=tuple(replace(each, text=f"{each.text}, so") for each in one.options)) for one in bank(50)
    ]
    commas = [one for one in habits([*saying("this, that", 100, 0), *everywhere]).found if one.sign == "a comma"]
    assert [(one.right, one.of) for one in commas] == [(100, 100)]
