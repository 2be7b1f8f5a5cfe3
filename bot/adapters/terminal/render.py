"""The card as plain lines: everything it says, in the width there is, with a number or letter for every choice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from typing import assert_never
from zoneinfo import ZoneInfo

from bot.adapters.terminal.wrapping import NARROWEST, Line, Look, Piece, cells, harmless, one_line, wrapped
from bot.domain.identifiers import PlaceRef, ZoneName
from bot.domain.zones import zone_in_words
from bot.replies.card import Block, Card, Choice, Document, Facts, Paragraph, Picture, Points, Table, Tone, Verbatim
from bot.replies.markup import Emphasis, FaceWord, Link, Markup, Moment, MomentStyle, Person, PingRole, Place, Run, Span

WIDEST = 100
"""Longer lines are hard to read, however wide the terminal."""
_BETWEEN = "  "
_NARROW_CELL = 24
"""Cells of a table narrower than this are hard to read beside each other."""
_FLOWING_LINES = 3
"""Choices that need more lines than this stand in columns."""
_SHORT_MARK = re.compile(r"\S{1,3}|\d+\.?")
_TITLES = {Tone.PLAIN: Look.TITLE, Tone.GOOD: Look.GOOD, Tone.BAD: Look.BAD, Tone.NOTICE: Look.NOTICE}
_LOOKS = {
    Emphasis.PLAIN: Look.TEXT,
    Emphasis.BOLD: Look.STRONG,
    Emphasis.ITALIC: Look.SOFT,
    Emphasis.CODE: Look.CODE,
    Emphasis.TYPED: Look.CODE,
}
_WRITTEN = {
    MomentStyle.TIME: "%H:%M",
    MomentStyle.DATE: "%a %d %b",
    MomentStyle.DATE_TIME: "%a %d %b %H:%M",
}


@dataclass(frozen=True, slots=True)
class Names:
    """Names of people and places, which are their ids here."""

    reader: str = ""

    def person(self, user: str) -> str:
        """A person; the reader finds themselves."""
        return f"{user} (you)" if user == self.reader != "you" else user

    def place(self, ref: PlaceRef) -> str:
        """A place, with its number sign."""
        return ref if ref.startswith("#") else f"#{ref}"

    def choice(self, choice: Choice) -> str:
        """The text beside a number to press."""
        return f"{choice.label} {self.place(choice.place)}" if choice.place else choice.label


def card_lines(
    card: Card, width: int, zone: ZoneName, names: Names = Names(), *, lead: str = "", compact: bool = False
) -> list[Line]:
    """Everything on the card in lines of at most ``width`` cells; only documents and code keep their own lines.

    ``lead`` is a line atop that says who sees it; ``compact`` leaves out the empty lines between blocks.
    """
    page = _Page(max(width, NARROWEST), zone, names)
    top = wrapped([Piece(lead, Look.SMALL)], page.width) if lead else []
    if card.title:
        top += wrapped([Piece(card.title, _TITLES[card.tone])], page.width)
    parts = [page.block(block) for block in card.blocks]
    made = list(top)
    if card.title and parts and not compact:
        made.append(Line())
    before: Block | None = None
    for block, part in zip(card.blocks, parts, strict=True):
        if before is not None and not compact and _apart(before, block):
            made.append(Line())
        made += part
        before = block
    if card.choices:
        if made and not compact:
            made.append(Line())
        made += page.choices(card.choices)
    return made


def numbered(card: Card) -> tuple[Choice, ...]:
    """The choices pressed by number, from 1."""
    return tuple(choice for choice in card.choices if not choice.letter)


def lettered(card: Card) -> dict[str, Choice]:
    """The choices pressed by letter."""
    return {choice.label.upper(): choice for choice in card.choices if choice.letter}


def moment_text(moment: Moment, zone: ZoneName) -> str:
    """The moment in the reader's zone, and in its own with that zone's name where it is another."""
    here = moment.at.astimezone(ZoneInfo(zone))
    said = f"{here:{_WRITTEN[moment.style]}}"
    if moment.zone == zone:
        return said
    there = moment.at.astimezone(ZoneInfo(moment.zone))
    style = moment.style
    if style is MomentStyle.DATE_TIME and there.date() == here.date():
        style = MomentStyle.TIME
    alike = there.replace(tzinfo=None) == here.replace(tzinfo=None)
    own = "" if alike else f"{there:{_WRITTEN[style]}} "
    return f"{said} ({own}{zone_in_words(moment.zone)})"


def local_text(now: datetime, zone: ZoneName) -> str:
    """A moment on the reader's own clock."""
    return moment_text(Moment(now, MomentStyle.DATE_TIME, zone), zone)


def _heading(block: Block) -> bool:
    """Return whether the paragraph is bold from end to end: a question's stem or a heading."""
    return isinstance(block, Paragraph) and all(
        isinstance(span, Run) and span.emphasis is Emphasis.BOLD for span in block.text
    )


def _apart(before: Block, block: Block) -> bool:
    """Return whether an empty line stands between two blocks; small print keeps together, a heading to its list."""
    if isinstance(before, Paragraph) and isinstance(block, Paragraph) and before.small and block.small:
        return False
    return not (_heading(before) and isinstance(block, Facts))


@dataclass(frozen=True, slots=True)
class _Page:
    width: int
    zone: ZoneName
    names: Names

    def block(self, block: Block) -> list[Line]:
        """One block."""
        match block:
            case Paragraph(text, small):
                look = Look.SMALL if small else Look.STEM if _heading(block) else Look.TEXT
                return wrapped(self.pieces(text, look), self.width)
            case Points(items):
                return self._points(items)
            case Facts(rows):
                return self._facts(rows)
            case Table(columns, table_rows):
                return self._table(columns, table_rows)
            case Verbatim(text):
                set_in = Piece("  " if max(map(cells, text.split("\n"))) + 2 <= self.width else "")
                return [Line((set_in, *line.pieces)) if line.text else line for line in verbatim(text, Look.CODE)]
            case Picture(url, alt):
                address = [Piece(" "), Piece(f"({url})", Look.LINK)] if url else []
                return wrapped([Piece(f"Picture: {alt}"), *address], self.width)
            case Document(name, text):
                return [*wrapped([Piece(name, Look.STRONG)], self.width), *verbatim(text)]
            case _:
                assert_never(block)

    def pieces(self, text: Markup, look: Look = Look.TEXT) -> list[Piece]:
        """The spans of a text; where the text as a whole has a look, it keeps it."""
        return [self._piece(span, look) for span in text]

    def _piece(self, span: Span, look: Look) -> Piece:
        match span:
            case Run(text, emphasis):
                own = _LOOKS[emphasis]
                return Piece(text, own if look is Look.TEXT or own in (Look.CODE, Look.SOFT) else look)
            case Link(label, url):
                return Piece(url if label == url else f"{label} ({url})", Look.LINK)
            case Moment():
                return Piece(moment_text(span, self.zone), look)
            case Person(user):
                return Piece(self.names.person(user), look)
            case Place(ref):
                return Piece(self.names.place(ref), look)
            case PingRole(ref):
                return Piece(f"@{ref.lstrip('@')}", look)
            case FaceWord():
                return Piece(span.value, look)
            case _:
                assert_never(span)

    def _points(self, items: tuple[tuple[str, Markup], ...]) -> list[Line]:
        """Short marks stand in a column before their lines; a longer one heads the lines below it."""
        marked = [(one_line(mark), text) for mark, text in items]
        column = max((cells(mark) for mark, _ in marked if _SHORT_MARK.fullmatch(mark)), default=0)
        # A letter or number stands a little apart from its line, a dash does not.
        gap = 2 if column else 1
        column = max(column, 1)
        made: list[Line] = []
        for mark, text in marked:
            short = _SHORT_MARK.fullmatch(mark)
            if mark and not short:
                made += wrapped([Piece(mark, Look.STRONG)], self.width)
            shown = mark if short else "-"
            first = [Piece("  "), Piece(" " * (column - cells(shown)) + shown, Look.LETTER), Piece(" " * gap)]
            made += self._hanging(self.pieces(text), first, 2 + column + gap)
        return made

    def _facts(self, rows: tuple[tuple[str, Markup], ...]) -> list[Line]:
        """Labels in a column where they fit one; a longer one has a line of its own."""
        labelled = [(one_line(label), text) for label, text in rows]
        most = max(cells(label) for label, _ in labelled)
        room = self.width - most - 4
        if any(_long(self.pieces(text)) > room for _, text in labelled):
            most = max(self.width // 4, 8)
        column = max((cells(label) for label, _ in labelled if cells(label) <= most), default=2)
        made: list[Line] = []
        for label, text in labelled:
            first = [Piece("  "), Piece(label + " " * (column - cells(label)), Look.LETTER), Piece("  ")]
            if cells(label) > most:
                made += wrapped([Piece(label, Look.LETTER)], self.width, [Piece("  ")], [Piece("    ")])
                first = [Piece(" " * (column + 4))]
            made += self._hanging(self.pieces(text), first, column + 4)
        return made

    def _table(self, columns: tuple[str, str], rows: tuple[tuple[str, Markup, Markup], ...]) -> list[Line]:
        """Three columns with a line under their heads; where they would be narrow, one cell below the other."""
        first = max(cells(one_line(label)) for label, *_ in rows)
        wide = (self.width - first - 3 * len(_BETWEEN)) // 2
        made: list[Line] = []
        if wide < _NARROW_CELL:
            for label, *both in rows:
                made += wrapped([Piece(label, Look.STRONG)], self.width)
                made += self._facts(tuple(zip(columns, both, strict=True)))
            return made
        made = self._row([], [[Piece(name, Look.STRONG)] for name in columns], first, wide)
        made.append(Line((Piece(_BETWEEN), Piece("-" * (first + 2 * (len(_BETWEEN) + wide)), Look.SMALL))))
        for label, *both in rows:
            made += self._row([Piece(one_line(label), Look.LETTER)], map(self.pieces, both), first, wide)
        return made

    @staticmethod
    def _row(label: list[Piece], both: Iterable[Sequence[Piece]], first: int, wide: int) -> list[Line]:
        """A label and two cells beside each other, each in as many lines as it needs."""
        columns = [wrapped(label, first), *(wrapped(cell, wide) for cell in both)]
        made: list[Line] = []
        for lines in zip_longest(*columns, fillvalue=Line()):
            pieces: list[Piece] = []
            for line, room in zip(lines, (first, wide, wide), strict=True):
                pieces += [Piece(_BETWEEN), *line.pieces, Piece(" " * (room - cells(line.text)))]
            while pieces and not pieces[-1].text.strip():
                pieces.pop()
            made.append(Line(tuple(pieces)))
        return made

    def _hanging(self, text: Sequence[Piece], first: Sequence[Piece], indent: int) -> list[Line]:
        return wrapped(text, self.width, first, [Piece(" " * indent)])

    def choices(self, choices: Sequence[Choice]) -> list[Line]:
        """Everything to press, each with what to type for it in brackets."""
        letters = [Piece(f"[{one_line(choice.label)}]", Look.CHOICE) for choice in choices if choice.letter]
        spaced = [part for piece in letters for part in (piece, Piece(" "))][:-1]
        labels = [spaced] if letters else []
        for number, choice in enumerate((choice for choice in choices if not choice.letter), 1):
            labels.append([Piece(f"[{number}]", Look.CHOICE), Piece(f" {one_line(self.names.choice(choice))}")])
        flowing = self._flowing(labels)
        return flowing if len(flowing) <= _FLOWING_LINES else self._columns(labels)

    def _flowing(self, labels: list[list[Piece]]) -> list[Line]:
        rows: list[list[Piece]] = []
        for label in labels:
            long = _long(label)
            if rows and _long(rows[-1]) + 2 + long <= self.width:
                rows[-1] += [Piece("  "), *label]
            else:
                rows.append(list(label))
        return self._rows(rows)

    def _columns(self, labels: list[list[Piece]]) -> list[Line]:
        widest = max(_long(label) for label in labels)
        across = max((self.width + 2) // (widest + 2), 1)
        rows: list[list[Piece]] = []
        for start in range(0, len(labels), across):
            row: list[Piece] = []
            for label in labels[start : start + across]:
                row += [*label, Piece(" " * (widest + 2 - _long(label)))]
            rows.append(row)
        return self._rows(rows)

    def _rows(self, rows: list[list[Piece]]) -> list[Line]:
        made: list[Line] = []
        for row in rows:
            if _long(row[:-1]) + cells(row[-1].text.rstrip()) <= self.width:
                made.append(Line((*row[:-1], Piece(row[-1].text.rstrip(), row[-1].look))))
            else:
                made += wrapped(row, self.width, rest=[Piece("    ")])
        return made


def verbatim(text: str, look: Look = Look.TEXT) -> list[Line]:
    """A text to keep, line by line as it stands."""
    return [Line((Piece(line, look),)) for line in harmless(text).split("\n")]


def _long(pieces: Sequence[Piece]) -> int:
    return sum(cells(piece.text) for piece in pieces)
