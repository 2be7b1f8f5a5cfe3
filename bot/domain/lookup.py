"""Finding a role, topic or step by what a person typed: another spelling, an alias, a slip of the finger."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Generic, TypeVar

from rapidfuzz import process
from rapidfuzz.distance import OSA, Indel

I = TypeVar("I", bound=str)  # noqa: E741

LISTED = 25
"""The number of rows that fit Discord's autocomplete, and that are kept of an ambiguous text."""
OFFERED = 5
"""The number of names offered for a text nobody knows."""
_SAME = 0.87
"""One slip in eight letters, two in sixteen: less like than this is another word."""
_ALIKE = 0.55
"""From here on a name is worth offering, if a word of it is like one that was typed."""
_WORD_ALIKE = 0.75
_JOINING = frozenset(["and", "for", "the", "with"])
"""Words that names share without being alike."""
"""From here on a word may be another with a few slips: "pyton" is python, but "random" is nothing."""
_WORD_AT_LEAST = 3
"""A shorter word, such as "ai", says too little to offer a name for it."""
_LONGEST = 250
"""Of a longer text only the beginning is read; no name is longer."""

_APOSTROPHES = re.compile("['\u2019\u02bc]")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Exact(Generic[I]):
    """The text means this one."""

    id: I


@dataclass(frozen=True, slots=True)
class Ambiguous(Generic[I]):
    """The text may mean any of these: ask which."""

    ids: tuple[I, ...]


@dataclass(frozen=True, slots=True)
class Unknown(Generic[I]):
    """The text means none of them; these are nearest, best first."""

    nearest: tuple[I, ...]


Found = Exact[I] | Ambiguous[I] | Unknown[I]


def words(text: str) -> list[str]:
    """The words of a text as they are compared: no case, accents or punctuation; "AI/ML" is two words."""
    if text.isascii():
        return _WORD.findall(text.lower().replace("'", "")) or text.lower().split()
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(char for char in apart if unicodedata.category(char) != "Mn").casefold()
    return _WORD.findall(_APOSTROPHES.sub("", bare)) or text.casefold().split()


class NameIndex(Generic[I]):
    """Ids with their names and aliases, made once from (id, name, aliases); the order given is kept.

    Names are compared by their *key*, the words without the spaces: "Data base" and "database" are one name.
    """

    __slots__ = ("_begin", "_by_key", "_by_length", "_ids", "_keys", "_meant", "_names", "_parts", "_words")

    def __init__(self, named: Iterable[tuple[I, str, Iterable[str]]] = ()) -> None:
        rows = [(id, name, tuple(aliases)) for id, name, aliases in named]
        self._names = {id: name for id, name, _ in rows}
        if len(self._names) != len(rows):
            raise ValueError("two things have the same id")
        by_key: dict[str, dict[I, None]] = defaultdict(dict)
        by_word: dict[str, dict[str, None]] = defaultdict(dict)
        self._parts: dict[str, tuple[str, ...]] = {}
        begin: tuple[set[tuple[str, str]], ...] = (set(), set(), set())
        for id, name, aliases in rows:
            for rank, called in enumerate((name, *aliases)):
                parts = words(called)
                key = "".join(parts)
                by_key[key][id] = None
                self._parts[key] = tuple(parts)
                begin[min(rank, 1)].add((key, key))
                for position, word in enumerate(parts):
                    by_word[word][key] = None
                    if position:
                        begin[2].add(("".join(parts[position:]), key))
        self._by_key = {key: tuple(ids) for key, ids in by_key.items()}
        self._keys = tuple(by_key)
        self._by_length = _by_length(by_key)
        self._words = {word: tuple(keys) for word, keys in by_word.items()}
        # Beginnings of names, of aliases, and of what follows their first word: (beginning, key), sorted.
        self._begin = tuple(sorted(pairs) for pairs in begin)
        for id in self._names:
            by_key["".join(words(id))][id] = None
        self._meant = {key: tuple(ids) for key, ids in by_key.items()}
        self._ids = {str(id): id for id in self._names}

    def __len__(self) -> int:
        return len(self._names)

    def __iter__(self) -> Iterator[I]:
        return iter(self._names)

    def name(self, id: I) -> str:
        """The name to show; ``KeyError`` if the id is not here."""
        return self._names[id]


def find(names: NameIndex[I], text: str) -> Found[I]:
    """Find what the text means: an id, name or alias, whole words of one name, or one with a slip in it.

    A slip is forgiven only where no other name is nearly as close; nothing is guessed between two.
    """
    text = text[:_LONGEST]
    if text in names._ids:
        return Exact(names._ids[text])
    parts = words(text)
    ids: Sequence[I] = names._meant.get("".join(parts), ())
    if not ids:
        ids = tuple(dict.fromkeys((*_with_a_slip(names, "".join(parts)), *_holding(names, parts))))
    if not ids:
        return Unknown(tuple(id for id, _ in suggest(names, text, OFFERED)) if parts else ())
    return Exact(ids[0]) if len(ids) == 1 else Ambiguous(tuple(ids[:LISTED]))


def is_name(names: NameIndex[I], text: str) -> bool:
    """Return whether the text is a name, an alias or an id as it stands, nothing guessed."""
    return "".join(words(text[:_LONGEST])) in names._meant


def suggest(names: NameIndex[I], text: str, limit: int = LISTED) -> list[tuple[I, str]]:
    """Offer names while somebody types: those that begin so, then those alike; all in order for no text."""
    parts = words(text[:_LONGEST])
    key = "".join(parts)
    found: dict[I, None] = {}
    if not key:
        found = dict.fromkeys(islice(names, limit))
    for whole in chain(_beginning(names, key), _alike(names, parts)) if key else ():
        if len(found) >= limit:
            break
        found.update(dict.fromkeys(names._by_key[whole]))
    return [(id, names.name(id)) for id in islice(found, limit)]


def _with_a_slip(names: NameIndex[I], key: str) -> list[I]:
    """Those that are the same but for a slip, and their rivals: all that need less than twice the edits."""
    reach = int(len(key) * (1 - _SAME) / _SAME)
    if not reach:
        return []
    lengths = range(len(key) - 2 * reach, len(key) + 2 * reach + 1)
    near = [other for length in lengths for other in names._by_length.get(length, ())]
    # pyrefly: ignore[no-matching-overload]
    scored = process.extract(key, near, scorer=OSA.distance, score_cutoff=2 * reach, limit=4 * LISTED)
    edits = [d for other, d, _ in scored if d <= (1 - _SAME) * max(len(key), len(other))]
    if not edits:
        return []
    return [id for other, d, _ in scored if d < 2 * min(edits) for id in names._by_key[other]]


def _holding(names: NameIndex[I], parts: Sequence[str]) -> list[I]:
    """Those with a name that holds every word of the text."""
    if len("".join(parts)) < 2 or any(part not in names._words for part in parts):
        return []
    rarest, *others = sorted((names._words[part] for part in set(parts)), key=len)
    sets = [frozenset(other) for other in others]
    keys = (key for key in rarest if all(key in other for other in sets))
    ids: dict[I, None] = {}
    for key in keys:
        ids.update(dict.fromkeys(names._by_key[key]))
        if len(ids) >= LISTED:
            break
    return list(ids)


def _beginning(names: NameIndex[I], key: str) -> Iterator[str]:
    for pairs in names._begin:
        for position in range(bisect_left(pairs, (key, "")), len(pairs)):
            beginning, whole = pairs[position]
            if not beginning.startswith(key):
                break
            yield whole


def _alike(names: NameIndex[I], parts: Sequence[str]) -> Iterator[str]:
    """Names like what was typed; one that shares only scattered letters with it is none of them."""
    key = "".join(parts)
    if len(key) < 3:
        return
    # pyrefly: ignore[no-matching-overload]
    scored = process.extract(
        key, names._keys, scorer=Indel.normalized_similarity, score_cutoff=_ALIKE, limit=4 * LISTED
    )
    typed = [part for part in parts if len(part) >= _WORD_AT_LEAST and part not in _JOINING]
    for whole, likeness, _ in scored:
        if likeness >= _WORD_ALIKE or any(_like(part, word) for word in names._parts[whole] for part in typed):
            yield whole


def _like(one: str, other: str) -> bool:
    """Return whether one word may be the other with slips in it, or with its letters in disorder."""
    return Indel.normalized_similarity(one, other, score_cutoff=_WORD_ALIKE) > 0 or (
        one[0] == other[0] and sorted(one) == sorted(other)
    )


def _by_length(texts: Iterable[str]) -> dict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = defaultdict(list)
    for text in texts:
        found[len(text)].append(text)
    return {length: tuple(group) for length, group in found.items()}
