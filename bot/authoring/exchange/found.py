"""The content of another program's file: questions as far as it tells them, and what cannot be taken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.domain.artefact import Block
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
    code: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a file that was looked at: its lines, or the rows of a workbook's sheet."""

    line: int
    """Where it is told."""
    begun: int = field(default=0, kw_only=True, compare=False)
    """Its first line, where that is another."""
    end: int = field(default=0, kw_only=True, compare=False)
    """The last line of it; without it, the first."""
    sheet: str = field(default="", kw_only=True)

    @property
    def lines(self) -> range:
        """Every line of it."""
        return range(self.begun or self.line, max(self.end, self.line) + 1)


@dataclass(frozen=True, slots=True)
class FoundQuestion(Stretch):
    """A question of a file, with whatever the format tells beside stem and options."""

    stem: str
    options: tuple[FoundOption, ...]
    id: str = ""
    topic: str = ""
    difficulty: str = ""
    bloom: str = ""
    takeaway: str = ""
    refs: tuple[Reference, ...] = ()
    block: Block | None = None
    remarks: tuple[str, ...] = ()
    """Words for its author on the way it was read."""
    whole: Question | None = None
    """The question itself, where the format holds everything of it."""


def asked_in_full(question: Question) -> str:
    """The stem with what it is about, for formats that have one text for both."""
    block = question.block.text if question.block else ""
    picture = f"[Picture: {question.picture.alt}]" if question.picture else ""
    return "\n\n".join(filter(None, (question.stem, block, picture)))


@dataclass(frozen=True, slots=True)
class LeftOut(Stretch):
    """Something of a file that is no question for us, and why."""

    why: str


@dataclass(frozen=True, slots=True)
class PassedOver(Stretch):
    """Lines around the questions: a title, the head of a table; without words where nobody misses them: a comment."""

    told: str = ""


Found = FoundQuestion | LeftOut | PassedOver
Finds = Iterator[Found]


class FileRefused(Explained):
    """The whole file is not taken."""


MISSING = "install it with `pip install 'studybot[import]'`"
"""The way out where a package is missing that only some files need."""

PICTURE = "it needs a picture, which cannot come along: say in words what is to be seen"
TABLE = "it needs a table, which is not read: say it in words, or write it as a block in YAML"
