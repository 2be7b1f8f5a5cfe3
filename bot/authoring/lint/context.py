"""The context a question is compared with: the day, known words, accepted versions, the sources' own sentences."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from bot.authoring.lint.words import words_in
from bot.domain.common_fields import Status
from bot.domain.identifiers import TermId
from bot.domain.knowledge import Term
from bot.domain.question import Question


@dataclass(frozen=True, slots=True)
class Accepted:
    """A question's version as it was last accepted, with the fingerprint of what it asked."""

    version: int
    fingerprint: str


def accepted(question: Question) -> Accepted:
    """The question as it stands: stem, what it shows, options and key; reasons may be mended freely."""
    options = sorted((option.id, option.text, option.correct) for option in question.options)
    said = repr((question.stem, options, *_shown(question)))
    return Accepted(question.version, hashlib.sha256(said.encode()).hexdigest()[:16])


def _shown(question: Question) -> Iterator[object]:
    """Everything it shows beside its words; nothing where it shows nothing, so that older fingerprints stay."""
    if question.block:
        yield question.block.text
    if question.picture:
        yield question.picture
    if any(option.code for option in question.options):
        yield sorted((option.id, option.code) for option in question.options)


def is_news(question: Question, before: Accepted | None) -> bool:
    """Return whether a live question has a version that was never accepted."""
    return question.status is Status.LIVE and (before is None or question.version > before.version)


RUN = 7
"""The length, in words, from which an overlap counts as copied."""


Runs = Mapping[tuple[str, ...], str]
"""Every run of seven words of the source articles, with the source it stands in."""


def runs_in(articles: Mapping[str, str]) -> Runs:
    """The runs of articles given by source id."""
    return {run: id for id, text in articles.items() for run in runs_of(words_in(text))}


def runs_of(said: list[str]) -> Iterable[tuple[str, ...]]:
    """Return every run of seven words."""
    return zip(*(said[start:] for start in range(RUN)), strict=False)


Glossary = Mapping[TermId, Term]


@dataclass(frozen=True, slots=True)
class Context:
    """The day, the words, the versions and the source texts that questions are held against."""

    today: date
    acronyms: frozenset[str] = frozenset()
    """Short forms learners may meet unexplained, such as ``API``."""
    avoided: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Words not to use, with what to say instead."""
    accepted: Mapping[str, Accepted] = field(default_factory=lambda: MappingProxyType({}))
    """By question id: the version last accepted."""
    runs: Runs = field(default_factory=lambda: MappingProxyType({}))
    """Runs of words that stand in the source articles; none where these are not at hand."""
    glossary: Glossary = field(default_factory=lambda: MappingProxyType({}))
    """The words that can be looked up, by id; none where the bank has no such shelf."""
