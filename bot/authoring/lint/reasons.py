"""Each option has a reason of its own, which says more than right or wrong."""

from __future__ import annotations

from collections.abc import Iterator

from bot.authoring.lint.known import Known
from bot.authoring.lint.words import plain, word_set, words
from bot.domain.faults import Fault
from bot.domain.question import Question


def only_says_wrong(why: str) -> bool:
    """Whether a reason says no more than that the option is wrong."""
    return not set(words(why)) - _SAYING_WRONG


_SAYING_WRONG = word_set(
    "this that the a an is are was it not no so option answer choice one here right wrong incorrect correct false "
    "true because simply just please try again another and therefore question sorry in for to of"
)


def reasons(question: Question, known: Known) -> Iterator[Fault]:
    """Each option has a reason of its own."""
    seen: dict[str, int] = {}
    for position, option in enumerate(question.options):
        first = seen.setdefault(plain(option.why), position)
        if first != position:
            told = f"the same reason as option {question.options[first].id}: say what is wrong with this one"
            yield Fault("L08", ("options", position, "why"), told)
        elif only_says_wrong(option.why):
            yield Fault("L08", ("options", position, "why"), "this says only that it is wrong: say why")
