"""From one file to its items, whether or not they can stand, each with the place it was written at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.catalog import scalars, schema
from bot.catalog.layout import SCHEMA, ContentPart, Item
from bot.catalog.nearest import instead, nearest
from bot.catalog.yaml_file import Problem, Tree, YamlFile
from bot.domain.content_faults import At


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
        """Where it stands, as ``content/law/topics.yaml:12``."""
        return f"{self.file.name}:{self.file.place((*self.at, 'id'))[0]}"


@dataclass(slots=True)
class Items:
    """The items of one file and what is wrong with them."""

    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    listed: list[type[Item]] = field(default_factory=list)
    """The kinds it lists, be it without an entry."""
    whole: bool = True
    """False where a list could not be read, so that nobody knows what else would have been named."""


def items(part: ContentPart, file: YamlFile) -> Items:
    """The items of a file, in order."""
    found = Items()
    wrong = _wrong_file(part, file)
    if file.tree is None or wrong:
        return Items(problems=wrong, whole=False)
    assert isinstance(file.tree, dict)
    missing = {name for name in part.holds if name not in file.tree}
    # Of two shelves in one file a bank may have one.
    needed = missing == {*part.holds}
    for name in file.tree:
        if name != "schema" and name not in part.holds:
            meant = nearest(name, missing)
            missing.discard(meant or "")
            fix = f"did you mean {meant!r}?" if meant else instead(name, ("schema", *part.holds))
            found.problems.append(file.problem("L02", (name,), f"unknown field {name!r}: {fix}"))
            found.whole = False
    for name in sorted(missing) if needed else ():
        found.problems.append(file.problem("L02", (), f"{name} is missing: add '{name}:'"))
        found.whole = False
    for name, kind in part.holds.items():
        content = file.tree.get(name)
        if content is not None:
            found.listed.append(kind)
        if part.single and content is not None:
            _add(found, kind, file, (name,), content)
        elif isinstance(content, list):
            for position, one in enumerate(content):
                _add(found, kind, file, (name, position), one)
        elif content is not None:
            told = f"{name} must be a list: begin each entry with '- '"
            found.problems.append(file.problem("L02", (name,), told))
            found.whole = False
    return found


def _add(found: Items, kind: type[Item], file: YamlFile, at: At, tree: Tree) -> None:
    value, faults = schema.build(kind, tree)
    entry = Entry(kind, file, at, tree, value)
    found.entries.append(entry)
    found.problems.extend(entry.problem(fault.rule, fault.at, fault.text) for fault in faults)


def _wrong_file(part: ContentPart, file: YamlFile) -> list[Problem]:
    if file.tree is None:
        return []
    if not isinstance(file.tree, dict):
        first = next(iter(part.holds))
        told = f"the file is not a mapping: begin it with 'schema: {SCHEMA}', then '{first}:'"
        return [file.problem("L02", (), told)]
    return [file.problem("L02", ("schema",), told) for told in _wrong_schema(file.tree.get("schema"))]


def _wrong_schema(value: Tree | None) -> Iterator[str]:
    if value is None:
        yield f"schema is missing: begin the file with 'schema: {SCHEMA}'"
        return
    try:
        number = scalars.whole_number(value)
    except ValueError as error:
        yield f"schema {error}"
        return
    if number > SCHEMA:
        yield f"schema {number} needs a newer studybot, this one reads schema {SCHEMA}: update studybot"
    elif number < SCHEMA:
        yield f"schema {number} was never in use: write 'schema: {SCHEMA}'"
