"""Items to look up besides roles, steps and topics: terms and all else that has a title and a source.

A kind is its fields. The one marked ``Title`` is what an item is called, every other text belongs to its body, and
``Names`` are what else people call it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated

from bot.domain.common_fields import LINE_LIMIT, Origin, Reference, References
from bot.domain.content_faults import Fault
from bot.domain.identifiers import (
    BackgroundId,
    DisagreementId,
    FaqId,
    IndustryId,
    InterviewId,
    MythId,
    NoteId,
    PayRowId,
    PitfallId,
    PredictionId,
    ProjectId,
    RoleId,
    ShortRoleId,
    StepId,
    TermId,
)
from bot.domain.limits import Chars, Item, Limited, Lines, Names, Slug, Some, Title

LineText = Annotated[str, Chars(LINE_LIMIT)]
Aliases = Annotated[tuple[str, ...], Names(60)]


@dataclass(frozen=True, slots=True)
class Term(Item):
    """A word of the field: one line on what it means, and the roadmap step it belongs to."""

    id: Annotated[TermId, Slug()]
    name: Annotated[str, Title(40)]
    one_line: Annotated[str, Chars(200)]
    step: StepId
    refs: References
    aliases: Aliases = ()


@dataclass(frozen=True, slots=True)
class ShortRole(Item):
    """A title the sources name in a line or two, too little for a role card, and the role cards nearest to it."""

    id: Annotated[ShortRoleId, Slug()]
    name: Annotated[str, Title(50)]
    summary: Annotated[str, Chars(300)]
    near: Annotated[tuple[RoleId, ...], Some("role")]
    """Full cards to read on; our choice."""
    refs: References
    aliases: Aliases = ()
    emerging: bool = False
    """Named as a growing specialisation."""
    pay: tuple[PayRowId, ...] = ()
    note: Annotated[str | None, Chars(220)] = None


@dataclass(frozen=True, slots=True)
class Faq(Item):
    """A question people ask, a short answer and a long one."""

    id: Annotated[FaqId, Slug()]
    question: Annotated[str, Title(110)]
    short: Annotated[str, Chars(300)]
    long: Annotated[str, Chars(1200)]
    origin: Origin
    refs: References
    synonyms: Annotated[tuple[str, ...], Names(80)] = ()
    """Other ways to ask it."""
    related: tuple[FaqId, ...] = ()
    review_by: date | None = None
    """Set where the answer ages."""

    @property
    def aliases(self) -> tuple[str, ...]:
        """Other ways to ask it."""
        return self.synonyms


class Verdict(StrEnum):
    """The verdict on a claim."""

    WRONG = "wrong"
    DISPUTED = "disputed"
    """The sources, or a source and a forecast it reports, do not agree."""


@dataclass(frozen=True, slots=True)
class Myth(Item):
    """Something many believe, the reality, and why it matters."""

    id: Annotated[MythId, Slug()]
    claim: Annotated[str, Title(110)]
    verdict: Verdict
    reality: Annotated[str, Chars(300)]
    why: LineText
    origin: Origin
    step: StepId
    refs: References
    aliases: Aliases = ()


@dataclass(frozen=True, slots=True)
class Prediction(Item):
    """A question to commit to before the source's position is shown: it has no key, and is never scored."""

    id: Annotated[PredictionId, Slug()]
    prompt: Annotated[str, Title(110)]
    positions: Annotated[tuple[str, ...], Lines(75, least=2)]
    reveal: Annotated[str, Chars(300)]
    scored: bool
    step: StepId
    refs: References
    aliases: Aliases = ()

    def _more_faults(self) -> Iterator[Fault]:
        if self.scored:
            yield Fault("L02", ("scored",), "a prediction has no right answer: write 'scored: false'")


@dataclass(frozen=True, slots=True)
class Pitfall(Item):
    """A common mistake: what people do, what serves them better, and where the mistake comes from."""

    id: Annotated[PitfallId, Slug()]
    name: Annotated[str, Title(60)]
    wrong: LineText
    correct: LineText
    root_cause: LineText
    origin: Origin
    step: StepId
    refs: References
    aliases: Aliases = ()


@dataclass(frozen=True, slots=True)
class Position(Limited):
    """One source's position."""

    text: Annotated[str, Chars(250)]
    refs: References


@dataclass(frozen=True, slots=True)
class Disagreement(Item):
    """A question the sources answer differently; all positions are shown, never a winner alone."""

    id: Annotated[DisagreementId, Slug()]
    question: Annotated[str, Title(110)]
    positions: tuple[Position, ...]
    advice: Annotated[str, Chars(300)]
    aliases: Aliases = ()
    roles: tuple[RoleId, ...] = ()
    """The roles it matters to; none means all."""
    review_by: date | None = None
    """Set where the positions age."""

    def _more_faults(self) -> Iterator[Fault]:
        if len(self.positions) < 2:
            yield Fault("L02", ("positions",), "a disagreement needs at least two positions")

    @property
    def refs(self) -> tuple[Reference, ...]:
        """The sources of all positions."""
        return tuple(dict.fromkeys(ref for position in self.positions for ref in position.refs))

    @property
    def body(self) -> tuple[str, ...]:
        """The positions and the advice."""
        return (*(position.text for position in self.positions), self.advice)


@dataclass(frozen=True, slots=True)
class Industry(Item):
    """A field that uses what is studied: what for, and what it asks of people who work there."""

    id: Annotated[IndustryId, Slug()]
    name: Annotated[str, Title(60)]
    uses: Annotated[tuple[str, ...], Lines(LINE_LIMIT, least=1)]
    refs: References
    needs: Annotated[tuple[str, ...], Lines(LINE_LIMIT)] = ()
    """Empty where the sources name nothing special."""
    aliases: Aliases = ()
    review_by: date | None = None
    """Set where something said of it ages."""


class Scale(StrEnum):
    """The effort a project asks of its maker; our estimate."""

    BEGINNER = "beginner"
    INTERMEDIATE = "intermediate"
    ADVANCED = "advanced"
    RESEARCH = "research"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Project(Item):
    """Something to build and show: a brief, the way there, and a list to check it against."""

    id: Annotated[ProjectId, Slug()]
    name: Annotated[str, Title(60)]
    brief: Annotated[str, Chars(300)]
    level: Scale
    roles: Annotated[tuple[RoleId, ...], Some()]
    """Whom it suits."""
    practises: tuple[StepId, ...]
    """The roadmap steps it exercises."""
    steps: Annotated[tuple[str, ...], Lines(LINE_LIMIT, least=3)]
    checklist: Annotated[tuple[str, ...], Lines(LINE_LIMIT, least=3)]
    """What this project has to show, beyond the list every project is checked against."""
    provider_mix: LineText = field(default="", kw_only=True)
    """How it serves the rule of two model ecosystems; empty where no model is called."""
    ethics_note: LineText
    origin: Origin
    refs: References
    aliases: Aliases = ()


class Family(StrEnum):
    """The field an interview question is about."""

    BEHAVIOURAL = "behavioural"
    RAG = "rag"
    PROMPTING = "prompting"
    TUNING = "tuning"
    EVALUATION = "evaluation"
    MLOPS = "mlops"
    SAFETY = "safety"
    PRODUCT = "product"


class Seniority(StrEnum):
    """The seniority at which an interview question is asked."""

    ENTRY = "entry"
    MID = "mid"
    SENIOR = "senior"


@dataclass(frozen=True, slots=True)
class Interview(Item):
    """An interview question, what a strong answer holds, what gives a weak one away, and what comes next."""

    id: Annotated[InterviewId, Slug()]
    prompt: Annotated[str, Title(220)]
    family: Family
    level: Seniority
    roles: Annotated[tuple[RoleId, ...], Some()]
    strong_answer_points: Annotated[tuple[str, ...], Lines(LINE_LIMIT)]
    red_flags: Annotated[tuple[str, ...], Lines(LINE_LIMIT, least=1)]
    follow_ups: Annotated[tuple[str, ...], Lines(LINE_LIMIT, least=1)]
    minutes: int
    origin: Origin
    refs: References
    aliases: Aliases = ()

    def _more_faults(self) -> Iterator[Fault]:
        if not 3 <= len(self.strong_answer_points) <= 6:
            told = f"a strong answer has 3 to 6 points, this one has {len(self.strong_answer_points)}"
            yield Fault("L02", ("strong_answer_points",), told)
        if not 1 <= self.minutes <= 30:
            yield Fault("L02", ("minutes",), f"an answer takes 1 to 30 minutes, not {self.minutes}")


class Shelf(StrEnum):
    """Where a note belongs."""

    ETHICS = "ethics"
    CERTIFICATE = "certificate"
    DEGREE = "degree"
    RESOURCE = "resource"
    ANALOGY = "analogy"
    CHECKLIST = "checklist"


@dataclass(frozen=True, slots=True)
class Note(Item):
    """A subject in a few lines: a sentence on it, then points."""

    id: Annotated[NoteId, Slug()]
    shelf: Shelf
    name: Annotated[str, Title(60)]
    summary: Annotated[str, Chars(300)]
    points: Annotated[tuple[str, ...], Lines(LINE_LIMIT)]
    refs: References
    aliases: Aliases = ()
    review_by: date | None = None
    """Set where something said here ages."""


@dataclass(frozen=True, slots=True)
class FittingRole(Limited):
    """A role that fits somebody, and why."""

    role: RoleId
    why: Annotated[str, Chars(140)]


@dataclass(frozen=True, slots=True)
class Background(Item):
    """The work or studies somebody comes from: what carries over, fitting roles, and a way in."""

    id: Annotated[BackgroundId, Slug()]
    name: Annotated[str, Title(50)]
    carries_over: Annotated[str, Chars(280)]
    fits: tuple[FittingRole, ...]
    """The best first; its roadmap is the one to walk."""
    first: LineText
    """The first things to learn."""
    step: StepId
    """The roadmap step to begin with."""
    project: LineText
    """A first project, in a sentence."""
    like: ProjectId
    """The portfolio project it is a small form of."""
    advice: LineText
    refs: References
    aliases: Aliases = ()

    def _more_faults(self) -> Iterator[Fault]:
        if not 2 <= len(self.fits) <= 3:
            yield Fault("L02", ("fits",), f"two or three roles fit a background, not {len(self.fits)}")


Knowledge = (
    Term
    | ShortRole
    | Faq
    | Myth
    | Prediction
    | Pitfall
    | Disagreement
    | Industry
    | Project
    | Interview
    | Note
    | Background
)
"""Every kind there is; a new kind is added here and to the catalog's layout, and is then found and shown."""

KINDS: Mapping[str, type[Knowledge]] = MappingProxyType(
    {
        "term": Term,
        "title": ShortRole,
        "faq": Faq,
        "myth": Myth,
        "prediction": Prediction,
        "pitfall": Pitfall,
        "disagreement": Disagreement,
        "industry": Industry,
        "project": Project,
        "interview": Interview,
        "note": Note,
        "background": Background,
    }
)
"""The kinds by the word people read, which is also what a button carries."""
