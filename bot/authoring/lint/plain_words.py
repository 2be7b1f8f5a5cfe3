"""Adults who read in a second language read every word: short sentences, known short forms, no idioms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from bot.authoring.lint.known import Known
from bot.authoring.lint.readability import grade
from bot.authoring.lint.words import plain, texts
from bot.domain.faults import Fault
from bot.domain.question import Question

GRADE_LIMIT = 12.0

_WORD = re.compile(r"(?<![\w-])[A-Za-z]+\d*(?![\w-])")
_EMPHASIS = frozenset(["NOT", "EXCEPT", "LEAST"])


def readable(question: Question, known: Known) -> Iterator[Fault]:
    """Stem and options can be read by adults who read in a second language."""
    whole = ". ".join([question.stem, *(option.text.rstrip(".") for option in question.options)]) + "."
    found = grade(whole)
    if found > GRADE_LIMIT:
        told = f"stem and options read at grade {found:.1f}, at most {GRADE_LIMIT:g}: shorter sentences and words"
        yield Fault("L22", ("stem",), told)


def unknown_words(question: Question, known: Known) -> Iterator[Fault]:
    """Short forms are known or explained, and no word is on the list of those to avoid."""
    said = list(texts(question))
    whole = " ".join(text for _, text in said)
    told: set[str] = set()
    for at, text in said:
        if at[0] == "refs":
            continue
        for form in filter(_is_short_form, _WORD.findall(text)):
            singular = form.removesuffix("s")
            if {form, singular} & (known.acronyms | _EMPHASIS | told) or f"({singular}" in whole:
                continue
            told.add(singular)
            yield Fault("L23", at, f"{form} is not a known short form: write it out once, or add it to words.yaml")
        flat = f" {plain(text)} "
        for word, instead in known.avoided.items():
            if f" {_flat(word)} " in flat:
                yield Fault("L23", at, f"{word!r}: say {instead} instead")


def _is_short_form(word: str) -> bool:
    """Two capital letters, or capitals and a number."""
    letters = word.rstrip("0123456789")
    return sum(char.isupper() for char in word) >= 2 or (letters.isupper() and letters != word)


@cache
def _flat(word: str) -> str:
    return plain(word)
