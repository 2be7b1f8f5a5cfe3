"""A problem that an author has to mend, and the exact place in the file."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.faults import Level


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong in content/, in a sentence that names the fix; problems sort by file, then by line."""

    file: str
    """The file as authors say it, such as ``content/questions/rag.yaml``."""
    line: int
    column: int
    """Counted from one, in characters, as editors do."""
    rule: str
    """The rule of the content check that is broken, such as ``L02``."""
    item_id: str
    """The question, role, step ... concerned; empty where it is the whole file."""
    text: str
    level: Level = Level.ERROR

    def __str__(self) -> str:
        rule = f"{self.rule} {self.item_id}" if self.item_id else self.rule
        told = "" if self.level is Level.ERROR else f" {self.level}:"
        return f"{self.file}:{self.line}:{self.column} {rule}:{told} {self.text}"
