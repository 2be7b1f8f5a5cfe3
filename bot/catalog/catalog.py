"""The content in memory: immutable, found by id and by name."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeVar

from bot.catalog.yaml_file import Problem
from bot.domain.bank import Shelf
from bot.domain.common_fields import Objective, Source, Status, Topic
from bot.domain.content import ContentFiles, Library
from bot.domain.identifiers import PayRowId, ProfileId, QuestionId, RoleId, SourceId, StepId, TopicId
from bot.domain.knowledge import ShortRole
from bot.domain.lookup import NameIndex
from bot.domain.question import Question
from bot.domain.roadmap import Step
from bot.domain.role import PayRow, Role
from bot.domain.search import SearchIndex, entries

T = TypeVar("T", bound=Question | Role | Step | Topic | PayRow | Source)


@dataclass(frozen=True, slots=True, init=False, repr=False, eq=False)
class LoadedCatalog:
    """Everything the bot can ask and tell; what is not live is found by id only."""

    subject: str
    """The subject as it stands in a sentence; empty where the bank does not name it."""
    questions: tuple[Question, ...]
    """The live questions, in file order."""
    roles: tuple[Role, ...]
    """The live role cards, in order of file name."""
    steps: tuple[Step, ...]
    """The roadmap in order."""
    objectives: tuple[Objective, ...]
    sources: Mapping[SourceId, Source]
    """The articles that the content draws on."""
    topics_asked: tuple[Topic, ...]
    """The topics that have at least one live question."""
    role_names: NameIndex[RoleId]
    profile_names: NameIndex[ProfileId]
    """The live roles, then the short roles."""
    topic_names: NameIndex[TopicId]
    """The topics that have at least one live question, by title and alias."""
    step_names: NameIndex[StepId]
    knowledge: Library
    """Terms and all else that is looked up."""
    search: SearchIndex
    """Everything there is to read, by its words."""
    left_out: tuple[Problem, ...]
    """What is wrong with the content; the items concerned are not in here."""
    _files: ContentFiles
    _questions: Mapping[str, Question]
    _roles: Mapping[str, Role]
    _steps: Mapping[str, Step]
    _topics: Mapping[str, Topic]
    _pay: Mapping[str, PayRow]

    def __init__(self, files: ContentFiles, left_out: tuple[Problem, ...] = ()) -> None:
        questions = tuple(one for one in files.questions if one.status is Status.LIVE)
        roles = tuple(one for one in files.roles if one.status is Status.LIVE)
        steps = tuple(sorted(files.steps, key=lambda step: step.order))
        by_topic: dict[TopicId, list[Question]] = defaultdict(list)
        for question in questions:
            by_topic[question.topic].append(question)
        asked = tuple(topic for topic in files.topics if topic.id in by_topic)
        library = Library(files.knowledge)
        cards: tuple[Role | ShortRole, ...] = (*roles, *library.all(ShortRole))
        self._set(
            _files=files,
            left_out=left_out,
            subject=files.bank.subject if files.bank else "",
            questions=questions,
            roles=roles,
            steps=steps,
            objectives=files.objectives,
            sources=_by_id(files.sources),
            topics_asked=asked,
            role_names=NameIndex((role.id, role.name, role.aliases) for role in roles),
            profile_names=NameIndex((ProfileId(card.id), card.name, card.aliases) for card in cards),
            topic_names=NameIndex((topic.id, topic.title, topic.aliases) for topic in asked),
            step_names=NameIndex((step.id, step.title, tuple(_called(step, steps, files.topics))) for step in steps),
            knowledge=library,
            search=SearchIndex(entries(roles, steps, asked, by_topic, library)),
            _questions=_by_id(files.questions),
            _roles=_by_id(files.roles),
            _steps=_by_id(files.steps),
            _topics=_by_id(files.topics),
            _pay=_by_id(files.pay),
        )

    def _set(self, **values: object) -> None:
        for name, value in values.items():
            object.__setattr__(self, name, value)

    @property
    def version(self) -> str:
        """Changes whenever anything in the content does."""
        # Values all the way down, in file order: the same content has the same repr in every process.
        return hashlib.sha256(repr(self._files).encode()).hexdigest()[:12]

    def has(self, shelf: Shelf) -> bool:
        """Return whether there is anything on that shelf."""
        return bool(self.steps) if shelf is Shelf.ROADMAP else len(self.profile_names) > 0

    def question(self, id: QuestionId) -> Question | None:
        """The question with that id, live or not."""
        return self._questions.get(id)

    def role(self, id: RoleId) -> Role | None:
        """The role with that id."""
        return self._roles.get(id)

    def step(self, id: StepId) -> Step | None:
        """The step with that id."""
        return self._steps.get(id)

    def topic_title(self, id: TopicId) -> str:
        """The topic's title; its id if there is no such topic any more."""
        topic = self._topics.get(id)
        return topic.title if topic else id

    def pay(self, id: PayRowId) -> PayRow | None:
        """The pay row with that id."""
        return self._pay.get(id)


_NUMBERS = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)


def _called(step: Step, steps: Sequence[Step], topics: Iterable[Topic]) -> Iterator[str]:
    """Other names of a step besides its title: its number, and the names of a topic that it alone is about."""
    yield str(step.order)
    if step.order <= len(_NUMBERS):
        yield _NUMBERS[step.order - 1]
    if step is steps[0]:
        yield "first"
    if step is steps[-1]:
        yield "last"
    titles = {other.title.casefold() for other in steps}
    for topic in topics:
        if topic.id in step.topics and sum(topic.id in other.topics for other in steps) == 1:
            yield from (name for name in (topic.title, *topic.aliases) if name.casefold() not in titles)


def _by_id(items: Iterable[T]) -> Mapping[str, T]:
    return MappingProxyType({item.id: item for item in items})
