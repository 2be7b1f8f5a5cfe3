"""Which formats there are, and the text of a file nobody has checked: bounded before it is read."""

from __future__ import annotations

import stat
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from bot.authoring.exchange import anki, csv_table, gift, markdown, own_yaml
from bot.authoring.exchange.found import MOST, FileRefused, FoundOrLeftOut, FoundQuestion, LeftOut
from bot.domain.question import Question

SIZE_LIMIT = 4 << 20
"""Several thousand questions fit; a larger file is something else."""
LINE_LIMIT = 20_000
"""A question with all its reasons has about 2,000 characters."""

_SIGNS = (
    (b"PK\x03\x04", "a zip or an Excel workbook: save the sheet as CSV (UTF-8)"),
    (b"PK\x05\x06", "a zip: unpack it yourself and import the files"),
    (b"\x1f\x8b", "compressed: unpack it yourself and import the file"),
    (b"SQLite format 3", "a database: export it as CSV"),
    (b"%PDF", "a PDF: there is no text in it to rely on"),
)

FORMATS_READ: Mapping[str, Callable[[Path, str], FoundOrLeftOut]] = MappingProxyType(
    {"yaml": own_yaml.read, "csv": csv_table.read, "gift": gift.read, "markdown": markdown.read}
)
FORMATS_WRITTEN: Mapping[str, Callable[[Sequence[Question]], bytes]] = MappingProxyType(
    {"yaml": own_yaml.write, "csv": csv_table.write, "gift": gift.write, "anki": anki.write}
)
_SUFFIXES = {
    ".yaml": "yaml",
    ".yml": "yaml",
    ".csv": "csv",
    ".tsv": "csv",
    ".gift": "gift",
    ".md": "markdown",
    ".markdown": "markdown",
}


def read(path: Path, format: str | None = None) -> list[FoundQuestion | LeftOut]:
    """Read what the file holds; ``FileRefused`` if nothing of it can be taken."""
    named = format or _SUFFIXES.get(path.suffix.casefold())
    reader = FORMATS_READ.get(named or "")
    if reader is None:
        told = f"there is no format {format!r}" if format else f"{path.name} does not say its format"
        raise FileRefused(f"{told}: use --format {', '.join(FORMATS_READ)}.")
    found: list[FoundQuestion | LeftOut] = []
    for one in reader(path, text_of(path)):
        if len(found) == MOST:
            raise FileRefused(f"{path.name} holds more than {MOST:,} questions: split it and import the parts.")
        found.append(one)
    if not found:
        raise FileRefused(f"{path.name} holds no questions that read as {named}.")
    return found


def text_of(path: Path) -> str:
    """The text of the file, with line feeds only; ``FileRefused`` for what is too large or no text."""
    data = _bytes_of(path)
    for sign, told in _SIGNS:
        if data.startswith(sign):
            raise FileRefused(f"{path.name} is {told}.")
    text = _decoded(path, data).replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        raise FileRefused(f"{path.name} is not a text file: save it as plain text in UTF-8.")
    if text.lstrip()[:200].casefold().startswith(("<?xml", "<!doctype", "<quiz", "<html")):
        raise FileRefused(f"{path.name} is XML or HTML, which is not read: export it as GIFT or CSV.")
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > LINE_LIMIT:
            raise FileRefused(
                f"line {number} of {path.name} has {len(line):,} characters, at most {LINE_LIMIT:,} are read."
            )
    return text


def _bytes_of(path: Path) -> bytes:
    try:
        # A device or a pipe has no size and no end.
        if not stat.S_ISREG(path.stat().st_mode):
            raise FileRefused(f"{path} is not a file.")
        with path.open("rb") as file:
            data = file.read(SIZE_LIMIT + 1)
    except OSError as error:
        raise FileRefused(f"{path} cannot be read: {(error.strerror or 'unknown reason').lower()}.") from None
    if len(data) > SIZE_LIMIT:
        raise FileRefused(f"{path.name} is larger than {SIZE_LIMIT >> 20} MiB: split it and import the parts.")
    return data


def _decoded(path: Path, data: bytes) -> str:
    # Spreadsheets write "Unicode text" as UTF-16 with its mark.
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        told = f"line {line} of {path.name} is not UTF-8: save the file as UTF-8 (in Excel: CSV UTF-8)."
        raise FileRefused(told) from None
