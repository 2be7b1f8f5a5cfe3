"""Questions from the rows of a table, whether a text or a workbook holds it: a row a question under a head."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from bot.authoring.exchange.found import (
    PICTURE,
    FileRefused,
    Finds,
    FoundOption,
    FoundQuestion,
    LeftOut,
    PassedOver,
)
from bot.authoring.exchange.key import LETTERS, NoKey, key_of
from bot.authoring.exchange.table_head import WANTED, Head, head_of
from bot.domain.common_fields import Reference

HEAD_WITHIN = 20
"""The rows in which the head is looked for: programs put a title and some advice above it."""
# A cell that begins so is a formula to a spreadsheet, in full-width characters too.
FORMULA = re.compile(r"'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, with the lines it takes up."""

    line: int
    end: int
    cells: Sequence[str]
    fault: str = ""
    """The reason why it cannot be read."""


def questions_in(rows: Iterable[Row], name: str, sheet: str = "") -> Finds:
    """A question a row; ``FileRefused`` where no row names the columns."""
    rest = iter(rows)
    first = list(islice(rest, HEAD_WITHIN))
    place = next((at for at, row in enumerate(first) if not row.fault and head_of(row.cells).complete), None)
    if place is None:
        raise FileRefused(_headless(first, name))
    for row in first[:place]:
        told = "above the head of the table" if any(cell.strip() for cell in row.cells) or row.fault else ""
        yield PassedOver(row.line, told, end=row.end, sheet=sheet)
    head = head_of(first[place].cells)
    told = "" if head.is_ours else f"the head: {head.told()}"
    yield PassedOver(first[place].line, told, end=first[place].end, sheet=sheet)
    for row in chain(first[place + 1 :], rest):
        if row.fault:
            yield LeftOut(row.line, row.fault, end=row.end, sheet=sheet)
        else:
            yield from _found(head, row, sheet)


def _headless(rows: Sequence[Row], name: str) -> str:
    known = [(len(head_of(row.cells).columns), -at) for at, row in enumerate(rows) if not row.fault]
    best = rows[-max(known)[1]] if known else Row(1, 1, ())
    head = head_of(best.cells)
    return f"line {best.line} of {name} must name the columns: {WANTED}. Of its names {head.told()}."


def _found(head: Head, row: Row, sheet: str) -> Finds:
    cells = [cell.strip() for cell in row.cells]
    while cells and not cells[-1]:
        cells.pop()
    read = {*head.columns.values(), *head.wrong, *head.pictures}
    if not any(cells[at] for at in read if at < len(cells)) and len(cells) <= len(head.names):
        # Templates number rows that nobody filled in.
        yield PassedOver(row.line, end=row.end, sheet=sheet)
        return
    try:
        yield _question(head, row, cells, sheet)
    except NoKey as reason:
        yield LeftOut(row.line, str(reason), end=row.end, sheet=sheet)


def _question(head: Head, row: Row, cells: Sequence[str], sheet: str) -> FoundQuestion:
    if len(cells) > len(head.names):
        told = f"{len(cells)} cells, but the head names {len(head.names)}: quote texts that hold a comma"
        raise NoKey(told)

    def cell(role: str) -> str:
        at = head.columns.get(role, len(cells))
        return plain(cells[at]) if at < len(cells) else ""

    if any(cells[at] for at in head.pictures if at < len(cells)):
        raise NoKey(PICTURE)
    if head.wrong:
        wrong = [plain(cells[at]) for at in head.wrong if at < len(cells) and cells[at]]
        lettered = dict(zip(LETTERS, [cell("correct"), *wrong], strict=False))
        key = "a"
    else:
        lettered = {letter: cell(letter) for letter in LETTERS if cell(letter)}
        key = key_of(cell("correct"), lettered)
    options = tuple(
        FoundOption(text, letter == key, cell(f"why_{letter}") or (cell("why") if letter == key else ""))
        for letter, text in lettered.items()
    )
    general, _, citation = cell("ref").partition(" | ")
    return FoundQuestion(
        row.line,
        cell("stem"),
        options,
        id=cell("id"),
        topic=cell("topic"),
        difficulty=cell("difficulty"),
        bloom=cell("bloom"),
        takeaway=cell("takeaway"),
        refs=(Reference(general=general, citation=citation or general),) if general else (),
        end=row.end,
        sheet=sheet,
    )


def plain(cell: str) -> str:
    """The text of a cell, without the apostrophe that keeps it from being a formula."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell


def numbered(rows: Iterable[Sequence[str]], first: int = 1) -> Iterator[Row]:
    """Rows that take up a line each."""
    for number, cells in enumerate(rows, first):
        yield Row(number, number, cells)
