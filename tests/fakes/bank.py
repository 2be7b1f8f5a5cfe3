"""A small catalog for tests: as many questions as wanted, each right with option b."""

from __future__ import annotations

from datetime import date
from itertools import cycle

from bot.domain.bank import Shelf
from bot.domain.common_fields import Objective, Reference, Source, Status, Topic
from bot.domain.content import Library
from bot.domain.identifiers import (
    ObjectiveId,
    OptionId,
    PayRowId,
    ProfileId,
    QuestionId,
    RoleId,
    SourceId,
    StepId,
    TopicId,
)
from bot.domain.lookup import NameIndex
from bot.domain.question import Bloom, Difficulty, Option, Question
from bot.domain.roadmap import Step
from bot.domain.role import PayRow, Role
from bot.domain.search import SearchIndex

RIGHT = OptionId("b")
WRONG = OptionId("a")

_TOPICS = tuple(Topic(TopicId(id), id.capitalize()) for id in ("models", "prompting", "careers", "data", "safety"))
_LEVELS = (Difficulty.EASY, Difficulty.MEDIUM, Difficulty.HARD)


def question(number: int, topic: TopicId, level: Difficulty) -> Question:
    """A question whose right answer is b."""
    why = "because it is so, which is long enough to teach something"
    return Question(
        id=QuestionId(f"q{number:03d}"),
        version=1,
        status=Status.REVIEW,
        topic=topic,
        difficulty=level,
        bloom=Bloom.APPLY,
        roadmap=StepId("basics"),
        roles=(RoleId("ai-engineer"),),
        objectives=(ObjectiveId("explain-it"),),
        stem=f"What is asked in question {number}?",
        options=tuple(Option(OptionId(id), f"Choice {id} of {number}", f"{id}: {why}", id == "b") for id in "abcd"),
        takeaway=f"Remember {number}.",
        refs=(Reference(general="A book", citation="Chapter 1"),),
        tags=("tag",),
        review_by=date(2030, 1, 1),
    )


class Bank:
    """Fulfils ``Catalog`` with questions only."""

    version = "test"
    subject = "nothing much"

    def __init__(self, size: int) -> None:
        kinds = zip(range(1, size + 1), cycle(_TOPICS), cycle(_LEVELS), strict=False)
        self.questions = tuple(question(number, topic.id, level) for number, topic, level in kinds)
        self.roles: tuple[Role, ...] = ()
        self.steps: tuple[Step, ...] = ()
        self.objectives: tuple[Objective, ...] = ()
        self.sources: dict[SourceId, Source] = {}
        self.topics_asked = _TOPICS
        self.role_names: NameIndex[RoleId] = NameIndex()
        self.profile_names: NameIndex[ProfileId] = NameIndex()
        self.topic_names: NameIndex[TopicId] = NameIndex((topic.id, topic.title, ()) for topic in _TOPICS)
        self.step_names: NameIndex[StepId] = NameIndex()
        self.knowledge = Library()
        self.search = SearchIndex()

    def has(self, shelf: Shelf) -> bool:
        """False: there are questions only."""
        return False

    def question(self, id: QuestionId) -> Question | None:
        """The question with that id."""
        return next((question for question in self.questions if question.id == id), None)

    def role(self, id: RoleId) -> Role | None:
        """None: there are no roles here."""

    def step(self, id: StepId) -> Step | None:
        """None: there are no steps here."""

    def topic_title(self, id: TopicId) -> str:
        """The title of the topic with that id."""
        return next((topic.title for topic in _TOPICS if topic.id == id), id)

    def pay(self, id: PayRowId) -> PayRow | None:
        """None: there is no pay here."""
