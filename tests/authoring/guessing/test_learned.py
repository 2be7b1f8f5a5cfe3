"""Guessers that learn: from nine tenths, without sisters of what they are tried on, the same on every run."""

from __future__ import annotations

import sys
from dataclasses import replace
from random import Random

import pytest

from bot.authoring.guessing.folds import FOLDS, held_out
from bot.authoring.guessing.guessers import guess
from bot.authoring.guessing.learned import LEARN_FROM, SEEING, can_learn, learned_guesses
from bot.authoring.guessing.signs import MEASURES, SIGNS, surface
from bot.domain.identifiers import ConceptId
from bot.domain.question import Question
from tests.authoring.lint.samples import bank, with_texts

SURFACE, WORDS = SEEING


def shares(questions: list[Question]) -> dict[str, float]:
    return {one.guesser: one.share for one in learned_guesses(questions)}


def with_words(questions: list[Question], right: str, wrong: str) -> list[Question]:
    """The questions with one word in each right option, and one in each wrong one."""
    return [
        replace(one, options=tuple(replace(o, text=f"{o.text} {right if o.correct else wrong}") for o in one.options))
        for one in questions
    ]


def test_a_word_that_tells_is_learned() -> None:
    found = shares(with_words(bank(60), "review", "prompt"))
    assert found[WORDS] == 1


def test_a_habit_of_writing_is_learned() -> None:
    found = shares(with_words(bank(60), "this and that", "this, by that"))
    assert found[SURFACE] == 1
    never_longest = shares(bank(80, lengths=dict.fromkeys(range(80), 3)))
    assert never_longest[SURFACE] == 1, "a length that is always the key, though not the longest"


def test_where_there_is_no_habit_nothing_is_learned() -> None:
    dice = Random(7)
    words = [f"word{i}" for i in range(40)]
    plain = [
        replace(one, options=tuple(replace(o, text=" ".join(dice.sample(words, 3))) for o in one.options))
        for one in bank(200, keys=[dice.randrange(4) for _ in range(200)])
    ]
    assert all(share < 0.36 for share in shares(plain).values())


def test_two_runs_learn_the_same() -> None:
    questions = with_words(bank(60, keys=[0, 2, 1, 3, 1]), "a or b", "a and b")
    assert list(learned_guesses(questions)) == list(learned_guesses(questions))


def test_sisters_are_never_learned_from_when_one_is_tried() -> None:
    questions = [replace(one, concept=ConceptId(f"c-{i // 3}")) for i, one in enumerate(bank(90))]
    tried: list[int] = []
    for learning, trying in held_out(questions, 1):
        assert {questions[i].concept for i in learning}.isdisjoint(questions[i].concept for i in trying)
        assert sorted(learning + trying) == [*range(90)]
        tried += trying
    assert sorted(tried) == [*range(90)]
    assert len([*held_out(questions, 1)]) == FOLDS
    assert [*held_out(questions, 1)] == [*held_out(questions, 1)] != [*held_out(questions, 2)]


def test_without_a_concept_each_stands_for_itself() -> None:
    folds = [trying for _, trying in held_out(bank(40), 1)]
    assert [len(trying) for trying in folds] == [4] * FOLDS
    assert len([*held_out(bank(3), 1)]) == 3


def test_too_few_teach_nothing() -> None:
    assert list(learned_guesses(bank(LEARN_FROM - 1))) == []
    assert len([*learned_guesses(bank(LEARN_FROM))]) == len(SEEING)


def test_without_the_development_tools_the_simple_ones_still_guess(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sklearn", None)
    assert not can_learn()
    names = [one.guesser for one in guess(bank(60))]
    assert "longest option" in names
    assert not {*SEEING} & {*names}


def test_what_is_seen_of_an_option_is_seen_beside_the_others() -> None:
    seen = surface(with_texts("Two, 3", "One", "And so on", "No"))
    assert all(one.keys() == SIGNS.keys() | MEASURES.keys() for one in seen)
    assert all(abs(sum(one[name] for one in seen)) < 1e-9 for name in seen[0])
    assert [one["a comma"] > 0 for one in seen] == [True, False, False, False]
    assert [one["the longest of all"] > 0 for one in seen] == [False, False, True, False]


@pytest.mark.parametrize(
    ("sign", "texts", "bearing"),
    [
        ("the second longest", ["aaaa", "bbb", "cc", "d"], "b"),
        ("the fourth longest", ["aaaa", "bbb", "cc", "d"], "d"),
        ("the longest of all", ["aaaa", "bbbb", "cc", "d"], ""),
        ("a number", ["One", "Two", "3 files", "Four"], "c"),
        ("a denial", ["Not now", "Nothing", "Notes", "Cannot"], "abd"),
        ("'and'", ["Sand", "this and that", "c", "AND so on"], "bd"),
        ("an article first", ["The index", "Then", "a", "Keep the index"], "ac"),
        ("a word of the stem", ["a handbook", "b", "handbooks", "d"], "ac"),
        ("a word of the stem, alone", ["a handbook", "b", "handbooks", "d"], ""),
        ("a word of the stem, alone", ["a handbook", "b", "c", "d"], "a"),
        ("quotation marks or an apostrophe", ["model's", "\u201cb\u201d", "c", "d"], "ab"),
        ("the third place", ["a", "b", "c", "d"], "c"),
    ],
)
def test_each_sign_is_seen(sign: str, texts: list[str], bearing: str) -> None:
    assert [*SIGNS[sign](with_texts(*texts))] == [letter in bearing for letter in "abcd"]
