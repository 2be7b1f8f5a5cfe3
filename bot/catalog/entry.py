"""An item of content together with the place it was written at."""

from __future__ import annotations

from dataclasses import dataclass

from bot.catalog.layout import Item
from bot.catalog.problem import Problem
from bot.catalog.yaml_file import Tree, YamlFile
from bot.domain.faults import At


@dataclass(frozen=True, slots=True)
class Entry:
    """A question, role, step ... as its author wrote it, whether or not it can stand."""

    kind: type[Item]
    file: YamlFile
    at: At
    tree: Tree
    value: Item | None
    """None if something is wrong with it."""

    @property
    def id(self) -> str:
        """The id it claims; empty if it has none."""
        claimed = self.tree.get("id") if isinstance(self.tree, dict) else None
        return claimed if isinstance(claimed, str) else ""

    def problem(self, rule: str, at: At, text: str) -> Problem:
        """A problem at a place within this item."""
        return self.file.problem(rule, self.at + at, text, self.id)

    @property
    def told_place(self) -> str:
        """Where it stands, as ``content/topics.yaml:12``."""
        return f"{self.file.name}:{self.file.place((*self.at, 'id'))[0]}"
