"""The wording of a question: positive, for a fact and not an opinion, in words every adult reads.

L20 to L23 and L27.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from bot.authoring.lint.context import Context
from bot.authoring.lint.words import asked_in, plain, sentences, texts_of, words_in
from bot.domain.content_faults import Fault
from bot.domain.question import Allowed, Question

_LOUD = re.compile(r"\b(?:NOT|EXCEPT|LEAST)\b")
# "Which of these is not ...", "What should she never do"; not "Why does it not ...", which asks a reason, and not a
# clause of its own such as "so that it does not mislead".
_CLAUSE = r"(?:that|so|because|if|when|while|since|although|who|whose|until|unless)"
_AUXILIARY = (
    r"(?:is|are|was|were|does|do|did|has|have|would|should|could|can|will|must|may|might)"
    rf"\s+(?:(?!{_CLAUSE}\b)\w+\s+){{0,3}}(?:not|never)"
    r"|cannot|(?:is|are|was|were|does|do|did|has|have|would|should|could|ca|wo)n't"
)
_WORTHLESS = "likely|useful|helpful|suitable|important|relevant|effective|accurate|appropriate|true|convincing"
_QUIET = re.compile(
    rf"\b(?:which|what|who|where)(?:\s+(?!{_CLAUSE}\b)[\w'-]+){{0,6}}?\s+(?:{_AUXILIARY})\b"
    rf"|\bexcept\b|\bleast (?:{_WORTHLESS})\b",
    re.IGNORECASE,
)
_NEGATION = re.compile(r"\b(?:not|no|never|none|cannot|without|except)\b|\w+n't\b", re.IGNORECASE)

_STANDS_FOR_OTHERS = re.compile(
    r"\b(?:all|none|any|both|neither) of the (?:above|below)\b"
    r"|^(?:all|none|any|both|neither) of (?:the |these |those )?(?:other )?(?:options|answers|choices|others)\W*$"
    r"|^(?:all|none|any|both|neither|either)(?: of (?:them|these|those|it))?\W*$"
    r"|\b(?:i|we) (?:don['\u2019]?t|do not) know\b|^(?:not sure|don['\u2019]?t know|no idea|unsure)\W*$",
    re.IGNORECASE,
)
_LETTERS = re.compile(
    r"^(?:both |only |neither |either )?[A-D](?:,? ?(?:and|or|nor|&|\+|,) ?[A-D])+(?: only)?\W*$", re.I
)
_OPINION = re.compile(
    r"\b(?:best|most important|most useful|most valuable|greatest|ideal|worst|favourite)\b", re.IGNORECASE
)
_CRITERION = re.compile(
    r"\baccording to\b|\b(?:fits?|describes?|explains?|matches|supports|answers|shows?|serves?|suits?|tests?) best\b"
    r"|\bbest (?:fits?|next|describes?|explains?|matches|supports|answers|shows?|serves?|suits?)\b",
    re.IGNORECASE,
)

GRADE_LIMIT = 12.0

_LETTERS_AND_DIGITS = re.compile(r"(?<![\w-])[A-Za-z]+\d*(?![\w-])")
_EMPHASIS = frozenset(["NOT", "EXCEPT", "LEAST"])
_VOWELS = re.compile(r"[aeiouy]+")


def is_negative(stem: str) -> bool:
    """Return whether the stem asks for what is not so."""
    asked = asked_in(stem)
    return bool(_LOUD.search(asked) or _QUIET.search(asked))


def negative(question: Question, context: Context) -> Iterator[Fault]:
    """The stem is put positively, unless the item says why it cannot be."""
    allowed = any(one.rule is Allowed.NEGATIVE_STEM for one in question.allow)
    asked = asked_in(question.stem)
    if is_negative(question.stem):
        if len(_NEGATION.findall(asked)) > 1:
            yield Fault("L20", ("stem",), "the question denies twice: say it positively")
        elif not allowed:
            told = "the stem asks for what is not so: turn it round, or give a reason under allow: negative-stem"
            yield Fault("L20", ("stem",), told)
        for position, option in enumerate(question.options):
            if _NEGATION.search(option.text):
                told = "an option that denies under a stem that denies: say the option positively"
                yield Fault("L20", ("options", position, "text"), told)


def stand_ins(question: Question, context: Context) -> Iterator[Fault]:
    """No option stands for other options or for knowing nothing."""
    for position, option in enumerate(question.options):
        if _STANDS_FOR_OTHERS.search(option.text) or _LETTERS.match(option.text):
            told = f"{option.text!r} stands for other options or for none: write a mistake people make, or leave it out"
            yield Fault("L21", ("options", position, "text"), told)


def opinion(question: Question, context: Context) -> Iterator[Fault]:
    """A question for the best names a situation, a criterion or a source."""
    found = _OPINION.search(asked_in(question.stem))
    if found and len(sentences(question.stem)) < 2 and not _CRITERION.search(question.stem):
        told = f"{found[0]!r} asks for an opinion: name a situation, a criterion or the source"
        yield Fault("L27", ("stem",), told)


def syllables(word: str) -> int:
    """About how many syllables an English word has."""
    word = word.casefold()
    count = len(_VOWELS.findall(word))
    silent = word.endswith(("e", "es", "ed")) and not word.endswith(("le", "les", "ted", "ded", "ses", "ges", "ces"))
    return max(1, count - silent)


def grade(text: str) -> float:
    """The school grade in which the text is read with ease; 0 for no words."""
    said = words_in(text)
    if not said:
        return 0.0
    per_sentence = len(said) / max(1, len(sentences(text)))
    per_word = sum(syllables(word) for word in said) / len(said)
    return 0.39 * per_sentence + 11.8 * per_word - 15.59


def reading_grade(question: Question) -> float:
    """The school grade in which stem and options are read with ease; 0 where options are code."""
    if any(option.code for option in question.options):
        return 0.0
    return grade(". ".join([question.stem, *(option.text.rstrip(".") for option in question.options)]) + ".")


def readable(question: Question, context: Context) -> Iterator[Fault]:
    """Stem and options can be read by adults who read in a second language."""
    found = reading_grade(question)
    if found > GRADE_LIMIT:
        told = f"stem and options read at grade {found:.1f}, at most {GRADE_LIMIT:g}: shorter sentences and words"
        yield Fault("L22", ("stem",), told)


def unknown_words(question: Question, context: Context) -> Iterator[Fault]:
    """Short forms are known or explained, and no word is on the list of those to avoid."""
    said = list(texts_of(question))
    whole = " ".join(text for _, text in said)
    told: set[str] = set()
    for at, text in said:
        if at[0] == "refs":
            continue
        for form in filter(_is_short_form, _LETTERS_AND_DIGITS.findall(text)):
            singular = form.removesuffix("s")
            if {form, singular} & (context.acronyms | _EMPHASIS | told) or f"({singular}" in whole:
                continue
            told.add(singular)
            yield Fault("L23", at, f"{form} is not a known short form: write it out once, or add it to words.yaml")
        flat = f" {plain(text)} "
        for word, instead in context.avoided.items():
            if f" {_flat(word)} " in flat:
                yield Fault("L23", at, f"{word!r}: say {instead} instead")


def _is_short_form(word: str) -> bool:
    """Two capital letters, or capitals and a number."""
    letters = word.rstrip("0123456789")
    return sum(char.isupper() for char in word) >= 2 or (letters.isupper() and letters != word)


@cache
def _flat(word: str) -> str:
    return plain(word)
