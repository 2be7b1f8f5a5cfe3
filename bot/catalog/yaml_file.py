"""One file of a bank as its author wrote it: texts, lists and mappings, where each begins, and what is to be mended.

Every scalar is a text: YAML 1.1 would read ``No`` as false, ``12:30`` as 750 and ``010`` as 8. Spaces around a text are
dropped, but for those that begin a ``|`` block. What lets a file say something else than it seems to is refused: see
``_Reader``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import yaml
from yaml.events import (
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    NodeEvent,
    ScalarEvent,
    SequenceStartEvent,
)

from bot.catalog import yaml_words
from bot.catalog.characters import refused
from bot.domain.content_faults import At, Level

SIZE_LIMIT = 4 << 20
DEPTH_LIMIT = 20
TOLD_LIMIT = 20
"""The most refused characters reported of one file; with more, it was not written as text."""

Tree = str | list["Tree"] | dict[str, "Tree"]
LineAndColumn = tuple[int, int]
"""Line and column, counted from one."""

# libyaml is about eight times as fast; where it is missing the pure parser reads the same.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NO_VALUE = {"", "~", "null", "Null", "NULL"}
_COMMENT = re.compile(r" +#")


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong in a bank, in a sentence that names the fix; problems sort by file, then by line."""

    file: str
    """The file as authors say it, such as ``content/law/questions/torts.yaml``."""
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


@dataclass(frozen=True, slots=True)
class YamlFile:
    """One file as it was read: what it says, where, and what was wrong with its writing."""

    name: str
    tree: Tree | None
    """None if the file could not be read at all."""
    places: Mapping[At, LineAndColumn]
    problems: tuple[Problem, ...]

    def place(self, at: At) -> LineAndColumn:
        """Where an entry begins; for one that is not there, where that begins which should hold it."""
        while at and at not in self.places:
            at = at[:-1]
        return self.places.get(at, (1, 1))

    def problem(self, rule: str, at: At, text: str, item_id: str = "") -> Problem:
        """A problem at an entry of this file."""
        return Problem(self.name, *self.place(at), rule, item_id, text)


def read(path: Path, name: str) -> YamlFile:
    """Read a file; ``name`` is what authors call it."""

    def unreadable(text: str, line: int = 1, column: int = 1) -> YamlFile:
        return YamlFile(name, None, {}, (Problem(name, line, column, "L01", "", text),))

    try:
        size = path.stat().st_size
        if size > SIZE_LIMIT:
            return unreadable(f"the file has {size:,} bytes, at most {SIZE_LIMIT:,} fit: split it")
        data = path.read_bytes()
    except OSError as error:
        return unreadable(f"the file cannot be read: {(error.strerror or 'unknown reason').lower()}")
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode()
        return unreadable("this is not UTF-8: save the file as UTF-8", *_place_in(before, len(before)))
    return read_text(text, name)


def read_text(text: str, name: str) -> YamlFile:
    """Read a text that is no file."""
    return _Reader(name, text).read()


def _place_in(text: str, offset: int) -> LineAndColumn:
    return text.count("\n", 0, offset) + 1, offset - (text.rfind("\n", 0, offset) + 1) + 1


class _Unreadable(Exception):
    """Nothing after this can be relied on."""


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not been read yet."""

    tree: list[Tree] | dict[str, Tree]
    at: At
    key: str | None = None
    repeated: bool = False


@dataclass(slots=True)
class _Reader:
    """Builds the tree from the parser's events, which still show aliases, tags and repeated fields."""

    name: str
    text: str
    tree: Tree | None = None
    places: dict[At, LineAndColumn] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)

    def read(self) -> YamlFile:
        for offset, told in islice(refused(self.text), TOLD_LIMIT):
            self._report(_place_in(self.text, offset), told)
        try:
            for event in yaml.parse(self.text, Loader=_LOADER):
                self._take(event)
            if self.tree is None:
                self._report((1, 1), "the file is empty: begin it with 'schema: 1'")
        except _Unreadable:
            self.tree = None
        except yaml.YAMLError as error:
            self.tree = None
            # A refused character is the likely cause and is reported already.
            if not self.problems:
                self._report(yaml_words.place(error), yaml_words.yaml_mistake(error))
        return YamlFile(self.name, self.tree, self.places, tuple(self.problems))

    def _report(self, place: LineAndColumn, text: str) -> None:
        self.problems.append(Problem(self.name, *place, "L01", "", text))

    def _stop(self, event: Event, text: str) -> None:
        self._report(_begin(event), text)
        raise _Unreadable

    def _take(self, event: Event) -> None:
        # The most frequent first: there are tens of thousands.
        if isinstance(event, NodeEvent):
            if event.anchor is not None:
                self._stop(event, "anchors (&) and aliases (*) are refused: write the value out, or quote the text")
            if isinstance(event, ScalarEvent):
                self._untagged(event)
                self._scalar(event)
            elif isinstance(event, CollectionStartEvent):
                self._untagged(event)
                self._collection(event)
        elif isinstance(event, CollectionEndEvent):
            self.open.pop()
        elif isinstance(event, DocumentStartEvent) and self.tree is not None:
            self._stop(event, "one document a file: delete this '---' line or split the file")

    def _untagged(self, event: ScalarEvent | CollectionStartEvent) -> None:
        if event.tag is not None:
            self._stop(event, "tags (!) are refused: delete it, or put the text in quotes")

    def _collection(self, event: CollectionStartEvent) -> None:
        if len(self.open) == DEPTH_LIMIT:
            self._stop(event, f"more than {DEPTH_LIMIT} levels of lists and mappings: flatten this")
        if self.open and isinstance(self.open[-1].tree, dict) and self.open[-1].key is None:
            self._stop(event, "a field name is plain text, not a list or a mapping: remove the '?', '[' or '{'")
        tree: list[Tree] | dict[str, Tree] = [] if isinstance(event, SequenceStartEvent) else {}
        self.open.append(_Open(tree, self._put(tree, event)))

    def _scalar(self, event: ScalarEvent) -> None:
        # In a block the spaces before its first line are part of what it shows.
        value = event.value.strip("\n").rstrip() if event.style == "|" else event.value.strip()
        plain = not event.style
        if event.style == '"' and "\\" in self.text[slice(*_span(event))]:
            for _, told in islice(refused(value), 1):
                self._report(_begin(event), told)
        parent = self.open[-1] if self.open else None
        if parent and isinstance(parent.tree, dict) and parent.key is None:
            self._key(parent, value, event)
            return
        at = self._put(value, event)
        if plain and value in _NO_VALUE:
            self._report(self.places[at], _no_value(at[-1] if at else 0))
        elif plain and " " in value and _COMMENT.match(self.text, _span(event)[1]):
            self._report(_begin(event), "the text is cut at the #: put it in double quotes")

    def _key(self, parent: _Open, key: str, event: Event) -> None:
        at = (*parent.at, key)
        parent.key = key
        parent.repeated = key in parent.tree
        if parent.repeated:
            first = self.places[at][0]
            self._report(_begin(event), f"{key!r} stands twice, first in line {first}: delete one of them")
        else:
            self.places.setdefault(at, _begin(event))

    def _put(self, value: Tree, event: Event) -> At:
        """Hang a value where it belongs; of a repeated field the first value stays."""
        if not self.open:
            self.tree = value
            self.places.setdefault((), _begin(event))
            return ()
        parent = self.open[-1]
        if isinstance(parent.tree, list):
            at: At = (*parent.at, len(parent.tree))
            parent.tree.append(value)
            self.places.setdefault(at, _begin(event))
            return at
        assert parent.key is not None
        at = (*parent.at, parent.key)
        if not parent.repeated:
            parent.tree[parent.key] = value
        parent.key = None
        return at


def _no_value(name: str | int) -> str:
    if isinstance(name, int):
        return "this entry has no value: write one, or delete it"
    if re.fullmatch("[a-z_]+", name):
        return f"{name} has no value: write one, or delete it"
    # Within { } a comma ends the text before it, and a colon without a space ends nothing.
    return f"{name!r} has no value: put texts with commas in double quotes, and a space after a colon"


def _begin(event: Event) -> LineAndColumn:
    assert event.start_mark is not None
    return event.start_mark.line + 1, event.start_mark.column + 1


def _span(event: Event) -> tuple[int, int]:
    assert event.start_mark is not None
    assert event.end_mark is not None
    return event.start_mark.index, event.end_mark.index
