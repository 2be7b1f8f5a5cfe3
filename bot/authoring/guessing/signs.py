"""Signs of an option that need no knowledge to be seen: how it is written, and how it stands beside the others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType

from bot.authoring.lint.cues import ABSOLUTES, HEDGES, LINKS, QUALIFIERS, echoes
from bot.authoring.lint.words import word_set, words_in
from bot.domain.question import Question

Borne = Callable[[Question], Sequence[bool]]
"""Which options bear a sign."""
Measured = Callable[[Question], Sequence[float]]
"""The amount of something in each option."""

_DENIALS = word_set("no not never none nothing nobody without cannot")
_ARTICLES = word_set("a an the")


def _matching(pattern: str) -> Borne:
    looked_for = re.compile(pattern)
    return lambda question: [bool(looked_for.search(option.text)) for option in question.options]


def _with_a_word_of(words: frozenset[str]) -> Borne:
    return lambda question: [bool(words & set(words_in(option.text))) for option in question.options]


def _at(place: int) -> Borne:
    return lambda question: [i == place for i in range(len(question.options))]


def _by_length(longer: int) -> Borne:
    """The option with that number of longer ones, where all lengths differ."""

    def borne(question: Question) -> list[bool]:
        lengths = [len(option.text) for option in question.options]
        apart = len(set(lengths)) == len(lengths)
        return [apart and sum(other > one for other in lengths) == longer for one in lengths]

    return borne


def _alone_echoing(question: Question) -> list[bool]:
    shared = [bool(one) for one in echoes(question)]
    return [one and sum(shared) == 1 for one in shared]


def _article_first(question: Question) -> list[bool]:
    return [bool(_ARTICLES & set(words_in(option.text)[:1])) for option in question.options]


SIGNS: Mapping[str, Borne] = MappingProxyType(
    {
        "the longest of all": _by_length(0),
        "the second longest": _by_length(1),
        "the third longest": _by_length(2),
        "the fourth longest": _by_length(3),
        "a number": _matching(r"\d"),
        "a comma": _matching(","),
        "a parenthesis": _matching(r"[()]"),
        "a colon or semicolon": _matching("[:;]"),
        "a hyphen or slash": _matching("[-/]"),
        "quotation marks or an apostrophe": _matching("[\"'\u2018\u2019\u201c\u201d]"),
        "a hedge": _with_a_word_of(HEDGES),
        "a qualifier": _with_a_word_of(QUALIFIERS),
        "an absolute word": _with_a_word_of(ABSOLUTES),
        "a denial": _with_a_word_of(_DENIALS),
        "'and'": _with_a_word_of(frozenset(["and"])),
        "'or'": _with_a_word_of(frozenset(["or"])),
        "a clause": _with_a_word_of(LINKS),
        "an article first": _article_first,
        "a word of the stem": lambda question: [bool(one) for one in echoes(question)],
        "a word of the stem, alone": _alone_echoing,
        "the first place": _at(0),
        "the second place": _at(1),
        "the third place": _at(2),
        "the fourth place": _at(3),
        "code": lambda question: [option.code for option in question.options],
    }
)


def _letters(question: Question) -> list[float]:
    return [len(option.text) for option in question.options]


def _words(question: Question) -> list[float]:
    return [len(words_in(option.text)) for option in question.options]


def _letters_a_word(question: Question) -> list[float]:
    return [letters / max(1, words) for letters, words in zip(_letters(question), _words(question), strict=True)]


def _longer_than(question: Question) -> list[float]:
    """The share of the other options that are shorter."""
    lengths = _letters(question)
    return [sum(other < one for other in lengths) / (len(lengths) - 1) for one in lengths]


def _echoed(question: Question) -> list[float]:
    return [len(one) for one in echoes(question)]


def _shared_with_others(question: Question) -> list[float]:
    """The share of its words that stand in another option too."""
    said = [set(words_in(option.text)) for option in question.options]
    others = [set[str]().union(*(each for i, each in enumerate(said) if i != place)) for place in range(len(said))]
    return [len(one & rest) / max(1, len(one)) for one, rest in zip(said, others, strict=True)]


MEASURES: Mapping[str, Measured] = MappingProxyType(
    {
        "letters": _letters,
        "words": _words,
        "letters a word": _letters_a_word,
        "longer than": _longer_than,
        "words of the stem": _echoed,
        "words of other options": _shared_with_others,
    }
)


def surface(question: Question) -> list[dict[str, float]]:
    """For each option its signs and measures beside the middle of its question."""
    found: list[dict[str, float]] = [{} for _ in question.options]
    for name, values in _seen(question):
        middle = sum(values) / len(values)
        for one, value in zip(found, values, strict=True):
            one[name] = value - middle
    return found


def _seen(question: Question) -> Iterator[tuple[str, Sequence[float]]]:
    yield from ((name, [float(one) for one in borne(question)]) for name, borne in SIGNS.items())
    yield from ((name, measured(question)) for name, measured in MEASURES.items())
