"""Signs that lead somebody who does not know the answer to one option, and the rules against them.

L13 to L19.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from statistics import median

from rapidfuzz import fuzz

from bot.authoring.lint.context import Context
from bot.authoring.lint.words import content_words, word_set, words_in
from bot.domain.content_faults import Fault
from bot.domain.question import Question

ABSOLUTES = frozenset(["always", "never", "only", "must", "cannot"])
HEDGES = frozenset(["usually", "often", "rarely"])
QUALIFIERS = word_set(
    "sometimes mostly mainly generally typically normally likely probably possibly perhaps may might could tends "
    "partly roughly depends seldom"
)
_SPECIFIC = {"a number": re.compile(r"\d"), "a comma": re.compile(r","), "a parenthesis": re.compile(r"[()]")}

ALIKE = 85
"""From this token-set similarity on, out of 100, two wrong options are one."""

_ARTICLES = word_set("a an the its their his her our your my this that these those each every no")
LINKS = word_set("because by when if with without since so unless while although whether")
# Verbs options begin with; words that are as often nouns (test, change, report) tell nothing and are left out.
_VERBS = word_set(
    "add adopt allow apply ask assume avoid become begin block bring build buy call choose collect combine "
    "compare compute connect convert create cut decide define delete deliver deploy describe double drop embed "
    "enable encode encrypt ensure evaluate examine explain expand fill find fix follow freeze gather generate get "
    "give hide hire ignore improve include increase insert invent join keep learn let list log lower maintain "
    "make mask measure merge mix move offer open pay pick place postpone predict prepare prevent propose prove "
    "publish put raise read rebuild reduce refuse reject remove rename replace require retrain retrieve rewrite "
    "run save say scale see select send separate serve shorten show shuffle skip split start stop store strip "
    "summarise switch take teach tell throw train treat tune turn update upload use verify wait widen write"
)

KEY_RATIO = (0.65, 1.40)
SPREAD = 2.0
SHORT = 25
"""Options shorter than this differ in length without anybody noticing."""


def specifics(text: str) -> frozenset[str]:
    """The signs of an exact option: a number, a comma, a parenthesis, a qualifier; hedges are told by themselves."""
    found = {name for name, pattern in _SPECIFIC.items() if pattern.search(text)}
    if QUALIFIERS & set(words_in(text)):
        found.add("a qualifier")
    return frozenset(found)


def echoes(question: Question) -> list[frozenset[str]]:
    """For each option, the content words it shares with the stem."""
    stem = content_words(question.stem)
    return [content_words(option.text) & stem for option in question.options]


def leader(scores: Sequence[int]) -> int | None:
    """The position with the one highest score; None if two share it."""
    most = max(scores)
    return scores.index(most) if scores.count(most) == 1 else None


def longest(question: Question) -> int | None:
    """The position of the one longest option."""
    return leader([len(option.text) for option in question.options])


def shortest(question: Question) -> int | None:
    """The position of the one shortest option."""
    return leader([-len(option.text) for option in question.options])


def lone_echo(question: Question) -> int | None:
    """The position of the only option that shares a word with the stem; None if none does, or several."""
    sharing = [position for position, shared in enumerate(echoes(question)) if shared]
    return sharing[0] if len(sharing) == 1 else None


def key_position(question: Question) -> int:
    """Where in file order the right option stands."""
    return question.options.index(question.key)


def twins(question: Question, context: Context) -> Iterator[Fault]:
    """Of four options, no two wrong ones are nearly the same: one of them is a filler.

    Where the right one is as like them, all vary one pattern on purpose: four figures, or two choices made twice.
    """
    if len(question.options) < 4:
        return
    wrong = [(i, option.text) for i, option in enumerate(question.options) if not option.correct]
    for (_, one), (position, other) in combinations(wrong, 2):
        if _alike(one, other) and not (_alike(one, question.key.text) or _alike(other, question.key.text)):
            told = f"nearly the same as {one!r}: make it another mistake, or leave it out"
            yield Fault("L13", ("options", position, "text"), told)


def _alike(one: str, other: str) -> bool:
    return fuzz.token_set_ratio(one.casefold(), other.casefold()) >= ALIKE


def key_length(question: Question, context: Context) -> Iterator[Fault]:
    """The key is about as long as its neighbours."""
    lengths = [len(option.text) for option in question.options]
    key = len(question.key.text)
    middle = median(len(option.text) for option in question.options if not option.correct)
    least, most = KEY_RATIO
    if max(lengths) >= SHORT and not least <= key / middle <= most:
        told = (
            f"the right option has {key} characters, the wrong ones about {middle:g}: "
            f"keep within {least:.2f} to {most:.2f} of them, this is {key / middle:.2f}"
        )
        yield Fault("L14", ("options", key_position(question), "text"), told)


def spread(question: Question, context: Context) -> Iterator[Fault]:
    """No option is far longer than another."""
    lengths = [len(option.text) for option in question.options]
    if max(lengths) >= SHORT and max(lengths) / min(lengths) > SPREAD:
        told = f"options have {min(lengths)} to {max(lengths)} characters: keep the longest within twice the shortest"
        yield Fault("L15", ("options", lengths.index(max(lengths)), "text"), told)


def form(question: Question, context: Context) -> Iterator[Fault]:
    """Options are alike: end punctuation, capital letters, the kind of word they begin with."""
    said = [option.text for option in question.options]
    ends = [text[-1] in ".!?;:," for text in said]
    if len(set(ends)) > 1:
        yield Fault("L16", ("options", _odd(ends), "text"), "some options end in punctuation, others do not")
    capital = [_capital(text) for text in said]
    known_case = {one for one in capital if one is not None}
    if len(known_case) > 1:
        odd = capital.index(min(known_case, key=capital.count))
        yield Fault("L16", ("options", odd, "text"), "some options begin with a capital letter, others do not")
    starts = [_start(text) for text in said]
    for position, start in enumerate(starts):
        others = {one for i, one in enumerate(starts) if i != position}
        if start is not None and len(others) == 1 and None not in others and start not in others:
            told = f"this option begins with {start}, the others with {others.pop()}: begin all alike"
            yield Fault("L16", ("options", position, "text"), told)
            return


def specific(question: Question, context: Context) -> Iterator[Fault]:
    """The key is not alone in looking exact."""
    key = key_position(question)
    found = [specifics(option.text) for option in question.options]
    others = frozenset[str]().union(*(one for i, one in enumerate(found) if i != key))
    for what in sorted(found[key] - others):
        told = f"only the right option has {what}: take it out, or give a wrong one {what} too"
        yield Fault("L17", ("options", key, "text"), told)


def clang(question: Question, context: Context) -> Iterator[Fault]:
    """The key is not alone in sharing a word with the stem."""
    key = key_position(question)
    if lone_echo(question) == key:
        told = f"only the right option repeats the stem ({', '.join(sorted(echoes(question)[key]))})"
        yield Fault("L18", ("options", key, "text"), told)


def absolutes(question: Question, context: Context) -> Iterator[Fault]:
    """Wrong options are not alone in being absolute, nor the key alone in being careful."""
    key = key_position(question)
    said = [set(words_in(option.text)) for option in question.options]
    for position, one in enumerate(said):
        if position != key and ABSOLUTES & one and not ABSOLUTES & said[key]:
            word = min(ABSOLUTES & one)
            told = f"{word!r} stands in wrong options only, which tells them from the right one: reword it"
            yield Fault("L19", ("options", position, "text"), told)
    if HEDGES & said[key] and not any(HEDGES & one for i, one in enumerate(said) if i != key):
        told = f"{min(HEDGES & said[key])!r} stands in the right option only: reword it"
        yield Fault("L19", ("options", key, "text"), told)


def _odd(marks: list[bool]) -> int:
    return marks.index(min(set(marks), key=marks.count))


def _capital(text: str) -> bool | None:
    """Return whether it begins with a capital letter; None for a digit, or a name that has its own spelling."""
    first = re.split(r"[\s,]", text, maxsplit=1)[0]
    if not first[:1].isalpha() or any(char.isupper() or char.isdigit() for char in first[1:]):
        return None
    return first[0].isupper()


def _start(text: str) -> str | None:
    """The kind of word it begins with, where that is plain."""
    first = (words_in(text) or [""])[0]
    if first == "to":
        return "'to'"
    if first in _ARTICLES:
        return "an article"
    if first in LINKS:
        return f"{first!r}"
    return "a verb" if first in _VERBS else None
