"""The content of another program's file: questions as far as it tells them, and what cannot be taken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.common_fields import Reference
from bot.domain.explained import Explained
from bot.domain.question import Question

MOST = 1_000
"""The most questions read from one file."""


@dataclass(frozen=True, slots=True)
class FoundOption:
    """An option; many formats tell no reason."""

    text: str
    correct: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class FoundQuestion:
    """A question of a file, with whatever the format tells beside stem and options."""

    line: int
    stem: str
    options: tuple[FoundOption, ...]
    id: str = ""
    topic: str = ""
    difficulty: str = ""
    bloom: str = ""
    takeaway: str = ""
    refs: tuple[Reference, ...] = ()
    whole: Question | None = None
    """The question itself, where the format holds everything of it."""


def asked_in_full(question: Question) -> str:
    """The stem with what it is about, for formats that have one text for both."""
    block = question.block.text if question.block else ""
    picture = f"[Picture: {question.picture.alt}]" if question.picture else ""
    return "\n\n".join(filter(None, (question.stem, block, picture)))


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something of a file that is no question for us, and why."""

    line: int
    why: str


FoundOrLeftOut = Iterator[FoundQuestion | LeftOut]


class FileRefused(Explained):
    """The whole file is not taken."""
