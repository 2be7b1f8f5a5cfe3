"""Texts as words, the way the rules compare them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.content_faults import At
from bot.domain.question import Option, Question


def word_set(text: str) -> frozenset[str]:
    """The words of a line, for lists that are read more easily so."""
    return frozenset(text.split())


_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
# Long, and still say nothing about the matter.
_EMPTY = word_set(
    "about above after again against among another because before being below between could doing during every "
    "first further having itself might other others ought rather really shall should since still their theirs "
    "there these thing things think those though through under until using wants wanted where which while whose "
    "within without would answer answers change choice option options question questions"
)
STOP_WORDS = word_set(
    "a an and are as at be been but by can could did do does for from get gets had has have he her his how i if "
    "in into is it its may more most must no not of off on one or our out over own same she should so some such "
    "than that the their them then there these they this those to too two up us was we were what when where which "
    "while who whose why will with would you your"
)
"""Words that stand in any sentence."""
CONTENT_WORD = 5
"""A word of this many letters says what a text is about."""


def words_in(text: str) -> list[str]:
    """The words in small letters, without punctuation."""
    return _WORD.findall(text.casefold())


def plain(text: str) -> str:
    """The text without case, spacing and punctuation."""
    return " ".join(words_in(text))


def content_words(text: str) -> frozenset[str]:
    """The words that say what a text is about; a plural is its singular."""
    long = (word for word in words_in(text) if len(word) >= CONTENT_WORD and word not in _EMPTY)
    return frozenset(word[:-1] if word.endswith("s") and not word.endswith("ss") else word for word in long)


def sentences(text: str) -> list[str]:
    """The sentences of a text; a full stop within a word or number ends none."""
    return [part for part in re.split(r"(?<=[.!?])[\"')\]]*\s+", text.strip()) if part]


def asked_in(stem: str) -> str:
    """The sentence of the stem that asks: the last one with a question mark, or the last."""
    parts = sentences(stem)
    return next((part for part in reversed(parts) if "?" in part), parts[-1] if parts else "")


def comparable(option: Option) -> str:
    """The text of an option as it is told from others: in code an operator may be all that does it."""
    return option.text if option.code else plain(option.text)


def texts_of(question: Question) -> Iterator[tuple[At, str]]:
    """Every text of a question that learners read, with its place."""
    yield ("stem",), question.stem
    if question.picture:
        yield ("picture", "alt"), question.picture.alt
    for position, option in enumerate(question.options):
        yield ("options", position, "text"), option.text
        yield ("options", position, "why"), option.why
    yield ("takeaway",), question.takeaway
    for position, ref in enumerate(question.refs):
        for name in ("general", "citation"):
            said = getattr(ref, name)
            if said:
                yield ("refs", position, name), said
