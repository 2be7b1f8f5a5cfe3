"""The neutral form every reply can take: title, blocks of text, facts, choices, a form, a picture."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from bot.domain.identifiers import PlaceRef
from bot.domain.plain_text import shortened
from bot.replies.markup import Link, Markup, Span, markup
from bot.replies.routes import Route

FORM_FIELDS = 5
LABEL_LIMIT = 30
TABLE_ROWS = 8
_ADDRESS = re.compile(r"(arXiv:\d{4}\.\d{4,5}|doi:10\.\d{4,9}/[\w./-]*\w)")
TITLE_LIMIT = 120


class Tone(StrEnum):
    """The tone of a reply; never told by colour alone."""

    PLAIN = "plain"
    GOOD = "good"
    BAD = "bad"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of text; a small one stands back."""

    text: Markup
    small: bool = False


@dataclass(frozen=True, slots=True)
class Points:
    """A list of lines; each may carry a mark such as a letter or a number."""

    items: tuple[tuple[str, Markup], ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Labelled facts, one a line."""

    rows: tuple[tuple[str, Markup], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Two things side by side, aspect by aspect."""

    columns: tuple[str, str]
    rows: tuple[tuple[str, Markup, Markup], ...]
    """The aspect, then what each of the two is in it."""

    def __post_init__(self) -> None:
        if not 1 <= len(self.rows) <= TABLE_ROWS:
            raise ValueError(f"a table has 1 to {TABLE_ROWS} rows")


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Lines that stand as they were typed, each letter as wide as the next, and are never cut."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with what it shows in words, which stand for it where it has no address."""

    url: str
    alt: str


@dataclass(frozen=True, slots=True)
class Document:
    """A text to keep, such as an export: a file where the face has files."""

    name: str
    text: str


Block = Paragraph | Points | Facts | Table | Verbatim | Picture | Document


class Weight(StrEnum):
    """The effect of a choice on what people have: a face may make it stand out."""

    PLAIN = "plain"
    LEADS = "leads"
    """Where most people go next."""
    DELETES = "deletes"
    """It cannot be undone."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to press: its label and where it leads."""

    label: str
    route: Route
    letter: bool = False
    """An option of a question, pressed by its letter."""
    place: PlaceRef | None = None
    """A channel whose name the face writes after the label."""
    weight: Weight = Weight.PLAIN
    anywhere: bool = False
    """It leads to nothing that picks channels or roles, so it can be pressed outside its community."""

    def __post_init__(self) -> None:
        if not 0 < len(self.label) <= LABEL_LIMIT:
            raise ValueError(f"a label has 1 to {LABEL_LIMIT} characters: {self.label!r}")


class FieldKind(StrEnum):
    """A kind of form field; faces use their own pickers where they have one."""

    TEXT = "text"
    PLACE = "place"
    TIME = "time"
    DATE = "date"
    DATES = "dates"
    """Dates and stretches of dates, joined by commas; ``..`` between the first and the last of a stretch."""
    ZONE = "zone"
    ROLE = "role"
    """A role of the platform, to be pinged."""
    PERSON = "person"
    CHOICE = "choice"
    CHOICES = "choices"
    """Any of its options, joined by commas."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form."""

    name: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    value: str = ""
    hint: str = ""
    required: bool = True
    limit: int = 100
    options: tuple[tuple[str, str], ...] = ()
    """For a choice: (value, label) pairs."""
    chosen: tuple[str, ...] = ()
    """The values of the options that hold now; ``value`` is the same as people type it."""


@dataclass(frozen=True, slots=True)
class Form:
    """Up to five typed fields, submitted together to a route."""

    title: str
    submit: Route
    fields: tuple[Field, ...]

    def __post_init__(self) -> None:
        if not 1 <= len(self.fields) <= FORM_FIELDS:
            raise ValueError(f"a form has 1 to {FORM_FIELDS} fields")


@dataclass(frozen=True, slots=True)
class Card:
    """The floor every face renders."""

    title: str = ""
    blocks: tuple[Block, ...] = ()
    choices: tuple[Choice, ...] = ()
    form: Form | None = None
    tone: Tone = Tone.PLAIN
    stays: bool = False
    """It comes as a message of its own and is not replaced, so that a question can be read again beside its verdict."""

    def __post_init__(self) -> None:
        if len(self.title) > TITLE_LIMIT:
            raise ValueError(f"a title has at most {TITLE_LIMIT} characters")


class Reply(Protocol):
    """Something the bot says."""

    def as_card(self) -> Card:
        """The reply in its neutral form."""
        ...


def label(text: str) -> str:
    """The text cut to what a button holds."""
    return shortened(text, LABEL_LIMIT)


def titled_points(title: str, lines: Sequence[str]) -> Points:
    """A list under a title, which stands before its first line."""
    return Points(tuple(("" if i else title, markup(line)) for i, line in enumerate(lines)))


def source_lines(source: str) -> tuple[Paragraph, ...]:
    """The origin, for a card that may name no source."""
    return (source_line(source),) if source else ()


def source_line(*sources: str) -> Paragraph:
    """Where it comes from, set small; papers and documents with a lasting address can be opened."""
    parts = _ADDRESS.split(f"Source: {'; '.join(sources)}")
    spans = (Link(part, _opened(part)) if n % 2 else part for n, part in enumerate(parts))
    return paragraph(*spans, small=True)


def _opened(id: str) -> str:
    """The address of a paper by its arXiv number, or of anything by its DOI."""
    kind, _, number = id.partition(":")
    return f"https://arxiv.org/abs/{number}" if kind == "arXiv" else f"https://doi.org/{number}"


def paragraph(*parts: str | Span | Markup, small: bool = False) -> Paragraph:
    """A paragraph from literal strings and markup."""
    return Paragraph(markup(*parts), small)
