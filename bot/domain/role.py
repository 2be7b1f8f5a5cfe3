"""Role cards and pay rows as their author writes them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from bot.domain.common_fields import LINE_LIMIT, References, Status
from bot.domain.content_faults import Fault
from bot.domain.identifiers import PayRowId, RoleId
from bot.domain.limits import Chars, Limited, Lines, Slug

Short = Annotated[str, Chars(120)]
RoleLines = Annotated[tuple[str, ...], Lines(LINE_LIMIT)]


class Coding(StrEnum):
    """The amount of code a role writes."""

    YES = "yes"
    SOME = "some"
    NO = "no"
    DISPUTED = "disputed"


class Degree(StrEnum):
    """The weight a role gives to a degree."""

    NEEDED = "needed"
    USUAL = "usual"
    HELPFUL = "helpful"
    NOT_NEEDED = "not-needed"
    NOT_STATED = "not-stated"


@dataclass(frozen=True, slots=True)
class PayRow(Limited):
    """One source's pay claim, as claimed: never averaged, always shown with level, place, source and age."""

    id: Annotated[PayRowId, Slug()]
    who: Short
    level: Short
    claim: Short
    """The figure in words and numbers, such as "about $80k-$100k or more"."""
    place: Short
    basis: Short
    as_of: Short
    refs: References
    low: int | None = None
    """Thousands of US dollars a year, where the source gives a number."""
    high: int | None = None

    def _more_faults(self) -> Iterator[Fault]:
        if self.low is not None and self.high is not None and self.low > self.high:
            yield Fault("L02", ("low",), f"low {self.low} is above high {self.high}")


@dataclass(frozen=True, slots=True)
class CodingNote:
    """The amount of code in a role, with a note."""

    value: Coding
    note: str = ""


@dataclass(frozen=True, slots=True)
class DegreeNote:
    """The weight of a degree for a role, with a note."""

    value: Degree
    note: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """A rung of a role's ladder."""

    stage: str
    titles: str
    years: str = ""


@dataclass(frozen=True, slots=True)
class Role(Limited):
    """A role of the field: what it does, skills, pay, coding and degree, path and first steps."""

    id: Annotated[RoleId, Slug()]
    version: int
    status: Status
    name: Annotated[str, Chars(40)]
    summary: Annotated[str, Chars(200)]
    aliases: tuple[str, ...]
    does: Annotated[tuple[str, ...], Lines(LINE_LIMIT, least=1)]
    suits: RoleLines
    skills: RoleLines
    coding: CodingNote
    degree: DegreeNote
    path: tuple[Stage, ...]
    branch: RoleId
    """Whose column of the roadmap this role follows; often its own."""
    refs: References
    often_compared: tuple[RoleId, ...] = ()
    """Roles the sources themselves set against this one."""
    not_does: RoleLines = ()
    tools: RoleLines = ()
    pay: tuple[PayRowId, ...] = ()
    portfolio: RoleLines = ()
    disagreements: Annotated[tuple[str, ...], Lines(300)] = ()
    """Where the sources disagree about this role: a sentence giving both sides with their sources."""
    note: str | None = None
