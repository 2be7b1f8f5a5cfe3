"""CSV as spreadsheets read and write it: a row a question, a head with names."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from bot.authoring.exchange.found import Finds, PassedOver, asked_in_full
from bot.authoring.exchange.table_head import head_of
from bot.authoring.exchange.table_rows import FORMULA, HEAD_WITHIN, Row, questions_in
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
MOST_LINES = 60
"""The most lines of a row: a quote that does not close within them is a slip."""
LONGEST_HEAD = 2_000
MOST_SIGNS = 6
# The line that tells a spreadsheet what parts the cells.
_SEP = re.compile(r'"?sep=([^"\n])"?\s*', re.IGNORECASE)
_MAY_PART = re.compile(r"[^\w\s\"'().?-]|\t")


def read(path: Path, text: str) -> Finds:
    """A question a row; whatever sign parts the cells of the head parts those of every row."""
    lines = text.split("\n")
    said = _SEP.fullmatch(lines[0])
    if said:
        yield PassedOver(1)
    yield from questions_in(_rows(lines, said[1] if said else _delimiter(lines), 1 if said else 0), path.name)


def has_a_head(text: str) -> bool:
    """Return whether one of the first lines names columns of questions."""
    lines = text.split("\n")
    sign = _delimiter(lines)
    return any(head_of(_cells(line, sign)).complete for line in lines[:HEAD_WITHIN])


def write(questions: Sequence[Question]) -> bytes:
    """A table that opens as text in a spreadsheet: with a byte-order mark, and no cell that is a formula."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for question in questions:
        writer.writerow([_safe(_cell(question, column)) for column in COLUMNS])
    return file.getvalue().encode("utf-8-sig")


def _delimiter(lines: Sequence[str]) -> str:
    """The sign with which the names of the columns are known; of several the most frequent."""
    best = ","
    known = 0
    for line in lines[:HEAD_WITHIN]:
        signs = Counter(sign for sign in line[:LONGEST_HEAD] if _MAY_PART.match(sign))
        for sign in [",", *(sign for sign, _ in signs.most_common(MOST_SIGNS))]:
            head = head_of(_cells(line, sign))
            found = len(head.columns) + len(head.wrong) + 100 * head.complete
            if found > known:
                best, known = sign, found
    return best


def _cells(line: str, sign: str) -> list[str]:
    return next(csv.reader([line[:LONGEST_HEAD]], delimiter=sign, skipinitialspace=sign != " "), [])


def _rows(lines: Sequence[str], delimiter: str, first: int) -> Iterator[Row]:
    """Each row with its lines; after one that cannot be read it goes on with the next line."""
    at = first
    while at < len(lines):
        if not lines[at].strip():
            at += 1
            continue
        row = _row((f"{lines[number]}\n" for number in range(at, min(at + MOST_LINES, len(lines)))), at + 1, delimiter)
        if row.fault:
            # Padding may stand behind a closing quote as well as before an opening one.
            again = _row([re.sub(rf'" +(?={re.escape(delimiter)}|$)', '"', f"{lines[at]}\n")], at + 1, delimiter)
            row = row if again.fault else again
        yield row
        at = row.end


def _row(ahead: Iterable[str], line: int, delimiter: str) -> Row:
    reader = csv.reader(ahead, delimiter=delimiter, strict=True, skipinitialspace=delimiter != " ")
    try:
        cells = next(reader)
    except csv.Error as error:
        return Row(line, line, (), f"the row cannot be read: {_told(str(error))}")
    return Row(line, line + reader.line_num - 1, cells)


def _told(error: str) -> str:
    return "a quote opens here that nothing closes" if "unexpected end" in error else error


def _cell(question: Question, column: str) -> str:
    if column == "stem":
        return asked_in_full(question)
    if column == "correct":
        return LETTERS[question.options.index(question.key)]
    if column == "ref":
        if not question.refs:
            return ""
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
    return f"'{cell}" if FORMULA.match(cell) else cell
