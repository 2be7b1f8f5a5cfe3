"""A bank: questions on one subject, and the shelves beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from bot.domain.content_faults import Fault
from bot.domain.identifiers import BankId
from bot.domain.limits import Chars, Limited, Slug


class Shelf(StrEnum):
    """A part of a bank that a command cannot do without, as a sentence calls it."""

    ROLES = "roles"
    ROADMAP = "a roadmap"


@dataclass(frozen=True, slots=True)
class Bank(Limited):
    """A bank in the words of its owner."""

    id: Annotated[BankId, Slug()]
    title: Annotated[str, Chars(60)]
    subject: Annotated[str, Chars(60)]
    """The subject as it stands in a sentence: "one question a day on the cell"."""
    language: str
    """A tag such as ``en`` or ``pt-BR``."""
    licence: Annotated[str, Chars(60)]
    owner: Annotated[str, Chars(160)]
    """The people who may change it and hear of mistakes, and where."""
    default: bool = False
    """The one that is asked where nobody chose, if there are several."""

    def _more_faults(self) -> Iterator[Fault]:
        if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", self.language):
            yield Fault("L02", ("language",), f"language {self.language!r} must be a tag such as en or pt-BR")
