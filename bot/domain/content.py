"""A bank as a whole: everything its files hold, the word list among it, and what is looked up by kind, id and name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, TypeVar, cast

from bot.domain.bank import Bank
from bot.domain.common_fields import Objective, Source, Topic
from bot.domain.knowledge import KINDS, Knowledge
from bot.domain.limits import Chars, Limited
from bot.domain.lookup import NameIndex
from bot.domain.question import Question
from bot.domain.roadmap import Step
from bot.domain.role import PayRow, Role

K = TypeVar("K", bound=Knowledge)


@dataclass(frozen=True, slots=True)
class Avoided(Limited):
    """A word not everyone reads, and what to say instead."""

    word: Annotated[str, Chars(40)]
    instead: Annotated[str, Chars(80)]


@dataclass(frozen=True, slots=True)
class WordList:
    """Words known beside the terms learners look up."""

    short_forms: tuple[str, ...] = ()
    """Used without explanation, such as ``API``."""
    avoid: tuple[Avoided, ...] = ()


_NO_WORDS = WordList()


@dataclass(frozen=True, slots=True)
class ContentFiles:
    """Everything a bank holds, in file order; cross-references already checked."""

    bank: Bank | None = None
    """None for a folder laid out as before there were banks."""
    words: WordList = _NO_WORDS
    sources: tuple[Source, ...] = ()
    topics: tuple[Topic, ...] = ()
    objectives: tuple[Objective, ...] = ()
    questions: tuple[Question, ...] = ()
    pay: tuple[PayRow, ...] = ()
    roles: tuple[Role, ...] = ()
    steps: tuple[Step, ...] = ()
    knowledge: tuple[Knowledge, ...] = ()


class Library:
    """All knowledge by kind, each kind by id and by name; immutable."""

    __slots__ = ("_by_id", "_names")

    def __init__(self, items: Iterable[Knowledge] = ()) -> None:
        by_id: dict[type, dict[str, Knowledge]] = {kind: {} for kind in KINDS.values()}
        for item in items:
            by_id[type(item)][item.id] = item
        self._by_id = by_id
        self._names = {
            kind: NameIndex((id, item.title, item.aliases) for id, item in shelf.items())
            for kind, shelf in by_id.items()
        }

    def all(self, kind: type[K]) -> tuple[K, ...]:
        """Every item of a kind, in the order of the files."""
        return cast("tuple[K, ...]", tuple(self._by_id[kind].values()))

    def get(self, kind: type[K], id: str) -> K | None:
        """The item of a kind with that id."""
        return cast("K | None", self._by_id[kind].get(id))

    def names(self, kind: type[Knowledge]) -> NameIndex[str]:
        """The items of a kind by title and alias."""
        return self._names[kind]
