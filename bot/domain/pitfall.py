"""Pitfalls as their author writes them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.faults import Fault, lines, refuse, slug, text
from bot.domain.identifiers import PitfallId, StepId
from bot.domain.source import LINE_LIMIT, Origin, Reference, sourced


@dataclass(frozen=True, slots=True)
class Pitfall:
    """A common mistake: what people do, what serves them better, and where the mistake comes from."""

    id: PitfallId
    name: str
    wrong: str
    correct: str
    root_cause: str
    origin: Origin
    step: StepId
    refs: tuple[Reference, ...]
    aliases: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        refuse(self._faults())

    def _faults(self) -> Iterator[Fault]:
        yield from slug("id", self.id)
        yield from text("name", self.name, 60)
        for what in ("wrong", "correct", "root_cause"):
            yield from text(what, getattr(self, what), LINE_LIMIT)
        yield from lines("aliases", self.aliases, 60)
        yield from sourced(self.refs)

    @property
    def title(self) -> str:
        """Its name."""
        return self.name

    @property
    def body(self) -> tuple[str, ...]:
        """The mistake, the better way, the cause."""
        return (self.wrong, self.correct, self.root_cause)
