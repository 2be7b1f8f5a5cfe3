"""Glossary terms as their author writes them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.faults import Fault, lines, refuse, slug, text
from bot.domain.identifiers import StepId, TermId
from bot.domain.source import Reference, sourced


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the field: one line on what it means, and the roadmap step it belongs to."""

    id: TermId
    name: str
    one_line: str
    step: StepId
    refs: tuple[Reference, ...]
    aliases: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        refuse(self._faults())

    def _faults(self) -> Iterator[Fault]:
        yield from slug("id", self.id)
        yield from text("name", self.name, 40)
        yield from text("one_line", self.one_line, 200)
        yield from lines("aliases", self.aliases, 60)
        yield from sourced(self.refs)

    @property
    def title(self) -> str:
        """The word itself."""
        return self.name

    @property
    def body(self) -> tuple[str, ...]:
        """What is said of it."""
        return (self.one_line,)
