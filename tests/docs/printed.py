"""The commands that the documents print: in shell blocks, and between backquotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCUMENTS = (
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "tests" / "fakes" / "README.md",
    *sorted(path for path in (ROOT / "docs").glob("*.md") if path.name != "commands.md"),
)
BEGINNINGS = ("make ", ".venv/bin/", "studybot ", "python", "pip", "git ", ". ", "sh ", "./", "sudo ", "py ")
_BLOCK = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Printed:
    """A line of a document that a reader may type."""

    document: str
    command: str


def blocks(language: str) -> Iterator[tuple[str, str]]:
    """Every fenced block of a language, with its document."""
    for path in DOCUMENTS:
        for found in _BLOCK.finditer(path.read_text(encoding="utf-8")):
            if found[1] == language:
                yield path.name, found[2]


def commands() -> Iterator[Printed]:
    """Every command, without what a comment adds."""
    for name, block in blocks("sh"):
        for line in block.splitlines():
            yield Printed(name, line.partition(" #")[0].strip())
    for path in DOCUMENTS:
        text = _BLOCK.sub("", path.read_text(encoding="utf-8"))
        for found in re.finditer(r"`([^`]+)`", text):
            command = " ".join(found[1].split())
            if command.startswith(BEGINNINGS):
                yield Printed(path.name, command)
