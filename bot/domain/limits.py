"""Limits that stand in the annotations of content, and the check that reads them there.

``name: Annotated[str, Chars(60)]`` says that a name has at most 60 characters. A value checks itself when it is made
and raises ``Faulty``; what is left out, and so has its default, breaks no limit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from functools import cache
from typing import Annotated, Any, Protocol, get_origin, get_type_hints

from bot.domain.content_faults import At, Fault, Faulty

SLUG_LIMIT = 32
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Limit(Protocol):
    """A limit to what a field may hold."""

    def faults(self, field: str, value: Any) -> Iterator[Fault]:  # noqa: ANN401 - its own annotation types the field
        """Say what is wrong with the field's value."""
        ...


@dataclass(frozen=True, slots=True)
class Slug:
    """An id of short lower-case words joined by hyphens, so that it fits a button, address and file name."""

    def faults(self, field: str, value: str) -> Iterator[Fault]:
        """Say whether it is none."""
        if len(value) > SLUG_LIMIT or not _SLUG.fullmatch(value):
            told = f"{field} {value!r} must be lower-case words joined by hyphens, at most {SLUG_LIMIT} characters"
            yield Fault("L03", (field,), told)


@dataclass(frozen=True, slots=True)
class Chars:
    """A text that says something, of a limited length."""

    most: int
    least: int = 1
    rule: str = "L11"

    def faults(self, field: str, value: str) -> Iterator[Fault]:
        """Say whether it is empty, too short or too long."""
        yield from self.faults_at((field,), field, value)

    def faults_at(self, at: At, what: str, value: str) -> Iterator[Fault]:
        """Say the same of a text that is called ``what`` and stands at a place."""
        if not value.strip():
            yield Fault("L02", at, f"{what} is empty")
        elif len(value) < self.least:
            yield Fault(self.rule, at, f"{what} has {len(value)} characters, at least {self.least} are wanted")
        elif len(value) > self.most:
            yield Fault(self.rule, at, f"{what} has {len(value)} characters, at most {self.most} fit")


@dataclass(frozen=True, slots=True)
class Title(Chars):
    """The text an item is called by."""


@dataclass(frozen=True, slots=True)
class Lines:
    """A least number of texts, each of a limited length."""

    chars: int
    least: int = 0

    def faults(self, field: str, value: tuple[str, ...]) -> Iterator[Fault]:
        """Say what is missing, and which of them does not fit."""
        if len(value) < self.least:
            yield Fault("L02", (field,), f"{field} needs at least {self.least} line{'s' * (self.least != 1)}")
        for position, line in enumerate(value):
            yield from Chars(self.chars).faults_at((field, position), f"a line of {field}", line)


@dataclass(frozen=True, slots=True)
class Names(Lines):
    """Other names people call an item by."""


@dataclass(frozen=True, slots=True)
class Some:
    """At least one of something."""

    what: str = ""

    def faults(self, field: str, value: tuple[object, ...]) -> Iterator[Fault]:
        """Say that there is none."""
        if not value:
            yield Fault("L02", (field,), f"{field} needs at least one {self.what}".rstrip())


class Limited:
    """A value that keeps the limits in its annotations, or is not made."""

    __slots__ = ()

    def __post_init__(self) -> None:
        if found := tuple(self._faults()):
            raise Faulty(found)

    def _faults(self) -> Iterable[Fault]:
        kind: type = type(self)
        for field, limit, default in limits(kind):
            value = getattr(self, field)
            if value != default:
                yield from limit.faults(field, value)
        yield from self._more_faults()

    def _more_faults(self) -> Iterable[Fault]:
        """Say what else keeps it from standing: what no annotation of one field can."""
        return ()


@cache
def limits(kind: type) -> tuple[tuple[str, Limit, object], ...]:
    """The limits of a kind's fields, in their order, each with the field's default."""
    hints = get_type_hints(kind, include_extras=True)
    return tuple(
        (field.name, limit, field.default)
        for field in fields(kind)
        if get_origin(hints[field.name]) is Annotated
        for limit in hints[field.name].__metadata__
    )


class Item(Limited):
    """Something to look up: it has a title, a body and sources."""

    __slots__ = ()

    @property
    def title(self) -> str:
        """The name it goes by."""
        kind: type = type(self)
        title, _ = _read_as(kind)
        called: str = getattr(self, title)
        return called

    @property
    def body(self) -> tuple[str, ...]:
        """Everything else it says, in the order it is read."""
        kind: type = type(self)
        _, texts = _read_as(kind)
        return tuple(text for name, several in texts for text in _texts(getattr(self, name), several))


@cache
def _read_as(kind: type) -> tuple[str, tuple[tuple[str, bool], ...]]:
    """The field with the title, and those of the body with whether they hold several texts."""
    found = limits(kind)
    (title,) = (name for name, limit, _ in found if isinstance(limit, Title))
    body = [
        (name, isinstance(limit, Lines))
        for name, limit, _ in found
        if isinstance(limit, Chars | Lines) and not isinstance(limit, Title | Names)
    ]
    return title, tuple(body)


def _texts(said: str | tuple[str, ...] | None, several: bool) -> tuple[str, ...]:
    return tuple(said or ()) if several else (str(said or ""),)
