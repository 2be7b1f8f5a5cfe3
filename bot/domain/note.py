"""Notes: ethics topics, certificates, degrees, resources, analogies and checklists, each a page of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.faults import Fault, lines, refuse, slug, text
from bot.domain.identifiers import NoteId
from bot.domain.source import LINE_LIMIT, Reference, sourced


class Shelf(StrEnum):
    """Where a note belongs."""

    ETHICS = "ethics"
    CERTIFICATE = "certificate"
    DEGREE = "degree"
    RESOURCE = "resource"
    ANALOGY = "analogy"
    CHECKLIST = "checklist"


@dataclass(frozen=True, slots=True)
class Note:
    """A subject in a few lines: a sentence on it, then points."""

    id: NoteId
    shelf: Shelf
    name: str
    summary: str
    points: tuple[str, ...]
    refs: tuple[Reference, ...]
    aliases: tuple[str, ...] = ()
    review_by: date | None = None
    """Set where something said here ages."""

    def __post_init__(self) -> None:
        refuse(self._faults())

    def _faults(self) -> Iterator[Fault]:
        yield from slug("id", self.id)
        yield from text("name", self.name, 60)
        yield from text("summary", self.summary, 300)
        yield from lines("points", self.points, LINE_LIMIT)
        yield from lines("aliases", self.aliases, 60)
        yield from sourced(self.refs)

    @property
    def title(self) -> str:
        """Its name."""
        return self.name

    @property
    def body(self) -> tuple[str, ...]:
        """The sentence and the points."""
        return (self.summary, *self.points)
