"""The state a button carries: ``sb1:<what>:<args>``, at most 95 characters, never the right answer."""

from __future__ import annotations

from dataclasses import dataclass

PREFIX = "sb1"
LIMIT = 95


class UnreadableRoute(ValueError):
    """A button of another version, or no button of ours."""


@dataclass(frozen=True, slots=True)
class Route:
    """Where a press leads: what to do, and with which arguments."""

    what: str
    args: tuple[str, ...] = ()

    def __str__(self) -> str:
        return encode(self)


def route(what: str, *args: object) -> Route:
    """A route with its arguments written out; ``ValueError`` if it would not fit a button."""
    made = Route(what, tuple("" if arg is None else str(arg) for arg in args))
    encode(made)
    return made


def encode(made: Route) -> str:
    """The route as a button carries it."""
    parts = [PREFIX, made.what, *made.args]
    if any(":" in part for part in parts):
        raise ValueError("a route's parts hold no colon")
    text = ":".join(parts)
    if len(text) > LIMIT or not text.isascii() or not text.isprintable():
        raise ValueError(f"a route is at most {LIMIT} printable ASCII characters: {text!r}")
    return text


def decode(text: str) -> Route:
    """Read a route back; ``UnreadableRoute`` if it is not one of this version's."""
    prefix, *parts = text.split(":")
    if prefix != PREFIX or not parts or not parts[0] or len(text) > LIMIT or not text.isascii():
        raise UnreadableRoute(text[:LIMIT])
    return Route(parts[0], tuple(parts[1:]))
