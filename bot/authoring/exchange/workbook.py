"""Workbooks (.xlsx), Kahoot's among them, read by python-calamine after a look at what they would unpack to."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

from bot.authoring.exchange.found import MISSING, FileRefused, Finds, PassedOver
from bot.authoring.exchange.table_head import WANTED, head_of
from bot.authoring.exchange.table_rows import HEAD_WITHIN, Row, questions_in

UNPACKED_LIMIT = 64 << 20
PARTS_LIMIT = 2_000
CELLS_LIMIT = 400_000
"""A sheet is held whole, empty cells and all: one cell in the last row of the last column would fill any memory."""
# Of a workbook these parts hold texts; macros, pictures and links are not even unpacked.
_TEXTS = re.compile(r"(?i)\[Content_Types\]\.xml|(?:.*/)?_rels/[^/]*\.rels|xl/[^/]*\.xml|xl/worksheets/[^/]*\.xml")
_CELL = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]{0,9})([0-9]{1,20})[\"']")
_HARMFUL = re.compile(rb"<!DOCTYPE|<!ENTITY", re.IGNORECASE)
_REFUSED = "cannot be read as a workbook: open it, and save it again as .xlsx or as CSV (UTF-8)"


def read(path: Path, data: bytes) -> Finds:
    """A question a row, on every sheet with a head that names the columns."""
    sheets = [*_sheets(path.name, data)]
    several = len(sheets) > 1
    for name, rows in sheets:
        sheet = name if several else ""
        if several and not any(head_of(row.cells).complete for row in rows[:HEAD_WITHIN]):
            filled = sum(1 for row in rows if any(row.cells))
            told = f"a sheet of {filled} rows without a head of questions; it would name {WANTED}"
            yield PassedOver(1, told if filled else "", end=len(rows), sheet=sheet)
        else:
            yield from questions_in(rows, path.name, sheet)


def _sheets(name: str, data: bytes) -> Iterator[tuple[str, list[Row]]]:
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ImportError:
        told = f"{name} is a workbook, which needs a package that is not there: {MISSING}, or save the sheet as CSV."
        raise FileRefused(told) from None
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(_checked(name, data)))
        for sheet in book.sheet_names:
            cells = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
            yield sheet, [_row(number, row) for number, row in enumerate(cells, 1)]
    except (CalamineError, ValueError, OSError) as error:
        raise FileRefused(f"{name} {_REFUSED}.") from error
    except BaseException as error:
        # A panic of the library is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise FileRefused(f"{name} {_REFUSED}.") from error


def _checked(name: str, data: bytes) -> bytes:
    """The workbook with the parts that hold texts, unpacked within bounds; ``FileRefused`` for what would do harm."""
    kept = io.BytesIO()
    size = 0
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed, zipfile.ZipFile(kept, "w") as whole:
            parts = packed.infolist()
            if len(parts) > PARTS_LIMIT:
                raise FileRefused(f"{name} holds {len(parts):,} parts, at most {PARTS_LIMIT:,} are read.")
            if not any(part.filename.startswith("xl/") for part in parts):
                raise FileRefused(f"{name} is a zip, but no Excel workbook: save the sheet as .xlsx or as CSV (UTF-8).")
            for part in parts:
                if not _TEXTS.fullmatch(part.filename):
                    continue
                with packed.open(part) as file:
                    said = file.read(UNPACKED_LIMIT - size + 1)
                size += len(said)
                if size > UNPACKED_LIMIT:
                    raise FileRefused(f"{name} would unpack to more than {UNPACKED_LIMIT >> 20} MiB: is it a quiz?")
                _harmless(name, said)
                whole.writestr(part.filename, said)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise FileRefused(f"{name} {_REFUSED}.") from error
    return kept.getvalue()


def _harmless(name: str, said: bytes) -> None:
    if _HARMFUL.search(said) or said[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise FileRefused(f"{name} declares entities, which no workbook has a use for: save it again.")
    rows = columns = 1
    for found in _CELL.finditer(said):
        rows = max(rows, int(found[2]))
        columns = max(columns, _column(found[1]))
        if rows * columns > CELLS_LIMIT:
            raise FileRefused(
                f"{name} has a sheet that reaches to row {rows:,} and column {columns:,}: copy the questions "
                "into a new one."
            )


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _row(number: int, cells: Sequence[object]) -> Row:
    dated = next((one for one in cells if isinstance(one, date | time | timedelta)), None)
    fault = f"a cell is a date to the spreadsheet ({_text(dated)}): format it as text" if dated is not None else ""
    return Row(number, number, [_text(cell) for cell in cells], fault)


def _text(cell: object) -> str:
    """The text a reader of the sheet sees, where no format changes it."""
    if isinstance(cell, bool):
        return "True" if cell else "False"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time():
        return str(cell.date())
    return str(cell).strip()
