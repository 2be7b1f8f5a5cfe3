"""The state a button carries: ``sb1:<what>:<args>``, at most 95 characters, never the right answer.

Arguments are percent-encoded where they hold a colon or anything beyond plain ASCII.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import quote, unquote

PREFIX = "sb1"
LIMIT = 95
_AS_THEY_ARE = " /#@=+,.~!*'()$&;?"
_PLAIN = re.compile(rf"[\w{re.escape(_AS_THEY_ARE)}:-]*", re.ASCII)


class UnreadableRoute(ValueError):
    """A button of another version, or no button of ours."""


@dataclass(frozen=True, slots=True)
class Route:
    """Where a press leads: what to do, and with which arguments."""

    what: str
    args: tuple[str, ...]
    text: str = field(compare=False)
    """As a button carries it."""

    def __str__(self) -> str:
        return self.text


def route(what: str, *args: object) -> Route:
    """A route with its arguments written out; ``ValueError`` if it would not fit a button."""
    told = tuple(["" if arg is None else str(arg) for arg in args])
    text = ":".join((PREFIX, what, *told))
    # Most arguments are ids and numbers, which need no encoding.
    if text.count(":") != len(told) + 1 or not _PLAIN.fullmatch(text):
        text = ":".join((PREFIX, what, *(quote(arg, safe=_AS_THEY_ARE) for arg in told)))
    if len(text) > LIMIT:
        raise ValueError(f"a route is at most {LIMIT} characters: {text!r}")
    return Route(what, told, text)


def fitting(what: str, *args: object) -> Route | None:
    """The route, or None if it would not fit a button."""
    try:
        return route(what, *args)
    except ValueError:
        return None


def decode(text: str) -> Route:
    """Read a route back; ``UnreadableRoute`` if it is not one of this version's."""
    prefix, *parts = text.split(":")
    if prefix != PREFIX or not parts or not parts[0] or len(text) > LIMIT or not text.isascii():
        raise UnreadableRoute(text[:LIMIT])
    return Route(parts[0], tuple([unquote(part, errors="replace") for part in parts[1:]]), text)
