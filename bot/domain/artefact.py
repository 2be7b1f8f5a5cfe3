"""Artefacts that a question shows beside its words: a block of code, a log, a table or a prompt, and a picture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from bot.domain.content_faults import Fault
from bot.domain.limits import Chars, Limited

# So much stands on a phone without being cut or scrolled through.
BLOCK_LINES = 15
BLOCK_WIDTH = 60
ALT_LIMIT = 300
_LANGUAGE = re.compile(r"[a-z0-9][a-z0-9+#.-]{0,19}")
_FILE = re.compile(r"(?:[a-z0-9_-]+/)*[a-z0-9_-]+\.(?:png|jpe?g|gif|webp)")


class BlockKind(StrEnum):
    """The kind of text a block holds."""

    CODE = "code"
    LOG = "log"
    TABLE = "table"
    PROMPT = "prompt"


@dataclass(frozen=True, slots=True)
class Block(Limited):
    """Lines that stand as they were typed, each letter as wide as the next."""

    kind: BlockKind
    text: str
    language: str = ""
    """The language of code, such as ``sql``, for faces that colour it."""

    def _more_faults(self) -> Iterator[Fault]:
        lines = self.text.split("\n")
        if not self.text.strip():
            yield Fault("L02", ("text",), "the block is empty")
        if len(lines) > BLOCK_LINES:
            yield Fault("L11", ("text",), f"the block has {len(lines)} lines, at most {BLOCK_LINES} fit")
        for number, line in enumerate(lines, 1):
            if len(line) > BLOCK_WIDTH:
                told = f"line {number} of the block has {len(line)} characters, at most {BLOCK_WIDTH} fit"
                yield Fault("L11", ("text",), told)
        if "```" in self.text:
            yield Fault("L28", ("text",), "a code fence ('```'): take it out, the whole block is shown as code")
        if self.language and not _LANGUAGE.fullmatch(self.language):
            yield Fault("L02", ("language",), f"language {self.language!r} must be a short name such as sql")


@dataclass(frozen=True, slots=True)
class Picture(Limited):
    """A picture in the bank's folder, and what it shows in words."""

    file: str
    alt: Annotated[str, Chars(ALT_LIMIT)]

    def _more_faults(self) -> Iterator[Fault]:
        if not _FILE.fullmatch(self.file):
            told = f"file {self.file!r} must be a path in the bank such as pictures/cell.png, in small letters"
            yield Fault("L02", ("file",), told)
