"""Portfolio projects as their author writes them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.faults import Fault, lines, refuse, slug, text
from bot.domain.identifiers import ProjectId, RoleId, StepId
from bot.domain.source import LINE_LIMIT, Origin, Reference, sourced


class Level(StrEnum):
    """How much a project asks of its maker; our estimate."""

    BEGINNER = "beginner"
    INTERMEDIATE = "intermediate"
    ADVANCED = "advanced"
    RESEARCH = "research"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Project:
    """Something to build and show: a brief, the way there, and a list to check it against."""

    id: ProjectId
    name: str
    brief: str
    level: Level
    roles: tuple[RoleId, ...]
    """Whom it suits."""
    practises: tuple[StepId, ...]
    """The roadmap steps it exercises."""
    steps: tuple[str, ...]
    checklist: tuple[str, ...]
    """What this project has to show, beyond the list every project is checked against."""
    ethics_note: str
    origin: Origin
    refs: tuple[Reference, ...]
    provider_mix: str = ""
    """How it serves the rule of two model ecosystems; empty where no model is called."""
    aliases: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        refuse(self._faults())

    def _faults(self) -> Iterator[Fault]:
        yield from slug("id", self.id)
        yield from text("name", self.name, 60)
        yield from text("brief", self.brief, 300)
        yield from lines("steps", self.steps, LINE_LIMIT, least=3)
        yield from lines("checklist", self.checklist, LINE_LIMIT, least=3)
        yield from text("ethics_note", self.ethics_note, LINE_LIMIT)
        if self.provider_mix:
            yield from text("provider_mix", self.provider_mix, LINE_LIMIT)
        if not self.roles:
            yield Fault("L02", ("roles",), "roles needs at least one")
        yield from lines("aliases", self.aliases, 60)
        yield from sourced(self.refs)

    @property
    def title(self) -> str:
        """Its name."""
        return self.name

    @property
    def body(self) -> tuple[str, ...]:
        """Brief, way, checks, providers and ethics."""
        return (self.brief, *self.steps, *self.checklist, self.provider_mix, self.ethics_note)
