"""A reader who remembers a sister's answer gains nothing from it."""

from __future__ import annotations

from dataclasses import replace

from bot.authoring.guessing.sisters import PAIRS, pairs, sister_guess
from bot.domain.identifiers import ConceptId, QuestionId
from bot.domain.question import Question
from tests.authoring.lint.samples import bank, with_texts


def twins(many: int, *, alike: bool) -> list[Question]:
    """Pairs of sisters: with the same answer, or with one whose sister has it among the wrong ones."""
    made = []
    for number in range(many):
        first = with_texts(f"Ask {number} people", f"Cache answer {number}", "Wait", "Train again")
        second = with_texts(
            "Measure it first", f"Cache the answer {number}" if alike else "Rank it", "Buy", f"Caches of {number}"
        )
        made += [
            replace(one, id=QuestionId(f"{name}-{number:03d}"), concept=ConceptId(f"c-{number}"))
            for name, one in (("one", first), ("two", second))
        ]
    return made


def test_the_same_answer_in_other_words_is_found() -> None:
    found = sister_guess(twins(PAIRS, alike=True))
    assert (found.of, found.share, found.too_often) == (2 * PAIRS, 1, True)
    assert not sister_guess(twins(PAIRS, alike=False)).too_often


def test_few_pairs_prove_nothing() -> None:
    assert not sister_guess(twins(PAIRS - 1, alike=True)).too_often


def test_every_question_is_tried_with_each_of_its_sisters() -> None:
    one, two, three, other, alone = bank(5)
    shared = [replace(each, concept=ConceptId("cache")) for each in (one, two, three)]
    found = [*pairs([*shared, replace(other, concept=ConceptId("index")), alone])]
    assert len(found) == 6
    assert all(question.is_sister_of(sister) for question, sister in found)
    assert sister_guess(bank(9)).of == 0


def test_words_that_stand_anywhere_make_nothing_alike() -> None:
    told = with_texts("It is for the team", "It is for the cache", "Buy", "Ask")
    asked = with_texts("It is for the plan", "Some cache", "Buy", "Ask")
    sisters = [
        replace(one, id=QuestionId(id), concept=ConceptId("cache")) for id, one in (("q-1", told), ("q-2", asked))
    ]
    assert sister_guess(sisters).right == 2
