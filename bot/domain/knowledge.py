"""What can be looked up besides roles, steps and topics: terms and whatever else has a title and a source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Protocol, TypeVar, cast

from bot.domain.disagreement import Disagreement
from bot.domain.faq import Faq
from bot.domain.industry import Industry
from bot.domain.interview import Interview
from bot.domain.lookup import NameIndex
from bot.domain.myth import Myth, Prediction
from bot.domain.note import Note
from bot.domain.pitfall import Pitfall
from bot.domain.project import Project
from bot.domain.short_role import ShortRole
from bot.domain.source import Reference
from bot.domain.term import Term

Knowledge = Term | ShortRole | Faq | Myth | Prediction | Pitfall | Disagreement | Industry | Project | Interview | Note
"""Every kind there is; a new kind is added here and to the catalog's layout, and is then found and shown."""

KINDS: Mapping[str, type[Knowledge]] = MappingProxyType(
    {
        "term": Term,
        "title": ShortRole,
        "faq": Faq,
        "myth": Myth,
        "prediction": Prediction,
        "pitfall": Pitfall,
        "disagreement": Disagreement,
        "industry": Industry,
        "project": Project,
        "interview": Interview,
        "note": Note,
    }
)
"""The kinds by the word people read, which is also what a button carries."""

K = TypeVar("K", bound=Knowledge)


class Told(Protocol):
    """What all kinds have in common."""

    @property
    def id(self) -> str:
        """Its id, unique among its kind."""
        ...

    @property
    def title(self) -> str:
        """What it is called."""
        ...

    @property
    def aliases(self) -> tuple[str, ...]:
        """What else people call it."""
        ...

    @property
    def body(self) -> tuple[str, ...]:
        """Everything else it says, in the order it is read."""
        ...

    @property
    def refs(self) -> tuple[Reference, ...]:
        """Where it comes from."""
        ...


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
