"""One file of a bank as its author wrote it: texts, lists and mappings, where each begins, and what is to be mended.

Every scalar is a text: YAML 1.1 would read ``No`` as false, ``12:30`` as 750 and ``010`` as 8. Spaces around a text are
dropped, but for those that begin a ``|`` block. What lets a file say something else than it seems to is refused: see
``_Reader``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any, NoReturn, Protocol

import yaml
from yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
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


class Mark(Protocol):
    """A place in a text, as libyaml and the pure parser both give it: counted from zero."""

    index: int
    line: int
    column: int


@dataclass(frozen=True)
class YamlFile:
    """One file as it was read: what it says, where, and what was wrong with its writing."""

    name: str
    tree: Tree | None
    """None if the file could not be read at all."""
    text: str
    problems: tuple[Problem, ...]

    def place(self, at: At) -> LineAndColumn:
        """Where an entry begins; for one that is not there, where that begins which should hold it."""
        node = self._nodes
        mark = node.start_mark if node else None
        for part in at:
            begins, node = _entry(node, part)
            mark = begins or mark
        return _line_and_column(mark) if mark else (1, 1)

    @cached_property
    def _nodes(self) -> yaml.Node | None:
        """The same once more with places: most files are read without anything to tell about them."""
        return yaml.compose(self.text, Loader=_LOADER) if self.tree is not None else None

    def problem(self, rule: str, at: At, text: str, item_id: str = "") -> Problem:
        """A problem at an entry of this file."""
        return Problem(self.name, *self.place(at), rule, item_id, text)


def read(path: Path, name: str) -> YamlFile:
    """Read a file; ``name`` is what authors call it."""

    def unreadable(text: str, line: int = 1, column: int = 1) -> YamlFile:
        return YamlFile(name, None, "", (Problem(name, line, column, "L01", "", text),))

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


class _Reader:
    """Builds the tree from the parser's events, which still show aliases, tags and repeated fields."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self.whole: list[Tree] = []
        """A list with the file as its only entry; empty until that begins."""
        self.problems: list[Problem] = []

    def read(self) -> YamlFile:
        for offset, told in islice(refused(self.text), TOLD_LIMIT):
            self._report(_place_in(self.text, offset), told)
        whole = self.whole
        try:
            self._take_all()
            if not whole:
                self._report((1, 1), "the file is empty: begin it with 'schema: 1'")
        except _Unreadable:
            whole = []
        except yaml.YAMLError as error:
            whole = []
            # A refused character is the likely cause and is reported already.
            if not self.problems:
                self._report(yaml_words.place(error), yaml_words.yaml_mistake(error))
        return YamlFile(self.name, whole[0] if whole else None, self.text, tuple(self.problems))

    def _report(self, at: Mark | LineAndColumn | None, text: str) -> None:
        line, column = at if isinstance(at, tuple) else _line_and_column(at)
        self.problems.append(Problem(self.name, line, column, "L01", "", text))

    def _stop(self, event: Event, text: str) -> NoReturn:
        self._report(event.start_mark, text)
        raise _Unreadable

    def _take_all(self) -> None:
        # A question is a hundred events, a start reads hundreds of questions, and of most nothing is told: what every
        # event needs stands here and calls little.
        into: list[Tree] | dict[str, Tree] = self.whole
        field: str | None = None
        begun: dict[str, Mark | None] = {}
        around: list[tuple[list[Tree] | dict[str, Tree], dict[str, Mark | None]]] = []
        for event in iter(_LOADER(self.text).get_event, None):
            kind = event.__class__
            if kind is ScalarEvent:
                if event.anchor is not None or event.tag is not None:
                    self._refuse(event)
                style = event.style
                # In a block the spaces before its first line are part of what it shows.
                value = event.value.strip("\n").rstrip() if style == "|" else event.value.strip()
                if style == '"' and not (value.isascii() and value.isprintable()):
                    self._escaped(event, value)
                if field is None and isinstance(into, dict):
                    if value in into:
                        self._repeated(event, value, begun[value])
                    else:
                        begun[value] = event.start_mark
                    field = value
                    continue
                if not style and (" " in value or value in _NO_VALUE):
                    self._plain(event, value, field, begun)
                _put(into, field, value)
                field = None
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                if event.anchor is not None or event.tag is not None:
                    self._refuse(event)
                if len(around) == DEPTH_LIMIT:
                    self._stop(event, f"more than {DEPTH_LIMIT} levels of lists and mappings: flatten this")
                if field is None and isinstance(into, dict):
                    self._stop(event, "a field name is plain text, not a list or a mapping: remove the '?', '[' or '{'")
                tree: list[Tree] | dict[str, Tree] = {} if kind is MappingStartEvent else []
                _put(into, field, tree)
                around.append((into, begun))
                into, begun, field = tree, {}, None
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                into, begun = around.pop()
            elif kind is AliasEvent:
                self._refuse(event)
            elif kind is DocumentStartEvent and self.whole:
                self._stop(event, "one document a file: delete this '---' line or split the file")

    def _refuse(self, event: AliasEvent | ScalarEvent | CollectionStartEvent) -> NoReturn:
        if event.anchor is not None:
            self._stop(event, "anchors (&) and aliases (*) are refused: write the value out, or quote the text")
        self._stop(event, "tags (!) are refused: delete it, or put the text in quotes")

    def _escaped(self, event: ScalarEvent, value: str) -> None:
        """Report what an escape such as ``\\u200b`` hides; what stands in the text itself is reported already."""
        assert event.start_mark is not None
        assert event.end_mark is not None
        if "\\" in self.text[event.start_mark.index : event.end_mark.index]:
            for _, told in islice(refused(value), 1):
                self._report(event.start_mark, told)

    def _repeated(self, event: ScalarEvent, field: str, first: Mark | None) -> None:
        line, _ = _line_and_column(first)
        self._report(event.start_mark, f"{field!r} stands twice, first in line {line}: delete one of them")

    def _plain(self, event: ScalarEvent, value: str, field: str | None, begun: Mapping[str, Mark | None]) -> None:
        """Report a text without quotes that says nothing, or that goes on behind what looks like a comment."""
        assert event.end_mark is not None
        if value in _NO_VALUE:
            self._report(event.start_mark if field is None else begun[field], _no_value(field))
        elif _COMMENT.match(self.text, event.end_mark.index):
            self._report(event.start_mark, "the text is cut at the #: put it in double quotes")


def _put(into: list[Tree] | dict[str, Tree], field: str | None, value: Tree) -> None:
    """Hang a value where it belongs; of a repeated field the first value stays."""
    if isinstance(into, list):
        into.append(value)
    else:
        assert field is not None
        into.setdefault(field, value)


def _no_value(field: str | None) -> str:
    if field is None:
        return "this entry has no value: write one, or delete it"
    if re.fullmatch("[a-z_]+", field):
        return f"{field} has no value: write one, or delete it"
    # Within { } a comma ends the text before it, and a colon without a space ends nothing.
    return f"{field!r} has no value: put texts with commas in double quotes, and a space after a colon"


def _line_and_column(mark: Mark | None) -> LineAndColumn:
    assert mark is not None
    return mark.line + 1, mark.column + 1


def _entry(node: yaml.Node | None, part: str | int) -> tuple[Mark | None, yaml.Node | None]:
    """Where an entry begins, a field at its name, an entry of a list at its value; and the value."""
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            if name.value.strip() == part:
                return name.start_mark, value
    elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        value = node.value[part]
        return value.start_mark, value
    return None, None
