"""Our own files of questions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from bot.authoring.exchange.found import MOST, FileRefused, Finds, FoundOption, FoundQuestion, LeftOut, PassedOver
from bot.authoring.writing import QUESTIONS, file_of
from bot.catalog import yaml_file
from bot.catalog.items import Entry, items
from bot.catalog.layout import SCHEMA, ContentPart
from bot.catalog.yaml_file import Problem, YamlFile
from bot.domain.own_question import OwnQuestion
from bot.domain.question import Question

_ENTRY = re.compile(r"( *)- ")


OWN_QUESTIONS = replace(QUESTIONS, holds={"questions": OwnQuestion})
"""A file of a community's questions, of which less must be there."""


def read(path: Path, text: str, part: ContentPart = QUESTIONS) -> Finds:
    """The questions that can stand; of each of the others everything that is wrong, at the first line of that."""
    if len(text) > yaml_file.SIZE_LIMIT:
        raise FileRefused(
            f"{path.name} is larger than {yaml_file.SIZE_LIMIT >> 20} MiB: split it and import the parts."
        )
    lines = text.split("\n")
    file = yaml_file.read_text(text, path.name)
    broken = file.tree is None or any(one.rule == "L01" and one.column == 1 for one in file.problems)
    alone = _alone(lines) if broken else []
    if alone:
        yield PassedOver(1, end=alone[0][0])
        for first, end in alone:
            yield from _entry(path.name, lines, first, end, part)
        return
    listed = file.tree.get("questions") if isinstance(file.tree, dict) else None
    if isinstance(listed, list) and len(listed) > MOST:
        raise FileRefused(f"{path.name} holds more than {MOST:,} questions: split it and import the parts.")
    yield from _whole(file, len(lines), part)


def write(questions: Sequence[Question]) -> bytes:
    """A file as it stands in a bank."""
    return file_of(questions).encode()


def _whole(file: YamlFile, last: int, part: ContentPart) -> Finds:
    """Every entry with its own problems; those of no entry stand alone."""
    found = items(part, file)
    entries = [(file.place(entry.at)[0], entry) for entry in found.entries]
    problems = sorted((*file.problems, *found.problems), key=lambda one: one.line)
    begins = [line for line, _ in entries]
    of_file = [one for one in problems if not begins or one.line < begins[0] or (one.rule, one.column) == ("L02", 1)]
    for problem in of_file:
        # What the parser misses it misses in the line after the last.
        yield LeftOut(min(problem.line, last), _told([problem], problem.line))
    yield PassedOver(1, end=begins[0] if begins else last)
    for (line, end), (_, entry) in zip(_ranges(begins, last), entries, strict=True):
        own = [one for one in problems if line <= one.line <= max(line, end) and one not in of_file]
        yield _question(line, max(line, end), entry, own)


def _question(line: int, end: int, entry: Entry, wrong: Sequence[Problem]) -> FoundQuestion | LeftOut:
    one = entry.value
    if wrong or not isinstance(one, Question):
        at = wrong[0].line if wrong else line
        return LeftOut(min(at, end), _told(wrong, at) or "it cannot be read", begun=line, end=end)
    options = tuple(FoundOption(option.text, option.correct, option.why, option.code) for option in one.options)
    return FoundQuestion(line, one.stem, options, one.id, one.topic, whole=one, end=end)


def _told(wrong: Sequence[Problem], at: int) -> str:
    return "; ".join(
        f"{'' if one.line == at else f'line {one.line}: '}{one.rule} {one.item_id}: {one.text}".replace(" :", ":")
        for one in wrong
    )


def _alone(lines: Sequence[str]) -> list[tuple[int, int]]:
    """The first and last line of each entry, for a file in which one entry breaks the rest."""
    deep = next((found[1] for line in lines if (found := _ENTRY.match(line))), None)
    begins = [number for number, line in enumerate(lines, 1) if deep is not None and line.startswith(f"{deep}- ")]
    return _ranges(begins, len(lines))


def _ranges(begins: Sequence[int], last: int) -> list[tuple[int, int]]:
    """The first and last line of what begins in those lines."""
    return [(begin, end) for begin, end in zip(begins, [*(one - 1 for one in begins[1:]), last], strict=False)]


def _entry(
    name: str, lines: Sequence[str], first: int, end: int, part: ContentPart
) -> Iterator[FoundQuestion | LeftOut]:
    """The entry of those lines, read as if it were the only one."""
    head = f"schema: {SCHEMA}\nquestions:\n"
    file = yaml_file.read_text(head + "\n".join(lines[first - 1 : end]), name)
    moved = first - 1 - head.count("\n")
    found = items(part, file)
    wrong = [_moved(one, moved) for one in sorted((*file.problems, *found.problems), key=lambda one: one.line)]
    if file.tree is None or len(found.entries) != 1:
        yield LeftOut(first, _told(wrong, first) or "it cannot be read", end=end)
    else:
        yield _question(first, end, found.entries[0], wrong)


def _moved(problem: Problem, lines: int) -> Problem:
    return Problem(problem.file, problem.line + lines, problem.column, problem.rule, problem.item_id, problem.text)
