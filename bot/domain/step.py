"""Roadmap steps as their author writes them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.faults import Fault, lines, refuse, slug, text
from bot.domain.identifiers import ObjectiveId, RoleId, StepId, TopicId
from bot.domain.source import LINE_LIMIT, Reference, sourced


class Need(StrEnum):
    """How much a role needs a roadmap step."""

    STATED = "stated"
    """A source ties the step to the role."""
    NEEDED = "needed"
    """We derive that the role needs it."""
    USEFUL = "useful"
    AWARE = "aware"
    """Be able to talk about it."""
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the roadmap: what to learn, what it builds on, and how to know it is done."""

    id: StepId
    order: int
    title: str
    summary: str
    subtopics: tuple[str, ...]
    done_when: tuple[str, ...]
    ethics: str
    """The ethics checkpoint of this step: one question to ask oneself."""
    topics: tuple[TopicId, ...]
    """Where practice for this step comes from."""
    roles: Mapping[RoleId, Need]
    refs: tuple[Reference, ...]
    needs: tuple[StepId, ...] = ()
    deeper: tuple[StepId, ...] = ()
    """Steps that are wanted for depth but not to begin."""
    objectives: tuple[ObjectiveId, ...] = ()
    """What one can do afterwards."""
    note: str | None = None

    def __post_init__(self) -> None:
        refuse(self._faults())

    def _faults(self) -> Iterator[Fault]:
        yield from slug("id", self.id)
        yield from text("title", self.title, 40)
        yield from text("summary", self.summary, 220)
        yield from text("ethics", self.ethics, 220)
        yield from lines("subtopics", self.subtopics, LINE_LIMIT, least=1)
        yield from lines("done_when", self.done_when, LINE_LIMIT, least=1)
        yield from sourced(self.refs)
