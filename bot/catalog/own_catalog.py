"""A community's own questions and the operator's bank in one catalog."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from bot.catalog.catalog import LoadedCatalog
from bot.catalog.shelves import declared_topics
from bot.domain.bank import Shelf
from bot.domain.common_fields import Objective, Source, Status, Topic
from bot.domain.content import Library
from bot.domain.identifiers import PayRowId, ProfileId, QuestionId, RoleId, SourceId, StepId, TopicId
from bot.domain.lookup import NameIndex
from bot.domain.question import Question
from bot.domain.roadmap import Step
from bot.domain.role import PayRow, Role
from bot.domain.search import SearchIndex, entries


class OwnCatalog:
    """A catalog with a community's own questions in it; every shelf is the shared one, not a copy."""

    __slots__ = ("_edition", "_own", "_search", "_shared", "_topics", "questions", "topic_names", "topics_asked")

    def __init__(self, shared: LoadedCatalog, own: Sequence[Question], edition: str) -> None:
        """``edition`` tells this state of the community's bank from every other."""
        self._shared = shared
        self._edition = edition
        # A draft may show the answer of the question it is to replace, so no button leads to it.
        self._own = {question.id: question for question in own if question.status is not Status.DRAFT}
        live = tuple(question for question in own if question.status is Status.LIVE)
        self.questions = (*shared.questions, *live)
        known = {topic.id for topic in shared.topics_asked}
        added = tuple(self._named(topic) for topic in declared_topics(live) if topic.id not in known)
        self._topics = {topic.id: topic for topic in added}
        self.topics_asked = (*shared.topics_asked, *added)
        self.topic_names = NameIndex((topic.id, topic.title, topic.aliases) for topic in self.topics_asked)
        self._search: SearchIndex | None = None

    def _named(self, topic: Topic) -> Topic:
        """The topic as the operator's bank calls it, if it has one that only lacked a live question."""
        title = self._shared.topic_title(topic.id)
        return topic if title == topic.id else Topic(topic.id, title)

    @property
    def version(self) -> str:
        """Changes with either bank."""
        return f"{self._shared.version}-{self._edition}"

    @property
    def subject(self) -> str:
        """The subject of the operator's bank."""
        return self._shared.subject

    def has(self, shelf: Shelf) -> bool:
        """Return whether there is anything on that shelf."""
        return self._shared.has(shelf)

    @property
    def roles(self) -> tuple[Role, ...]:
        """The role cards."""
        return self._shared.roles

    @property
    def steps(self) -> tuple[Step, ...]:
        """The roadmap in order."""
        return self._shared.steps

    @property
    def objectives(self) -> tuple[Objective, ...]:
        """Everything a learner can do afterwards."""
        return self._shared.objectives

    @property
    def sources(self) -> Mapping[SourceId, Source]:
        """The articles that the content draws on, by id."""
        return self._shared.sources

    @property
    def role_names(self) -> NameIndex[RoleId]:
        """Roles by name and alias."""
        return self._shared.role_names

    @property
    def profile_names(self) -> NameIndex[ProfileId]:
        """Roles and short roles by name and alias."""
        return self._shared.profile_names

    @property
    def step_names(self) -> NameIndex[StepId]:
        """Steps by title."""
        return self._shared.step_names

    @property
    def knowledge(self) -> Library:
        """Terms and all else that is looked up, by kind."""
        return self._shared.knowledge

    @property
    def search(self) -> SearchIndex:
        """Everything there is to read, by its words; made when it is first asked for."""
        if self._search is None:
            by_topic: dict[TopicId, list[Question]] = defaultdict(list)
            for question in self.questions:
                by_topic[question.topic].append(question)
            self._search = SearchIndex(entries(self.roles, self.steps, self.topics_asked, by_topic, self.knowledge))
        return self._search

    def question(self, id: QuestionId) -> Question | None:
        """The question with that id, live or not."""
        return self._own.get(id) or self._shared.question(id)

    def role(self, id: RoleId) -> Role | None:
        """The role with that id."""
        return self._shared.role(id)

    def step(self, id: StepId) -> Step | None:
        """The step with that id."""
        return self._shared.step(id)

    def topic_title(self, id: TopicId) -> str:
        """The topic's title; its id if there is no such topic any more."""
        topic = self._topics.get(id)
        return topic.title if topic else self._shared.topic_title(id)

    def pay(self, id: PayRowId) -> PayRow | None:
        """The pay row with that id."""
        return self._shared.pay(id)
