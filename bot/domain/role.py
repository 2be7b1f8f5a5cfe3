"""Role cards and pay rows as their author writes them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.faults import Fault, lines, refuse, slug, text
from bot.domain.identifiers import PayRowId, RoleId
from bot.domain.source import LINE_LIMIT, Reference, Status, sourced


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
        yield from sourced(self.refs)


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
        yield from sourced(self.refs)
