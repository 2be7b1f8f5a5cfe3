"""Fields that every kind of content shares: its status, sources, topics and objectives.

Each value checks its own limits when it is made and raises ``Faulty``, a ``ValueError`` with a sentence for the author
per fault; the catalog adds the file, line and column. Lengths count characters.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from bot.domain.content_faults import Fault
from bot.domain.identifiers import ObjectiveId, SourceId, TopicId
from bot.domain.limits import Chars, Limited, Slug, Some

LINE_LIMIT = 220
"""A line of a role card or a roadmap step."""


class Status(StrEnum):
    """The stage an item has reached; only live ones are asked."""

    DRAFT = "draft"
    REVIEW = "review"
    LIVE = "live"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Reference(Limited):
    """Where a fact comes from: a section of a source article, or a general reference in words."""

    source: SourceId | None = None
    section: str | None = None
    general: str | None = None
    citation: str | None = None

    def _more_faults(self) -> Iterator[Fault]:
        article = self.source is not None and self.section is not None
        general = self.general is not None and self.citation is not None
        parts = [self.source, self.section, self.general, self.citation]
        if article == general or sum(part is not None for part in parts) != 2:
            yield Fault("L02", (), "a reference is either {source, section} or {general, citation}")


class Origin(StrEnum):
    """The origin of a statement: a source says it, or we drew it from what a source says."""

    EXPLICIT = "explicit"
    DERIVED = "derived"


References = Annotated[tuple[Reference, ...], Some("source")]
"""Nothing is said without a source."""


@dataclass(frozen=True, slots=True)
class Source:
    """An article the content draws on; learners see its title."""

    id: SourceId
    title: str
    file: str
    sections: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeastPerLevel:
    """The least number of live questions a topic should have of each level."""

    easy: int = 0
    medium: int = 0
    hard: int = 0


@dataclass(frozen=True, slots=True)
class Topic(Limited):
    """A field of questions, as people pick it in /quiz and /config."""

    id: Annotated[TopicId, Slug()]
    title: Annotated[str, Chars(40)]
    aliases: tuple[str, ...] = ()
    least: LeastPerLevel = LeastPerLevel()
    at_work: bool = True
    """False for what nobody wants to be asked about beside their employer, such as looking for a job."""


@dataclass(frozen=True, slots=True)
class Objective(Limited):
    """Something a learner can do afterwards."""

    id: ObjectiveId
    text: Annotated[str, Chars(LINE_LIMIT)]
