"""The items to look up: by kind, by id and by name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar, cast

from bot.domain.knowledge import KINDS, Knowledge
from bot.domain.lookup import NameIndex

K = TypeVar("K", bound=Knowledge)


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
