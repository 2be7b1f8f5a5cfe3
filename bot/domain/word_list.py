"""Words as the content may use them: short forms learners know, and words to avoid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from bot.domain.limits import Chars, Limited


@dataclass(frozen=True, slots=True)
class Avoided(Limited):
    """A word not everyone reads, and what to say instead."""

    word: Annotated[str, Chars(40)]
    instead: Annotated[str, Chars(80)]


@dataclass(frozen=True, slots=True)
class WordList:
    """Words known beside the terms learners look up."""

    short_forms: tuple[str, ...] = ()
    """Used without explanation, such as ``API``."""
    avoid: tuple[Avoided, ...] = ()
