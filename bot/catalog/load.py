"""Reading a bank: every item that can stand, and everything there is to mend."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from bot.catalog import references, shelves, yaml_file
from bot.catalog.items import Entry, items
from bot.catalog.layout import ITEM_KINDS, LAYOUT, Item, is_hidden
from bot.catalog.nearest import instead
from bot.catalog.yaml_file import Problem
from bot.domain.bank import Bank
from bot.domain.common_fields import Objective, Source, Topic
from bot.domain.content import ContentFiles, WordList
from bot.domain.content_faults import Level
from bot.domain.knowledge import KINDS
from bot.domain.question import Question
from bot.domain.roadmap import Step
from bot.domain.role import PayRow, Role

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Loaded:
    """A bank's items; only where there are no problems does everything named in them exist."""

    files: ContentFiles
    problems: tuple[Problem, ...]
    usable: ContentFiles
    """Without the items that something is wrong with."""


@dataclass(frozen=True, slots=True)
class FolderRead:
    """A bank's folder as its authors wrote it: every item with its place, and what is wrong with them."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]

    @property
    def files(self) -> ContentFiles:
        """The items that can stand."""
        return _files(self.entries)


def load(folder: Path, name: str = "") -> Loaded:
    """Read a bank whole and report all its problems at once, by file and line."""
    found = read_folder(folder, name)
    files = found.files
    return Loaded(files, found.problems, _files(_usable(found.entries, found.problems)) if found.problems else files)


def read_folder(folder: Path, name: str = "") -> FolderRead:
    """Read a bank and keep where everything stands; ``name`` is what authors call its folder."""
    name = name or folder.absolute().name
    if not folder.is_dir():
        told = "the content folder is missing: name a bank's folder, or one of banks"
        return FolderRead((), (_at_file(name, told),))
    entries: list[Entry] = []
    problems: list[Problem] = []
    partly_read: set[type[Item]] = set()
    absent = {kind: f"{name}/{part.pattern}" for part in LAYOUT for kind in part.holds.values() if kind in ITEM_KINDS}
    for part in LAYOUT:
        paths = list(part.paths(folder))
        if not paths and part.required:
            problems.append(_at_file(f"{name}/{part.pattern}", "there is no such file: add it"))
        for path in paths:
            file = yaml_file.read(path, f"{name}/{path.relative_to(folder).as_posix()}")
            found = items(part, file)
            entries += found.entries
            problems += (*file.problems, *found.problems)
            if not found.whole:
                partly_read.update(part.holds.values())
            for kind in found.listed if found.whole else part.holds.values():
                absent.pop(kind, None)
    problems += _strays(folder, name)
    problems += _missing_pictures(folder, entries)
    problems += shelves.check(entries, absent)
    problems += references.check(entries, partly_read | absent.keys())
    return FolderRead(tuple(entries), tuple(sorted(_told_once(problems))))


def _strays(folder: Path, called: str) -> Iterator[Problem]:
    """A file with a slip in its name would otherwise be left out without a word."""
    looked_for = {path for part in LAYOUT for path in part.paths(folder)}
    for path in folder.rglob("*.y*ml"):
        if path not in looked_for and not is_hidden(path, folder):
            name = path.relative_to(folder).as_posix()
            known = [part.pattern for part in LAYOUT]
            fix = "end its name in .yaml" if path.suffix == ".yml" else instead(name, known)
            yield _at_file(f"{called}/{name}", f"nothing reads this file: {fix}")


def _missing_pictures(folder: Path, entries: Iterable[Entry]) -> Iterator[Problem]:
    for entry in entries:
        picture = entry.value.picture if isinstance(entry.value, Question) else None
        if picture and not (folder / picture.file).is_file():
            yield entry.problem("L04", ("picture", "file"), f"no file {picture.file!r} is in the bank: add it")


def _told_once(problems: Sequence[Problem]) -> Iterator[Problem]:
    """Without what only follows from text that could not be read at the same place."""
    unread = {(one.file, one.line, one.column) for one in problems if one.rule == "L01"}
    return (one for one in problems if one.rule == "L01" or (one.file, one.line, one.column) not in unread)


def _at_file(file: str, text: str) -> Problem:
    return Problem(file, 1, 1, "L02", "", text)


def _files(entries: Sequence[Entry]) -> ContentFiles:
    questions = _of(Question, entries)
    return ContentFiles(
        bank=next(iter(_of(Bank, entries)), None),
        words=next(iter(_of(WordList, entries)), WordList()),
        sources=_of(Source, entries),
        topics=_of(Topic, entries) or shelves.declared_topics(questions),
        objectives=_of(Objective, entries),
        questions=questions,
        pay=_of(PayRow, entries),
        roles=_of(Role, entries),
        steps=_of(Step, entries),
        knowledge=tuple(item for kind in KINDS.values() for item in _of(kind, entries)),
    )


def _of(kind: type[T], entries: Iterable[Entry]) -> tuple[T, ...]:
    return tuple(entry.value for entry in entries if isinstance(entry.value, kind))


def _usable(entries: Sequence[Entry], problems: Iterable[Problem]) -> tuple[Entry, ...]:
    """The items nothing is wrong with: the part of a folder that can be used although something else in it is wrong.

    An item that refers to one left out stays; replies skip references that are missing.
    """
    in_file: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, entry in enumerate(entries):
        in_file[entry.file.name].append((entry.file.place(entry.at)[0], number))
    wrong = set()
    for problem in problems:
        begun = in_file[problem.file]
        # The item that the line stands in: the last to begin at or before it.
        found = bisect_right(begun, problem.line, key=lambda begins: begins[0])
        if problem.item_id and problem.level is Level.ERROR and found:
            wrong.add(begun[found - 1][1])
    return tuple(entry for number, entry in enumerate(entries) if entry.value is not None and number not in wrong)
