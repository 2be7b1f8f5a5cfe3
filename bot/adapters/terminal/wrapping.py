"""Text fitted to a terminal: made harmless, measured in cells, broken into lines between words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

# Characters that are not seen but reorder, join or hide what is: bidi marks, embeddings and isolates, zero-width
# spaces, soft hyphens, tags. The two joiners that spell words and emoji stay.
_HIDDEN_RUNS = ((0x202A, 0x202E), (0x2060, 0x206F), (0xFFF9, 0xFFFB), (0xE0000, 0xE007F))
_HIDDEN = frozenset((0xAD, 0x061C, 0x180E, 0x200B, 0x200E, 0x200F, 0xFEFF)).union(
    *(range(first, last + 1) for first, last in _HIDDEN_RUNS)
)
_WIDE_PRESENTATION = "\ufe0f"
_ONE_SPACE = re.compile(r"(?<! ) (?! )")
NARROWEST = 20


class Look(StrEnum):
    """The kind of a piece of text, and so how it may be coloured; nothing is told by colour alone."""

    TEXT = "text"
    TITLE = "title"
    GOOD = "good"
    BAD = "bad"
    NOTICE = "notice"
    STEM = "stem"
    """A paragraph that stands out as a whole: a question, a heading."""
    STRONG = "strong"
    SOFT = "soft"
    CODE = "code"
    LINK = "link"
    LETTER = "letter"
    """The letter of an option, the label of a fact."""
    SMALL = "small"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text of one look."""

    text: str
    look: Look = Look.TEXT


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the terminal."""

    pieces: tuple[Piece, ...] = ()

    @property
    def text(self) -> str:
        """The line without its looks."""
        return "".join(piece.text for piece in self.pieces)


def harmless(text: str) -> str:
    """The text as a terminal may have it: control characters made visible, hidden ones left out."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_harmless, text.replace("\r\n", "\n").replace("\t", " ")))


def one_line(text: str) -> str:
    """The text harmless and without line breaks."""
    return harmless(text).replace("\n", " ")


def _harmless(char: str) -> str:
    code = ord(char)
    if char == "\n" or (code < 0x2000 and char.isprintable() and code not in _HIDDEN):
        return char
    if code < 0x20:
        return chr(0x2400 + code)
    category = unicodedata.category(char)
    if category in ("Zl", "Zp"):
        return "\n"
    if category in ("Cc", "Cs"):
        return "\ufffd"
    return "" if code in _HIDDEN else char


def cells(text: str) -> int:
    """Columns that the text takes up."""
    if text.isascii():
        return len(text)
    return sum(map(_cell, text))


def _cell(char: str) -> int:
    if char == _WIDE_PRESENTATION:
        return 1
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def wrapped(pieces: Iterable[Piece], width: int, first: Sequence[Piece] = (), rest: Sequence[Piece] = ()) -> list[Line]:
    """The pieces in lines of at most ``width`` cells, the first line after ``first``, the others after ``rest``."""
    made: list[Line] = []
    for number, words in enumerate(_paragraphs(pieces)):
        lead = rest if number else first
        made.extend(_filled(words, width, lead, rest))
    return made


Word = list[Piece]


def _paragraphs(pieces: Iterable[Piece]) -> list[list[Word]]:
    """The words of each paragraph; a word may change its look in the middle."""
    paragraphs: list[list[Word]] = [[]]
    open_word = False
    for piece in pieces:
        for number, text in enumerate(harmless(piece.text).split("\n")):
            if number:
                paragraphs.append([])
                open_word = False
            # Two spaces of code may be all that sets it apart from other code: they break no line and stay.
            parts = _ONE_SPACE.split(text) if piece.look is Look.CODE else text.split(" ")
            for position, part in enumerate(parts):
                if position:
                    open_word = False
                if not part:
                    continue
                if open_word:
                    paragraphs[-1][-1].append(Piece(part, piece.look))
                else:
                    paragraphs[-1].append([Piece(part, piece.look)])
                open_word = True
    return paragraphs


def _filled(words: list[Word], width: int, first: Sequence[Piece], rest: Sequence[Piece]) -> list[Line]:
    made: list[Line] = []
    line = list(first)
    used = start = _cells_of(line)
    for word in words:
        for part in _parts(word, width - max(start, _cells_of(rest))):
            long = _cells_of(part)
            gap = 1 if used > start else 0
            if used > start and used + gap + long > width:
                made.append(_joined(line))
                line = list(rest)
                used = start = _cells_of(line)
                gap = 0
            if gap:
                line.append(Piece(" ", line[-1].look if line[-1].look is part[0].look else Look.TEXT))
            line.extend(part)
            used += gap + long
    made.append(_joined(line))
    return made


def _cells_of(pieces: Iterable[Piece]) -> int:
    return sum(cells(piece.text) for piece in pieces)


def _parts(word: Word, room: int) -> list[Word]:
    """The word, cut where it is longer than a line; what combines with a letter stays with it."""
    room = max(room, 2)
    if _cells_of(word) <= room:
        return [word]
    parts: list[Word] = [[]]
    used = 0
    for piece in word:
        for char in piece.text:
            wide = _cell(char)
            if used + wide > room:
                parts.append([])
                used = 0
            parts[-1].append(Piece(char, piece.look))
            used += wide
    return parts


def _joined(pieces: Iterable[Piece]) -> Line:
    """The pieces as a line, neighbours of one look run together, nothing hanging at its end."""
    runs: list[Piece] = []
    for piece in pieces:
        if runs and runs[-1].look is piece.look:
            runs[-1] = Piece(runs[-1].text + piece.text, piece.look)
        else:
            runs.append(piece)
    while runs and not runs[-1].text.rstrip():
        runs.pop()
    if runs:
        runs[-1] = Piece(runs[-1].text.rstrip(), runs[-1].look)
    return Line(tuple(runs))
