"""What an author writes in content/: questions, roles, pay rows, roadmap steps and their sources.

Each value checks its own limits when made and raises ``Faulty``, a ``ValueError`` with a sentence for the
author per fault; the catalog adds the file, line and column. Lengths count characters.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bot.domain.faults import Fault, lines, refuse, slug, text
from bot.domain.identifiers import (
    ObjectiveId,
    OptionId,
    PayRowId,
    QuestionId,
    RoleId,
    SourceId,
    StepId,
    TopicId,
)

STEM_LIMIT = 220
# 75 fits a Slack select, a Discord button and a Kahoot answer alike.
OPTION_LIMIT = 75
WHY_LIMITS = (40, 220)
TAKEAWAY_LIMIT = 160
LINE_LIMIT = 220
"""A line of a role card or a roadmap step."""


class Status(StrEnum):
    """How far an item has come; only live ones are asked."""

    DRAFT = "draft"
    REVIEW = "review"
    LIVE = "live"
    RETIRED = "retired"


class Difficulty(StrEnum):
    """The author's estimate of how hard a question is."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


class Bloom(StrEnum):
    """What a question asks of the mind, after Bloom's revised taxonomy (without *create*)."""

    REMEMBER = "remember"
    UNDERSTAND = "understand"
    APPLY = "apply"
    ANALYSE = "analyse"
    EVALUATE = "evaluate"


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


class Coding(StrEnum):
    """Whether a role writes code."""

    YES = "yes"
    SOME = "some"
    NO = "no"
    DISPUTED = "disputed"


class Degree(StrEnum):
    """Whether a role asks for a degree."""

    NEEDED = "needed"
    USUAL = "usual"
    HELPFUL = "helpful"
    NOT_NEEDED = "not-needed"
    NOT_STATED = "not-stated"


@dataclass(frozen=True, slots=True)
class Reference:
    """Where a fact comes from: a section of a source article, or a general reference in words."""

    source: SourceId | None = None
    section: str | None = None
    general: str | None = None
    citation: str | None = None

    def __post_init__(self) -> None:
        refuse(self._faults())

    def _faults(self) -> Iterator[Fault]:
        article = self.source is not None and self.section is not None
        general = self.general is not None and self.citation is not None
        parts = [self.source, self.section, self.general, self.citation]
        if article == general or sum(part is not None for part in parts) != 2:
            yield Fault("L02", (), "a reference is either {source, section} or {general, citation}")


@dataclass(frozen=True, slots=True)
class Source:
    """An article the content draws on; learners see its title."""

    id: SourceId
    title: str
    file: str
    sections: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """A field of questions, as people pick it in /quiz and /config."""

    id: TopicId
    title: str
    aliases: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        refuse(self._faults())

    def _faults(self) -> Iterator[Fault]:
        yield from slug("id", self.id)
        yield from text("title", self.title, 40)


@dataclass(frozen=True, slots=True)
class Objective:
    """Something a learner can do afterwards."""

    id: ObjectiveId
    text: str

    def __post_init__(self) -> None:
        refuse(self._faults())

    def _faults(self) -> Iterator[Fault]:
        yield from text("text", self.text, LINE_LIMIT)


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a question, with the reason why it is right or wrong."""

    id: OptionId
    text: str
    why: str
    correct: bool = False

    def __post_init__(self) -> None:
        refuse(self._faults())

    def _faults(self) -> Iterator[Fault]:
        if self.id not in ("a", "b", "c", "d"):
            yield Fault("L06", ("id",), f"option id {self.id!r} must be a, b, c or d")
        yield from text("text", self.text, OPTION_LIMIT)
        yield from text("why", self.why, WHY_LIMITS[1], WHY_LIMITS[0], rule="L08")


class ReadingKind(StrEnum):
    """How a second reader saw the question: without or with the key."""

    BLIND = "blind"
    KEYED = "keyed"


class ReadingResult(StrEnum):
    """What came of a reading."""

    PASSED = "passed"
    FIXED = "fixed"


@dataclass(frozen=True, slots=True)
class Reading:
    """A second reading of a question; no names."""

    kind: ReadingKind
    on: date
    result: ReadingResult


@dataclass(frozen=True, slots=True)
class Fix:
    """Why a question was changed or retired."""

    on: date
    because: str


@dataclass(frozen=True, slots=True)
class Question:
    """A multiple-choice question: a stem, three or four options with reasons, a takeaway and its sources."""

    id: QuestionId
    version: int
    status: Status
    topic: TopicId
    difficulty: Difficulty
    bloom: Bloom
    roadmap: StepId
    roles: tuple[RoleId, ...]
    objectives: tuple[ObjectiveId, ...]
    stem: str
    options: tuple[Option, ...]
    takeaway: str
    refs: tuple[Reference, ...]
    tags: tuple[str, ...] = ()
    myth: str | None = None
    volatile: bool = False
    review_by: date | None = None
    readings: tuple[Reading, ...] = ()
    fix: tuple[Fix, ...] = ()
    note: str | None = None

    def __post_init__(self) -> None:
        refuse(self._faults())

    def _faults(self) -> Iterator[Fault]:
        yield from slug("id", self.id)
        if self.version < 1:
            yield Fault("L02", ("version",), "version starts at 1")
        yield from text("stem", self.stem, STEM_LIMIT)
        yield from self._faults_of_options()
        yield from text("takeaway", self.takeaway, TAKEAWAY_LIMIT)
        if not self.refs:
            yield Fault("L02", ("refs",), "refs needs at least one source")
        if not self.objectives:
            yield Fault("L02", ("objectives",), "objectives needs at least one")
        if self.volatile and self.review_by is None:
            yield Fault("L02", ("volatile",), "a volatile question needs review_by")
        missing = set(ReadingKind) - {reading.kind for reading in self.readings}
        if self.status is Status.LIVE and missing:
            kinds = " and a ".join(sorted(missing))
            told = f"a live question needs a {kinds} reading; without it the status is review"
            yield Fault("L09", ("status",), told)

    def _faults_of_options(self) -> Iterator[Fault]:
        if not 3 <= len(self.options) <= 4:
            told = f"a question has 3 or 4 options, this one has {len(self.options)}"
            yield Fault("L06", ("options",), told)
        right = sum(option.correct for option in self.options)
        if right != 1:
            told = f"exactly one option is correct, this question marks {right}"
            yield Fault("L06", ("options",), told)
        ids = Counter[str]()
        said = Counter[str]()
        for position, option in enumerate(self.options):
            words = re.sub(r"\W+", " ", option.text.casefold()).strip()
            if ids[option.id]:
                told = f"option id {option.id} is taken, ids must differ"
                yield Fault("L06", ("options", position, "id"), told)
            if said[words]:
                yield Fault("L07", ("options", position, "text"), "two options say the same")
            ids[option.id] += 1
            said[words] += 1

    @property
    def key(self) -> Option:
        """The right option."""
        return next(option for option in self.options if option.correct)

    def option(self, id: OptionId) -> Option:
        """The option with that id; ``KeyError`` if this version has none."""
        for option in self.options:
            if option.id == id:
                return option
        raise KeyError(id)


@dataclass(frozen=True, slots=True)
class PayRow:
    """One source's pay claim, as claimed: never averaged, always shown with level, place, source and age."""

    id: PayRowId
    who: str
    level: str
    claim: str
    """The figure in words and numbers, such as "about $80k-$100k or more"."""
    place: str
    basis: str
    as_of: str
    refs: tuple[Reference, ...]
    low: int | None = None
    """Thousands of US dollars a year, where the source gives a number."""
    high: int | None = None

    def __post_init__(self) -> None:
        refuse(self._faults())

    def _faults(self) -> Iterator[Fault]:
        yield from slug("id", self.id)
        for what in ("who", "level", "claim", "place", "basis", "as_of"):
            yield from text(what, getattr(self, what), 120)
        if self.low is not None and self.high is not None and self.low > self.high:
            yield Fault("L02", ("low",), f"low {self.low} is above high {self.high}")
        if not self.refs:
            yield Fault("L02", ("refs",), "refs needs at least one source")


@dataclass(frozen=True, slots=True)
class CodingNote:
    """Whether the role codes, and what to know about that."""

    value: Coding
    note: str = ""


@dataclass(frozen=True, slots=True)
class DegreeNote:
    """Whether the role asks for a degree, and what to know about that."""

    value: Degree
    note: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """A rung of a role's ladder."""

    stage: str
    titles: str
    years: str = ""


@dataclass(frozen=True, slots=True)
class Role:
    """A generative-AI role: what it does, skills, pay, coding and degree, path and first steps."""

    id: RoleId
    version: int
    status: Status
    name: str
    summary: str
    aliases: tuple[str, ...]
    does: tuple[str, ...]
    suits: tuple[str, ...]
    skills: tuple[str, ...]
    coding: CodingNote
    degree: DegreeNote
    path: tuple[Stage, ...]
    branch: RoleId
    """Whose column of the roadmap this role follows; often its own."""
    refs: tuple[Reference, ...]
    not_does: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()
    pay: tuple[PayRowId, ...] = ()
    portfolio: tuple[str, ...] = ()
    disagreements: tuple[str, ...] = ()
    """Where the sources disagree about this role: a sentence giving both sides with their sources."""
    note: str | None = None

    def __post_init__(self) -> None:
        refuse(self._faults())

    def _faults(self) -> Iterator[Fault]:
        yield from slug("id", self.id)
        yield from text("name", self.name, 40)
        yield from text("summary", self.summary, 200)
        yield from lines("does", self.does, LINE_LIMIT, least=1)
        for what in ("not_does", "suits", "skills", "tools", "portfolio"):
            yield from lines(what, getattr(self, what), LINE_LIMIT)
        yield from lines("disagreements", self.disagreements, 300)
        if not self.refs:
            yield Fault("L02", ("refs",), "refs needs at least one source")


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
        if not self.refs:
            yield Fault("L02", ("refs",), "refs needs at least one source")


@dataclass(frozen=True, slots=True)
class ContentFiles:
    """Everything content/ holds, in file order; cross-references already checked."""

    sources: tuple[Source, ...] = ()
    topics: tuple[Topic, ...] = ()
    objectives: tuple[Objective, ...] = ()
    questions: tuple[Question, ...] = ()
    pay: tuple[PayRow, ...] = ()
    roles: tuple[Role, ...] = ()
    steps: tuple[Step, ...] = field(default=())
