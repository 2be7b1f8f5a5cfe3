"""Myths, and predictions that are committed to before the sources' position is shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.faults import Fault, lines, refuse, slug, text
from bot.domain.identifiers import MythId, PredictionId, StepId
from bot.domain.source import LINE_LIMIT, Origin, Reference, sourced


class Verdict(StrEnum):
    """What becomes of a claim."""

    WRONG = "wrong"
    DISPUTED = "disputed"
    """The sources, or a source and a forecast it reports, do not agree."""


@dataclass(frozen=True, slots=True)
class Myth:
    """Something many believe, the reality, and why it matters."""

    id: MythId
    claim: str
    verdict: Verdict
    reality: str
    why: str
    origin: Origin
    step: StepId
    refs: tuple[Reference, ...]
    aliases: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        refuse(self._faults())

    def _faults(self) -> Iterator[Fault]:
        yield from slug("id", self.id)
        yield from text("claim", self.claim, 110)
        yield from text("reality", self.reality, 300)
        yield from text("why", self.why, LINE_LIMIT)
        yield from lines("aliases", self.aliases, 60)
        yield from sourced(self.refs)

    @property
    def title(self) -> str:
        """The claim."""
        return self.claim

    @property
    def body(self) -> tuple[str, ...]:
        """The reality, and why it matters."""
        return (self.reality, self.why)


@dataclass(frozen=True, slots=True)
class Prediction:
    """A question to commit to before reading on: it has positions and no key, and is never scored."""

    id: PredictionId
    prompt: str
    positions: tuple[str, ...]
    reveal: str
    scored: bool
    step: StepId
    refs: tuple[Reference, ...]
    aliases: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        refuse(self._faults())

    def _faults(self) -> Iterator[Fault]:
        yield from slug("id", self.id)
        yield from text("prompt", self.prompt, 110)
        yield from lines("positions", self.positions, 75, least=2)
        yield from text("reveal", self.reveal, 300)
        if self.scored:
            yield Fault("L02", ("scored",), "a prediction has no right answer: write 'scored: false'")
        yield from lines("aliases", self.aliases, 60)
        yield from sourced(self.refs)

    @property
    def title(self) -> str:
        """The prompt."""
        return self.prompt

    @property
    def body(self) -> tuple[str, ...]:
        """The positions, and what the source holds."""
        return (*self.positions, self.reveal)
