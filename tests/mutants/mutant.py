"""A change that no test notices, and the list of those that may stay: docs/mutants.md."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
LIST = ROOT / "docs" / "mutants.md"
MODULES = ("streak", "grading", "round", "round_life", "schedule", "selection")
"""The files of bot/domain/ whose rules are mutated."""
_BLOCK = re.compile(r"^```diff\n(.*?)^```\n(.*?)(?=^```diff\n|^#|\Z)", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True, order=True)
class Mutant:
    """A changed function; its number is left out, for that moves with every other change."""

    module: str
    function: str
    """As in ``answered`` or ``Votes.shown``."""
    removed: tuple[str, ...]
    added: tuple[str, ...]

    @classmethod
    def of(cls, module: str, function: str, diff: Iterable[str]) -> Mutant:
        """Read a mutant off the lines of a diff."""
        lines = [line for line in diff if not line.startswith(("---", "+++"))]
        return cls(
            module,
            function,
            tuple(line[1:].strip() for line in lines if line.startswith("-")),
            tuple(line[1:].strip() for line in lines if line.startswith("+")),
        )

    @property
    def block(self) -> str:
        """The mutant as docs/mutants.md shows it."""
        lines = [f"- {line}" for line in self.removed] + [f"+ {line}" for line in self.added]
        return "\n".join(["```diff", *lines, "```"])

    def __str__(self) -> str:
        return f"## {self.module}\n### {self.function}\n{self.block}"


@dataclass(frozen=True, slots=True)
class Listed:
    """A mutant of the list, and the reason why it may stay."""

    mutant: Mutant
    reason: str


def listed(text: str) -> Iterator[Listed]:
    """The mutants a text lists: ``## module``, ``### function``, a diff, its reason, the next diff."""
    for chapter in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        module, _, rest = chapter.partition("\n")
        for section in re.split(r"^### ", rest, flags=re.MULTILINE)[1:]:
            function, _, body = section.partition("\n")
            for diff, reason in _BLOCK.findall(body):
                yield Listed(Mutant.of(module.strip(), function.strip(), diff.splitlines()), reason.strip())


@dataclass(frozen=True, slots=True)
class Verdict:
    """The survivors that the list does not hold, and what it holds that did not survive."""

    unlisted: Sequence[Mutant]
    gone: Sequence[Mutant]

    @classmethod
    def of(cls, survived: Iterable[Mutant], may_stay: Iterable[Mutant]) -> Verdict:
        """Compare; the same change may be made twice in a function, so they are counted."""
        found, allowed = Counter(survived), Counter(may_stay)
        return cls(sorted((found - allowed).elements()), sorted((allowed - found).elements()))
