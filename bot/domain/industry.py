"""Industries as their author writes them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.domain.faults import Fault, lines, refuse, slug, text
from bot.domain.identifiers import IndustryId
from bot.domain.source import LINE_LIMIT, Reference, sourced


@dataclass(frozen=True, slots=True)
class Industry:
    """A field that uses generative AI: what for, and what it asks of people who work there."""

    id: IndustryId
    name: str
    uses: tuple[str, ...]
    refs: tuple[Reference, ...]
    needs: tuple[str, ...] = ()
    """Empty where the sources name nothing special."""
    aliases: tuple[str, ...] = ()
    review_by: date | None = None
    """Set where something said of it ages."""

    def __post_init__(self) -> None:
        refuse(self._faults())

    def _faults(self) -> Iterator[Fault]:
        yield from slug("id", self.id)
        yield from text("name", self.name, 60)
        yield from lines("uses", self.uses, LINE_LIMIT, least=1)
        yield from lines("needs", self.needs, LINE_LIMIT)
        yield from lines("aliases", self.aliases, 60)
        yield from sourced(self.refs)

    @property
    def title(self) -> str:
        """Its name."""
        return self.name

    @property
    def body(self) -> tuple[str, ...]:
        """Uses and needs."""
        return (*self.uses, *self.needs)
