"""Roadmap steps as their author writes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from bot.domain.identifiers import ObjectiveId, RoleId, StepId, TopicId
from bot.domain.limits import Chars, Limited, Lines, Slug
from bot.domain.source import LINE_LIMIT, References


class Need(StrEnum):
    """The need a role has of a roadmap step."""

    STATED = "stated"
    """A source ties the step to the role."""
    NEEDED = "needed"
    """We derive that the role needs it."""
    USEFUL = "useful"
    AWARE = "aware"
    """Be able to talk about it."""
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Step(Limited):
    """A step of the roadmap: what to learn, what it builds on, and how to know it is done."""

    id: Annotated[StepId, Slug()]
    order: int
    title: Annotated[str, Chars(40)]
    summary: Annotated[str, Chars(220)]
    subtopics: Annotated[tuple[str, ...], Lines(LINE_LIMIT, least=1)]
    done_when: Annotated[tuple[str, ...], Lines(LINE_LIMIT, least=1)]
    ethics: Annotated[str, Chars(220)]
    """The ethics checkpoint of this step: one question to ask oneself."""
    topics: tuple[TopicId, ...]
    """Where practice for this step comes from."""
    roles: Mapping[RoleId, Need]
    refs: References
    needs: tuple[StepId, ...] = ()
    deeper: tuple[StepId, ...] = ()
    """Steps that are wanted for depth but not to begin."""
    objectives: tuple[ObjectiveId, ...] = ()
    """What one can do afterwards."""
    note: str | None = None
