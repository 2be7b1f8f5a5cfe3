"""Words as the content may use them: short forms learners know, and words to avoid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.faults import Fault, refuse, text


@dataclass(frozen=True, slots=True)
class Avoided:
    """A word not everyone reads, and what to say instead."""

    word: str
    instead: str

    def __post_init__(self) -> None:
        refuse(self._faults())

    def _faults(self) -> Iterator[Fault]:
        yield from text("word", self.word, 40)
        yield from text("instead", self.instead, 80)


@dataclass(frozen=True, slots=True)
class WordList:
    """What is known about words beside the terms learners look up."""

    short_forms: tuple[str, ...] = ()
    """Used without explanation, such as ``API``."""
    avoid: tuple[Avoided, ...] = ()
