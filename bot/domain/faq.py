"""Questions people ask about these careers, with their answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.domain.faults import Fault, lines, refuse, slug, text
from bot.domain.identifiers import FaqId
from bot.domain.source import Origin, Reference, sourced


@dataclass(frozen=True, slots=True)
class Faq:
    """A question people ask, a short answer and a long one."""

    id: FaqId
    question: str
    short: str
    long: str
    origin: Origin
    refs: tuple[Reference, ...]
    synonyms: tuple[str, ...] = ()
    """Other ways to ask it."""
    related: tuple[FaqId, ...] = ()
    review_by: date | None = None
    """Set where the answer ages."""

    def __post_init__(self) -> None:
        refuse(self._faults())

    def _faults(self) -> Iterator[Fault]:
        yield from slug("id", self.id)
        yield from text("question", self.question, 110)
        yield from text("short", self.short, 300)
        yield from text("long", self.long, 1200)
        yield from lines("synonyms", self.synonyms, 80)
        yield from sourced(self.refs)

    @property
    def title(self) -> str:
        """The question."""
        return self.question

    @property
    def aliases(self) -> tuple[str, ...]:
        """Other ways to ask it."""
        return self.synonyms

    @property
    def body(self) -> tuple[str, ...]:
        """Both answers."""
        return (self.short, self.long)
