"""Text with a little emphasis, as values: each face escapes and renders it in its own way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.identifiers import PlaceRef, ZoneName


class Emphasis(StrEnum):
    """A way to make a run of text stand out."""

    PLAIN = "plain"
    BOLD = "bold"
    ITALIC = "italic"
    CODE = "code"
    TYPED = "typed"
    """A command to type, which a face may write as it takes it."""


@dataclass(frozen=True, slots=True)
class Run:
    """Literal text; a renderer escapes whatever its platform would read as markup."""

    text: str
    emphasis: Emphasis = Emphasis.PLAIN


@dataclass(frozen=True, slots=True)
class Link:
    """A link to an https address."""

    label: str
    url: str

    def __post_init__(self) -> None:
        if not self.url.startswith(("https://", "http://")):
            raise ValueError("a link needs an http or https address")


class MomentStyle(StrEnum):
    """The part of an instant that is shown."""

    TIME = "time"
    DATE = "date"
    DATE_TIME = "date-time"


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant, shown in the reader's own zone where the platform knows it, else in ``zone``."""

    at: datetime
    style: MomentStyle
    zone: ZoneName


@dataclass(frozen=True, slots=True)
class Person:
    """A member, named by the platform itself from their id."""

    user: str


@dataclass(frozen=True, slots=True)
class Place:
    """A channel, named by the platform itself from its id."""

    ref: PlaceRef


@dataclass(frozen=True, slots=True)
class PingRole:
    """A role of the platform, named by the platform itself from its id."""

    ref: str


class FaceWord(StrEnum):
    """Things each face has its own word for; the value is the word where a face has none."""

    COMMUNITY = "community"
    MANAGERS = "people who may manage this community"
    PLATFORM = "the platform"


Span = Run | Link | Moment | Person | Place | PingRole | FaceWord
Markup = tuple[Span, ...]


def markup(*parts: str | Span | Markup) -> Markup:
    """Join strings, spans and markup into one markup; strings are literal."""
    spans: list[Span] = []
    for part in parts:
        if isinstance(part, str) and not isinstance(part, FaceWord):
            if part:
                spans.append(Run(part))
        elif isinstance(part, tuple):
            spans.extend(part)
        else:
            spans.append(part)
    return tuple(spans)


def as_text(text: Markup) -> str:
    """The markup as bare text, for logs; a platform's ids stand as they are."""
    return "".join(_bare(span) for span in text)


def _bare(span: Span) -> str:
    match span:
        case Run(text):
            return text
        case Link(label):
            return label
        case Moment(at):
            return at.isoformat()
        case Person(user):
            return user
        case Place(ref) | PingRole(ref):
            return ref
        case FaceWord():
            return span.value


def bold(text: str) -> Run:
    """Text that stands out."""
    return Run(text, Emphasis.BOLD)


def italic(text: str) -> Run:
    """Text set apart."""
    return Run(text, Emphasis.ITALIC)


def code(text: str) -> Run:
    """Code, which every face shows as it stands."""
    return Run(text, Emphasis.CODE)


def typed(text: str) -> Run:
    """A command to type."""
    return Run(text, Emphasis.TYPED)


def listed(items: list[str] | tuple[str, ...], last: str = "and") -> str:
    """The items as a sentence lists them: "a", "a and b", "a, b and c"; semicolons part them where one has a comma."""
    if len(items) < 2:
        return "".join(items)
    if any("," in item for item in items):
        return f"{'; '.join(items[:-1])}; {last} {items[-1]}"
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def people_listed(users: Sequence[str]) -> Markup:
    """Members one after another: "a, b, c"."""
    return markup(*(part for i, user in enumerate(users) for part in (", " if i else "", Person(user))))


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: "1 answer", "3 answers"."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th ..."""
    if 10 <= number % 100 <= 20:
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"
