"""The content as the core reads it: immutable, versioned, in memory."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from bot.domain.bank import Shelf
from bot.domain.common_fields import Objective, Source, Topic
from bot.domain.content import Library
from bot.domain.identifiers import PayRowId, ProfileId, QuestionId, RoleId, SourceId, StepId, TopicId
from bot.domain.lookup import NameIndex
from bot.domain.question import Question
from bot.domain.roadmap import Step
from bot.domain.role import PayRow, Role
from bot.domain.search import SearchIndex


class Catalog(Protocol):
    """Every question, role, step and topic, by id and by name."""

    @property
    def version(self) -> str:
        """Changes whenever any content does."""
        ...

    @property
    def subject(self) -> str:
        """The subject as it stands in a sentence; empty where the bank does not name it."""
        ...

    def has(self, shelf: Shelf) -> bool:
        """Return whether there is anything on that shelf."""
        ...

    @property
    def questions(self) -> tuple[Question, ...]:
        """The live questions, in file order."""
        ...

    @property
    def roles(self) -> tuple[Role, ...]:
        """The role cards."""
        ...

    @property
    def steps(self) -> tuple[Step, ...]:
        """The roadmap in order."""
        ...

    @property
    def objectives(self) -> tuple[Objective, ...]:
        """Everything a learner can do afterwards."""
        ...

    @property
    def sources(self) -> Mapping[SourceId, Source]:
        """The articles that the content draws on, by id."""
        ...

    @property
    def topics_asked(self) -> tuple[Topic, ...]:
        """The topics that have at least one live question."""
        ...

    @property
    def role_names(self) -> NameIndex[RoleId]:
        """Roles by name and alias."""
        ...

    @property
    def profile_names(self) -> NameIndex[ProfileId]:
        """Roles and short roles by name and alias; no two share an id."""
        ...

    @property
    def topic_names(self) -> NameIndex[TopicId]:
        """Topics with live questions, by title and alias."""
        ...

    @property
    def step_names(self) -> NameIndex[StepId]:
        """Steps by title."""
        ...

    @property
    def knowledge(self) -> Library:
        """Terms and all else that is looked up, by kind."""
        ...

    @property
    def search(self) -> SearchIndex:
        """Everything there is to read, by its words."""
        ...

    def question(self, id: QuestionId) -> Question | None:
        """The question with that id, live or not."""
        ...

    def role(self, id: RoleId) -> Role | None:
        """The role with that id."""
        ...

    def step(self, id: StepId) -> Step | None:
        """The step with that id."""
        ...

    def topic_title(self, id: TopicId) -> str:
        """The topic's title; its id if there is no such topic any more."""
        ...

    def pay(self, id: PayRowId) -> PayRow | None:
        """The pay row with that id."""
        ...
