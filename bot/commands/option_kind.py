"""Kinds of option in general: a name to find, a text to parse, one of a few words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.domain.explained import NotUnderstood
from bot.domain.lookup import Ambiguous, Exact, NameIndex, Unknown, find, is_name, suggest
from bot.domain.plain_text import tidy
from bot.ports.catalog import Catalog

SUGGESTIONS = 25


@dataclass(frozen=True, slots=True)
class Fits:
    """The text means this value."""

    value: object


@dataclass(frozen=True, slots=True)
class Several:
    """The text may mean any of these: (text to send again, label)."""

    candidates: tuple[tuple[str, str], ...]
    question: str = "can mean more than one. Which one do you mean?"
    """What is asked, after the text in quotes."""


@dataclass(frozen=True, slots=True)
class NoFit:
    """The text means nothing; what is wanted, and what comes nearest: (text to send again, label)."""

    wanted: str
    nearest: tuple[tuple[str, str], ...] = ()


ReadResult = Fits | Several | NoFit


ReadText = Callable[[Catalog, str, int, int], ReadResult]


@dataclass(frozen=True)
class Kind:
    """A kind of option. ``read`` understands; ``exact`` is stricter and tells one option's words from the next's."""

    name: str
    read: ReadText
    suggest: Callable[[Catalog, str], Sequence[tuple[str, str]]] | None = None
    choices: tuple[str, ...] = ()
    literal: Callable[[Catalog, str], bool] | None = None
    """Whether the text is meant for this kind as it stands, without guessing at typos."""
    whole: bool = False
    """Reads the text as it was typed, lines and all."""
    greedy: bool = False
    """Takes any text, so it may swallow what follows."""
    offers: Callable[[Catalog | None], Sequence[tuple[str, str]]] | None = None
    """All there is to choose several from: (text to send, label)."""
    chosen: Callable[[str], tuple[str, ...]] = lambda text: tuple(
        [part.strip() for part in text.split(",") if part.strip()]
    )
    """Which of what is offered a text means."""

    def exact(self, catalog: Catalog, text: str, least: int, most: int) -> bool:
        """Return whether the text is meant for this kind without guessing."""
        if self.greedy:
            return False
        if self.literal is not None:
            return self.literal(catalog, text)
        return isinstance(self.read(catalog, text, least, most), Fits)


def named(name: str, index: Callable[[Catalog], NameIndex[Any]], what: str) -> Kind:
    """Return a kind that is found by its names."""

    def read(catalog: Catalog, text: str, least: int, most: int) -> ReadResult:
        names = index(catalog)
        match find(names, text):
            case Exact(id):
                return Fits(id)
            case Ambiguous(ids):
                return Several(tuple((str(id), names.name(id)) for id in ids))
            case Unknown(nearest):
                return NoFit(what, tuple((str(id), names.name(id)) for id in nearest))

    def offered(catalog: Catalog, text: str) -> Sequence[tuple[str, str]]:
        return [(str(id), label) for id, label in suggest(index(catalog), text, SUGGESTIONS)]

    return Kind(name, read, offered, literal=lambda catalog, text: is_name(index(catalog), text))


def parsed(name: str, parse: Callable[[str], object]) -> Kind:
    """Return a kind that a parser of the domain reads."""

    def read(catalog: Catalog, text: str, least: int, most: int) -> ReadResult:
        try:
            return Fits(parse(tidy(text)))
        except NotUnderstood as error:
            meant = tuple((text, text) for text in error.meant)
            return Several(meant, error.question) if error.question else NoFit(error.wanted, meant)

    def literal(catalog: Catalog, text: str) -> bool:
        return not isinstance(read(catalog, text, 0, 0), NoFit)

    return Kind(name, read, literal=literal)


_FILLERS = frozenset({"", "me", "my data", "mine", "me please", "please", "everything", "it", "questions", "ones"})
"""What may follow a choice and says no more than it does: "delete my data"."""


def chosen_from(name: str, of: type[StrEnum]) -> Kind:
    """Return a kind with a few words to choose from."""
    values = tuple(member.value for member in of)

    def read(catalog: Catalog, text: str, least: int, most: int) -> ReadResult:
        whole = tidy(text).casefold()
        first, _, others = whole.partition(" ")
        folded = first if others in _FILLERS else whole
        fits = [value for value in values if value == folded] or [v for v in values if folded and v.startswith(folded)]
        if len(fits) == 1:
            return Fits(of(fits[0]))
        return NoFit(f"one of {', '.join(values)}", tuple((value, value) for value in fits or values))

    return Kind(name, read, choices=values)
