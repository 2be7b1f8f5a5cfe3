"""Titles the sources name in a line or two: too little for a role card of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.faults import Fault, lines, refuse, slug, text
from bot.domain.identifiers import PayRowId, RoleId, ShortRoleId
from bot.domain.source import Reference, sourced


@dataclass(frozen=True, slots=True)
class ShortRole:
    """A specialisation or title: what the sources say of it, and the role cards nearest to it."""

    id: ShortRoleId
    name: str
    summary: str
    near: tuple[RoleId, ...]
    """Full cards to read on; our choice."""
    refs: tuple[Reference, ...]
    aliases: tuple[str, ...] = ()
    emerging: bool = False
    """Named as a growing specialisation."""
    pay: tuple[PayRowId, ...] = ()
    note: str | None = None

    def __post_init__(self) -> None:
        refuse(self._faults())

    def _faults(self) -> Iterator[Fault]:
        yield from slug("id", self.id)
        yield from text("name", self.name, 50)
        yield from text("summary", self.summary, 300)
        yield from lines("aliases", self.aliases, 60)
        if self.note is not None:
            yield from text("note", self.note, 220)
        if not self.near:
            yield Fault("L02", ("near",), "near needs at least one role")
        yield from sourced(self.refs)

    @property
    def title(self) -> str:
        """Its name."""
        return self.name

    @property
    def body(self) -> tuple[str, ...]:
        """What is said of it."""
        return (self.summary, self.note or "")
