"""CSV as spreadsheets read and write it: a row a question, a head with names."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bot.authoring.exchange.found import FileRefused, FoundOption, FoundOrLeftOut, FoundQuestion, LeftOut, asked_in_full
from bot.catalog.scalars import as_written
from bot.domain.common_fields import Reference
from bot.domain.question import Question

LETTERS = "abcd"
COLUMNS = (
    "id",
    "topic",
    "difficulty",
    "bloom",
    "stem",
    *(f"{what}{letter}" for letter in LETTERS for what in ("", "why_")),
    "correct",
    "takeaway",
    "ref",
)
# A cell that begins so is a formula to a spreadsheet, in full-width characters too.
_FORMULA = re.compile(r"'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")


def read(path: Path, text: str) -> FoundOrLeftOut:
    """A question a row; commas, semicolons and tabs part the cells, whatever the head has."""
    rows = _rows(path, text)
    head_line, head = next(rows, (1, []))
    names = [name.strip().casefold() for name in head]
    if not {"stem", "a", "b", "correct"} <= set(names):
        wanted = ", ".join(COLUMNS)
        raise FileRefused(
            f"line {head_line} of {path.name} must name the columns, at least stem, a, b, correct of: {wanted}."
        )
    for line, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(names):
            yield LeftOut(line, f"{len(cells)} cells, but the head names {len(names)}: quote texts that hold a comma")
            continue
        yield _found(line, {name: _plain(cell.strip()) for name, cell in zip(names, cells, strict=False)})


def write(questions: Sequence[Question]) -> bytes:
    """A table that opens as text in a spreadsheet: with a byte-order mark, and no cell that is a formula."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for question in questions:
        writer.writerow([_safe(_cell(question, column)) for column in COLUMNS])
    return file.getvalue().encode("utf-8-sig")


def _rows(path: Path, text: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line it begins in."""
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            yield line, next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise FileRefused(f"the row at line {line} of {path.name} cannot be read: {error}.") from None


def _found(line: int, row: Mapping[str, str]) -> FoundQuestion | LeftOut:
    letters = [letter for letter in LETTERS if row.get(letter)]
    correct = row.get("correct", "").casefold().strip(".) ")
    if correct.isdigit() and 1 <= int(correct) <= len(LETTERS):
        correct = LETTERS[int(correct) - 1]
    if correct not in letters:
        return LeftOut(line, f"correct is {as_written(row.get('correct', ''))}: write the letter of the right option")
    options = tuple(FoundOption(row[letter], letter == correct, row.get(f"why_{letter}", "")) for letter in letters)
    general, _, citation = row.get("ref", "").partition(" | ")
    return FoundQuestion(
        line,
        row["stem"],
        options,
        id=row.get("id", ""),
        topic=row.get("topic", ""),
        difficulty=row.get("difficulty", ""),
        bloom=row.get("bloom", ""),
        takeaway=row.get("takeaway", ""),
        refs=(Reference(general=general, citation=citation or general),) if general else (),
    )


def _cell(question: Question, column: str) -> str:
    if column == "stem":
        return asked_in_full(question)
    if column == "correct":
        return LETTERS[question.options.index(question.key)]
    if column == "ref":
        first = question.refs[0]
        return f"{first.source or first.general} | {first.section or first.citation}"
    part, letter = column.rpartition("_")[::2]
    if letter in LETTERS and part in ("", "why"):
        place = LETTERS.index(letter)
        if place >= len(question.options):
            return ""
        return question.options[place].why if part else question.options[place].text
    return str(getattr(question, column))


def _safe(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _plain(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
