"""Sentences are ours: no run of words that a source article has too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.authoring.lint.words import texts, words
from bot.domain.faults import Fault
from bot.domain.question import Question

if TYPE_CHECKING:
    from bot.authoring.lint.known import Known

RUN = 7
"""So many words in a row are a sentence of somebody else's."""


@dataclass(frozen=True, slots=True)
class Runs:
    """Every run of seven words of the source articles, with the source it stands in."""

    sources: Mapping[tuple[str, ...], str] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def of(cls, articles: Mapping[str, str]) -> Runs:
        """The runs of articles given by source id."""
        return cls(MappingProxyType({run: id for id, text in articles.items() for run in _runs(words(text))}))


def _runs(said: list[str]) -> Iterable[tuple[str, ...]]:
    return zip(*(said[start:] for start in range(RUN)), strict=False)


def own_words(question: Question, known: Known) -> Iterator[Fault]:
    """No text of the question shares seven words in a row with a source."""
    if not known.runs.sources:
        return
    for at, text in texts(question):
        for run in _runs(words(text)):
            source = known.runs.sources.get(run)
            if source is not None:
                yield Fault("L25", at, f"{' '.join(run)!r} stands in source {source} too: say it in your own words")
                break
