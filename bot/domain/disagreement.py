"""Where the sources disagree: every position with its source, and what we make of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.domain.faults import Fault, lines, refuse, slug, text
from bot.domain.identifiers import DisagreementId, RoleId
from bot.domain.source import Reference, sourced


@dataclass(frozen=True, slots=True)
class Position:
    """What one source holds."""

    text: str
    refs: tuple[Reference, ...]

    def __post_init__(self) -> None:
        refuse(self._faults())

    def _faults(self) -> Iterator[Fault]:
        yield from text("text", self.text, 250)
        yield from sourced(self.refs)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A question the sources answer differently; all positions are shown, never a winner alone."""

    id: DisagreementId
    question: str
    positions: tuple[Position, ...]
    advice: str
    aliases: tuple[str, ...] = ()
    roles: tuple[RoleId, ...] = ()
    """The roles it matters to; none means all."""
    review_by: date | None = None
    """Set where the positions age."""

    def __post_init__(self) -> None:
        refuse(self._faults())

    def _faults(self) -> Iterator[Fault]:
        yield from slug("id", self.id)
        yield from text("question", self.question, 110)
        if len(self.positions) < 2:
            yield Fault("L02", ("positions",), "a disagreement needs at least two positions")
        yield from text("advice", self.advice, 300)
        yield from lines("aliases", self.aliases, 60)

    @property
    def title(self) -> str:
        """The question."""
        return self.question

    @property
    def refs(self) -> tuple[Reference, ...]:
        """The sources of all positions."""
        return tuple(dict.fromkeys(ref for position in self.positions for ref in position.refs))

    @property
    def body(self) -> tuple[str, ...]:
        """The positions and the advice."""
        return (*(position.text for position in self.positions), self.advice)
