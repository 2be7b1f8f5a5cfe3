"""Which formats there are, which one a file has, and the check that nothing of a file is lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import MappingProxyType

from bot.authoring.exchange import aiken, anki, csv_table, gift, markdown, moodle_xml, own_yaml, workbook
from bot.authoring.exchange.file_text import LINE_LIMIT, bytes_of, text_of
from bot.authoring.exchange.found import MOST, FileRefused, Finds, Found, LeftOut, PassedOver
from bot.domain.question import Question

FORMATS_READ: Mapping[str, Callable[[Path, str], Finds]] = MappingProxyType(
    {
        "yaml": own_yaml.read,
        "csv": csv_table.read,
        "gift": gift.read,
        "aiken": aiken.read,
        "markdown": markdown.read,
        "moodle": moodle_xml.read,
    }
)
"""Those that are text; a workbook is known by its first bytes."""
FORMATS_WRITTEN: Mapping[str, Callable[[Sequence[Question]], bytes]] = MappingProxyType(
    {"yaml": own_yaml.write, "csv": csv_table.write, "gift": gift.write, "anki": anki.write}
)
_SUFFIXES = {
    ".yaml": "yaml",
    ".yml": "yaml",
    ".csv": "csv",
    ".tsv": "csv",
    ".gift": "gift",
    ".aiken": "aiken",
    ".md": "markdown",
    ".markdown": "markdown",
    ".xml": "moodle",
}
AROUND_LIMIT = 20_000
"""The most that is looked at in one file: titles, comments and empty rows too."""
_WORKBOOK = b"PK\x03\x04"
_SHORT = 200
"""The part of a line that is too long which a reader still gets, to leave out what it belongs to."""


def read(path: Path, format: str | None = None, *, own: bool = False) -> list[Found]:
    """Read what the file holds; ``FileRefused`` if nothing of it can be taken.

    It is for a community's ``own`` bank, or for one that is reviewed: that makes a difference to our YAML alone.
    """
    if format not in (None, "xlsx", *FORMATS_READ):
        raise FileRefused(f"there is no format {format!r}: use --format {', '.join(FORMATS_READ)}, xlsx.")
    data = bytes_of(path)
    if data.startswith(_WORKBOOK):
        return _worth_telling(_bounded(path, "a workbook", workbook.read(path, data)))
    if format == "xlsx" or (format is None and path.suffix.casefold() in (".xlsx", ".xlsm")):
        raise FileRefused(f"{path.name} is no workbook: save it again as .xlsx or as CSV (UTF-8).")
    text, told = text_of(path, data)
    found = _in_text(path, text, format, own=own)
    return [PassedOver(1, told), *found] if told else found


def read_text(text: str, called: str) -> list[Found]:
    """Read what somebody typed or pasted, which has no name that tells its format."""
    path = Path(called)
    if "\0" in text or _looks_like(text) is None:
        raise FileRefused(
            f"{called} reads as no questions: begin with a head such as Question, Option A, Option B, Option C, "
            "Correct, or use GIFT, Aiken or Markdown."
        )
    return _in_text(path, text.replace("\r\n", "\n").replace("\r", "\n"), _looks_like(text), own=True)


def _in_text(path: Path, text: str, format: str | None, *, own: bool) -> list[Found]:
    named = _format_of(path, text, format)
    reads = partial(own_yaml.read, part=own_yaml.OWN_QUESTIONS) if own and named == "yaml" else FORMATS_READ[named]
    lines = text.split("\n")
    long = {number: len(line) for number, line in enumerate(lines, 1) if len(line) > LINE_LIMIT}
    if long and named != "moodle":
        # One long line leaves out what it belongs to, and nothing else.
        text = "\n".join(line[:_SHORT] if number in long else line for number, line in enumerate(lines, 1))
        lines = text.split("\n")
    found = _bounded(path, named, reads(path, text))
    if named != "moodle":
        found = [_without_long(one, long) for one in found]
    _account(path, lines, found)
    return _worth_telling(found)


def _bounded(path: Path, named: str, finds: Finds) -> list[Found]:
    found: list[Found] = []
    items = 0
    for one in finds:
        items += not isinstance(one, PassedOver)
        if items > MOST:
            raise FileRefused(f"{path.name} holds more than {MOST:,} questions: split it and import the parts.")
        if len(found) == AROUND_LIMIT:
            raise FileRefused(
                f"{path.name} has more than {AROUND_LIMIT:,} rows or blocks: delete those that are empty."
            )
        found.append(one)
    if not items:
        raise FileRefused(f"{path.name} holds no questions that read as {named}.")
    return found


def _worth_telling(found: Sequence[Found]) -> list[Found]:
    return [one for one in found if not isinstance(one, PassedOver) or one.told]


def _account(path: Path, lines: Sequence[str], found: Sequence[Found]) -> None:
    """See to it that every line belongs to something that was found, be it a title or a comment."""
    belonging = {number for one in found for number in one.lines}
    lost = next((number for number, line in enumerate(lines, 1) if line.strip() and number not in belonging), None)
    if lost is not None:
        raise FileRefused(
            f"line {lost} of {path.name} was not accounted for. That is a fault of Studybot's, please report it; "
            "nothing was taken, so that nothing is lost."
        )


def _without_long(one: Found, long: Mapping[int, int]) -> Found:
    number = next((number for number in long if number in one.lines), None)
    if number is None or isinstance(one, PassedOver):
        return one
    told = f"line {number} has {long[number]:,} characters, at most {LINE_LIMIT:,} are read"
    return LeftOut(one.line, told, begun=one.begun, end=one.end)


def _format_of(path: Path, text: str, format: str | None) -> str:
    begin = text.lstrip()[:_SHORT].casefold()
    if begin.startswith(("<?xml", "<quiz")):
        return "moodle"
    if begin.startswith(("<!doctype", "<html")):
        raise FileRefused(f"{path.name} is HTML, which is not read: export it as GIFT, Moodle XML or CSV.")
    named = format or _SUFFIXES.get(path.suffix.casefold()) or _looks_like(text)
    if named is None:
        raise FileRefused(f"{path.name} does not say its format: use --format {', '.join(FORMATS_READ)}.")
    return named


def _looks_like(text: str) -> str | None:
    """Tell by its text what a file is whose name does not say it: Moodle calls GIFT and Aiken files .txt."""
    if re.search(r"(?mi)^\s*ANSWER\s*:", text) and re.search(r"(?m)^\s*[A-H]\s?[.)]\s", text):
        return "aiken"
    if re.search(r"(?m)^\s*(?:::|\$CATEGORY:)|\{\s*[=~]", text):
        return "gift"
    if re.search(r"(?m)^\s*(?:[-*+]|\d+[.)])\s+\[[ xX]\]\s", text):
        return "markdown"
    if re.search(r"(?m)^questions:", text):
        return "yaml"
    return "csv" if csv_table.has_a_head(text) else None
