"""Our own files of questions."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bot.authoring.exchange.found import MOST, FileRefused, FoundOption, FoundOrLeftOut, FoundQuestion, LeftOut
from bot.authoring.writing import QUESTIONS, file_of
from bot.catalog import yaml_file
from bot.catalog.items import items
from bot.domain.question import Question


def read(path: Path, text: str) -> FoundOrLeftOut:
    """The questions that can stand; of the others everything that is wrong."""
    if len(text) > yaml_file.SIZE_LIMIT:
        raise FileRefused(
            f"{path.name} is larger than {yaml_file.SIZE_LIMIT >> 20} MiB: split it and import the parts."
        )
    file = yaml_file.read_text(text, path.name)
    listed = file.tree.get("questions") if isinstance(file.tree, dict) else None
    if isinstance(listed, list) and len(listed) > MOST:
        raise FileRefused(f"{path.name} holds more than {MOST:,} questions: split it and import the parts.")
    found = items(QUESTIONS, file)
    for problem in (*file.problems, *found.problems):
        yield LeftOut(problem.line, f"{problem.rule} {problem.item_id}: {problem.text}".replace(" :", ":"))
    for entry in found.entries:
        if isinstance(entry.value, Question):
            one = entry.value
            options = tuple(FoundOption(option.text, option.correct, option.why) for option in one.options)
            yield FoundQuestion(file.place(entry.at)[0], one.stem, options, one.id, one.topic, whole=one)


def write(questions: Sequence[Question]) -> bytes:
    """A file as it stands in a bank."""
    return file_of(questions).encode()
