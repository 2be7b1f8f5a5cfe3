"""A multiple-choice question as its author writes it, with the readings that made it live."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from bot.domain.artefact import Block, Picture
from bot.domain.common_fields import References, Status
from bot.domain.content_faults import Fault
from bot.domain.identifiers import ConceptId, MythId, ObjectiveId, OptionId, QuestionId, RoleId, StepId, TermId, TopicId
from bot.domain.limits import Chars, Limited, Slug

STEM_LIMIT = 220
# 75 fits a Slack select, a Discord button and a Kahoot answer alike.
OPTION_LIMIT = 75
WHY_LIMITS = (40, 220)
TAKEAWAY_LIMIT = 160


class Difficulty(StrEnum):
    """The author's estimate of how hard a question is."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


class Bloom(StrEnum):
    """The kind of thinking a question asks for, after Bloom's revised taxonomy (without *create*)."""

    REMEMBER = "remember"
    UNDERSTAND = "understand"
    APPLY = "apply"
    ANALYSE = "analyse"
    EVALUATE = "evaluate"


@dataclass(frozen=True, slots=True)
class Option(Limited):
    """One choice of a question, with the reason why it is right or wrong."""

    id: OptionId
    text: Annotated[str, Chars(OPTION_LIMIT)]
    why: Annotated[str, Chars(WHY_LIMITS[1], WHY_LIMITS[0], rule="L08")]
    correct: bool = False
    code: bool = False
    """The text is code: it is shown as such, and compared letter by letter."""

    def _more_faults(self) -> Iterator[Fault]:
        if self.id not in ("a", "b", "c", "d"):
            yield Fault("L06", ("id",), f"option id {self.id!r} must be a, b, c or d")
        if self.code and "`" in self.text:
            yield Fault(
                "L28", ("text",), "a backtick in an option that is code: faces mark code with it, so take it out"
            )


class ReadingKind(StrEnum):
    """A way to read a question a second time: without or with the key."""

    BLIND = "blind"
    KEYED = "keyed"


class ReadingResult(StrEnum):
    """The result of a reading."""

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


class Allowed(StrEnum):
    """The rules of the content check an item may leave, with a reason."""

    NEGATIVE_STEM = "negative-stem"


@dataclass(frozen=True, slots=True)
class Exemption(Limited):
    """A rule this item leaves, and why it must."""

    rule: Allowed
    because: Annotated[str, Chars(160)]


@dataclass(frozen=True, slots=True)
class Question(Limited):
    """A multiple-choice question: a stem, three or four options with reasons, a takeaway and its sources."""

    id: Annotated[QuestionId, Slug()]
    version: int
    status: Status
    topic: TopicId
    difficulty: Difficulty
    bloom: Bloom
    stem: Annotated[str, Chars(STEM_LIMIT)]
    options: tuple[Option, ...]
    takeaway: Annotated[str, Chars(TAKEAWAY_LIMIT)]
    refs: References
    roadmap: StepId | None = None
    """Like roles and objectives, written where the bank has such a shelf."""
    roles: tuple[RoleId, ...] = ()
    objectives: tuple[ObjectiveId, ...] = ()
    concept: Annotated[ConceptId | None, Slug()] = None
    """The one thing it is about; questions that share it are sisters."""
    terms: tuple[TermId, ...] = ()
    """Words of the glossary that it teaches."""
    block: Block | None = None
    picture: Picture | None = None
    tags: tuple[str, ...] = ()
    myth: MythId | None = None
    volatile: bool = False
    review_by: date | None = None
    readings: tuple[Reading, ...] = ()
    fix: tuple[Fix, ...] = ()
    allow: tuple[Exemption, ...] = ()
    note: str | None = None

    def _more_faults(self) -> Iterator[Fault]:
        if self.version < 1:
            yield Fault("L02", ("version",), "version starts at 1")
        yield from self._faults_of_options()
        if self.volatile and self.review_by is None:
            yield Fault("L02", ("volatile",), "a volatile question needs review_by")
        yield from self._faults_of_readings()

    def _faults_of_readings(self) -> Iterator[Fault]:
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
            words = _as_read(option)
            if ids[option.id]:
                told = f"option id {option.id} is taken, ids must differ"
                yield Fault("L06", ("options", position, "id"), told)
            if said[words]:
                yield Fault("L07", ("options", position, "text"), "two options say the same")
            ids[option.id] += 1
            said[words] += 1

    def is_sister_of(self, other: Question) -> bool:
        """Return whether it is another question on the same concept."""
        return self.concept is not None and self.concept == other.concept and self.id != other.id

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


def _as_read(option: Option) -> str:
    """The text as readers tell it from others: a sign may be all that does it, and in code a capital letter."""
    text = option.text if option.code else unicodedata.normalize("NFKC", option.text).casefold()
    return " ".join(text.split())
