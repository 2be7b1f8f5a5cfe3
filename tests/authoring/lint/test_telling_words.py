"""Words of options that tell right ones from wrong ones: L40."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from string import ascii_lowercase

from bot.authoring.lint.checks import lint_bank
from bot.authoring.lint.telling_words import NAMED, WordUse, telling_words, word_uses
from bot.domain.common_fields import Status
from bot.domain.content_faults import Level
from bot.domain.question import Question
from tests.authoring.lint.samples import bank, files


def saying(word: str, right: int, wrong: int) -> list[Question]:
    """Questions of which one option has the word: the key in some, a wrong one in the rest."""
    made = []
    for i, one in enumerate(bank(right + wrong)):
        place = (one.options.index(one.key) + (i >= right)) % 4
        options = tuple(
            replace(each, text=f"{each.text} {word}") if at == place else each for at, each in enumerate(one.options)
        )
        made.append(replace(one, options=options))
    return made


def use_of(word: str, questions: Sequence[Question]) -> WordUse:
    (found,) = (one for one in word_uses(questions) if one.word == word)
    return found


def warned(questions: Sequence[Question]) -> list[str]:
    return [one.text for one in telling_words(questions) if one.level is not Level.INFO]


def test_a_word_that_is_never_right_is_named() -> None:
    assert warned(saying("temperature", 0, 17)) == [
        "'temperature' is right in 0 of 17 options, chance gives 4.2: use it in right ones too"
    ]
    assert warned(saying("temperature", 0, 16)) == [], "chance gives that in one of a hundred"


def test_a_word_that_is_mostly_right_is_named() -> None:
    assert warned(saying("review", 8, 4)) == [
        "'review' is right in 8 of 12 options, chance gives 3.0: use it in wrong ones too"
    ]
    assert warned(saying("review", 7, 5)) == []
    assert warned(saying("review", 3, 9)) == []
    assert warned(saying("review", 11, 0)) == [], "too few to say anything"


def test_case_does_not_matter_and_an_option_counts_once() -> None:
    questions = [
        replace(one, options=(replace(one.options[0], text=text), *one.options[1:]))
        for one, text in zip(bank(2, keys=[0, 1]), ("Cache the cache", "CACHE it"), strict=True)
    ]
    found = use_of("cache", questions)
    assert (found.options, found.right, found.expected) == (2, 1, 0.5)
    assert {"the", "it"}.isdisjoint(one.word for one in word_uses(questions))


def test_a_question_is_one_try_however_many_of_its_options_have_the_word() -> None:
    everywhere = [
        replace(one, options=tuple(replace(each, text=f"{each.text} token") for each in one.options))
        for one in bank(20)
    ]
    found = use_of("token", everywhere)
    assert (found.options, found.right, found.expected, found.odds) == (80, 20, 20, 1)


def test_words_that_are_right_in_none_or_in_all_are_listed() -> None:
    found = list(telling_words([*saying("never", 0, 3), *saying("always", 3, 0), *saying("twice", 0, 2)]))
    assert [(one.rule, one.about, one.level, one.text) for one in found] == [
        ("L40", None, Level.INFO, "words of 3 options or more that are right in none: never (0 of 3)"),
        ("L40", None, Level.INFO, "words of 3 options or more that are right in all: always (3 of 3)"),
    ]


def test_a_long_list_is_cut_after_the_oddest() -> None:
    words = " ".join(f"k{letter}" for letter in ascii_lowercase[: NAMED + 3])
    (one,) = telling_words([*saying(words, 0, 3), *saying("oddest", 0, 9)])
    assert one.text.startswith("words of 3 options or more that are right in none: oddest (0 of 9), ka (0 of 3), ")
    assert one.text.endswith(" and 4 more")


def test_only_what_is_asked_counts() -> None:
    live = saying("temperature", 0, 17)
    waiting = [replace(one, status=Status.REVIEW, readings=()) for one in live]
    assert "L40" in {one.rule for one in lint_bank(files(*live)) if one.level is Level.WARNING}
    assert "L40" not in {one.rule for one in lint_bank(files(*waiting))}
