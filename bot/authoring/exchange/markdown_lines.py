"""Markdown line by line: a heading, a ticked or lettered option, a block of code, and what else a quiz is made of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(.*)")
_NUMBER = re.compile(
    r"[*_]{0,2}(?:Q(?:uestion)?\s{0,3}\d{1,5}\s{0,3}[.):]?(?:\s+|$)|\d{1,5}[.)](?:\s+|$))", re.IGNORECASE
)
_TICKED = re.compile(r"\s*(?:(?:[-*+]|\d{1,5}[.)]|\(?[A-Ha-h][.)])\s+)?\[([ xX\u2713\u2714])\](?:\s+(.*))?$")
_LETTERED = re.compile(r"\s*(?:[-*+]\s+)?[*_]{0,2}\(?([A-Ha-h])[.)][*_]{0,2}\s+(\S.*)")
_TAGS = re.compile(r"</?(?:details|summary|p|br|div|b|i|strong|em)\b[^<>]{0,200}>", re.IGNORECASE)
_ANSWER = re.compile(
    r"[\s>*_-]*(?:correct\s+|right\s+)?(?:answer|ans|key|solution)[*_]*\s*[:=][*_]*\s*(.*)", re.IGNORECASE
)
_EXPLAINED = re.compile(r"[\s>]*[*_]{0,2}(?:explanation|why|rationale)[*_:]{0,5}\s+(.*)", re.IGNORECASE)
_SOURCE = re.compile(r"\s*[*_]{0,2}(?:reference|source)s?[*_:]{0,5}\s+(.*)", re.IGNORECASE)
_FENCE = re.compile(r"\s*(`{3,}|~{3,})\s*([^`\s]*)[^`]*$")
_PICTURE = re.compile(r"!\[[^\]]{0,500}\](?:\(|\[)|<img\b", re.IGNORECASE)
_TABLE = re.compile(r"\s*\|.*\|\s*$|\s*\|?\s*:?-{3,}:?\s*\|[\s:|-]*$|\s*<table\b")
_RULE = re.compile(r"\s*(?:[-=*_]\s*){3,}$|\s*<!--.*-->\s*$")


class What(Enum):
    """The part a line plays."""

    BLANK = auto()
    HEADING = auto()
    TICKED = auto()
    LETTERED = auto()
    ANSWER = auto()
    EXPLAINED = auto()
    SOURCE = auto()
    PICTURE = auto()
    TABLE = auto()
    CODE = auto()
    OPEN = auto()
    """Code begins, and nothing ends it."""
    RULE = auto()
    """A line across, or a comment: nothing is read there."""
    TEXT = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """A line, or the lines of a block of code, by what it is."""

    number: int
    what: What
    text: str
    """Its words without the marks; the code of a block."""
    mark: str = ""
    """The hashes of a heading, the tick or letter of an option, the language of code."""
    end: int = 0
    raw: str = ""


def lines_of(text: str) -> Iterator[Line]:
    """Each line by what it is."""
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        fence = _FENCE.match(lines[at])
        close = _close(lines, at, fence[1]) if fence else None
        if fence and close is not None:
            code = "\n".join(lines[at + 1 : close])
            yield Line(at + 1, What.CODE, code, fence[2].casefold(), close + 1, lines[at])
            at = close + 1
            continue
        # A fence that nothing closes would hide the rest of the file.
        yield Line(at + 1, What.OPEN, "", raw=lines[at]) if fence else _line(at + 1, lines[at])
        at += 1


def asks_as(text: str) -> str:
    """The text of a heading without its number."""
    numbered = _NUMBER.match(text)
    return text[numbered.end() :].strip() if numbered else text.strip()


def is_numbered(text: str) -> bool:
    """Return whether a heading or paragraph counts a question."""
    return bool(_NUMBER.match(text))


def hides_questions(code: Line) -> bool:
    """Return whether a block without a language holds headings and options: most likely a fence is missing."""
    parts = [_line(code.number, line).what for line in code.text.split("\n")]
    return not code.mark and What.HEADING in parts and (What.TICKED in parts or What.LETTERED in parts)


def _close(lines: Sequence[str], at: int, sign: str) -> int | None:
    for number in range(at + 1, len(lines)):
        fence = _FENCE.match(lines[number])
        if fence and fence[1].startswith(sign) and not fence[2]:
            return number
        if fence and fence[1][0] == sign[0] and fence[2]:
            return None
    return None


def _line(number: int, raw: str) -> Line:
    said = _TAGS.sub(" ", raw) if "<" in raw else raw

    def line(what: What, text: str = "", mark: str = "") -> Line:
        return Line(number, what, text.strip(), mark, raw=raw)

    if not said.strip():
        return line(What.BLANK if not raw.strip() else What.RULE)
    if found := _HEADING.match(said):
        return line(What.HEADING, found[2].rstrip("# "), found[1])
    if found := _TICKED.match(said):
        return line(What.TICKED, found[2] or "", "" if found[1] == " " else "x")
    if _RULE.match(said):
        return line(What.RULE)
    if _PICTURE.search(said):
        return line(What.PICTURE, said)
    if _TABLE.match(said):
        return line(What.TABLE, said)
    if found := _LETTERED.match(said):
        return line(What.LETTERED, found[2], found[1].casefold())
    if found := _ANSWER.match(said):
        return line(What.ANSWER, found[1])
    if found := _EXPLAINED.match(said):
        return line(What.EXPLAINED, found[1])
    if found := _SOURCE.match(said):
        return line(What.SOURCE, found[1])
    return line(What.TEXT, said)
