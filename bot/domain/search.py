"""One search over everything there is to read: titles before bodies, whole before partial, a slip forgiven.

Of questions only the topic is ever found, through the words of its questions' stems: no option, key or reason is
in the index, so that no search gives an open question away.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.domain.common_fields import Origin, Topic
from bot.domain.content import Library
from bot.domain.identifiers import TopicId
from bot.domain.knowledge import KINDS, Knowledge
from bot.domain.lookup import words
from bot.domain.question import Question
from bot.domain.roadmap import Step
from bot.domain.role import Role

ROLE, STEP, TOPIC = "role", "step", "topic"
"""The kinds found besides those of ``KINDS``."""

_READ = 100
"""Of a longer text only the beginning is looked for."""
_WORDS = 8
_SHORTEST_BEGINNING = 3
"""A word this long also finds the words it begins."""
_BEGUN = 100
"""The most of them."""
_BEGINNING, _SLIP, _SAME_THING = 0.6, 0.5, 0.9
"""How much a word counts that only begins like the one typed, or is it with a slip; a word as typed counts 1."""
_IN_NAME = 4.0
"""The weight of a word in a title or alias, where one in the body has 1."""
_S_FOR_Z = re.compile(r"(?<=\w{3})is(?=(?:e|ed|er|ing|ation)$)")
_PAY = ("pay", "salary", "earn", "wage", "compensation")
"""Words for one thing."""
_MEANS_PAY = frozenset((*_PAY, "earning", "income", "paid", "money", "payment"))
_SMALL = frozenset(
    {
        *("a", "an", "and", "are", "as", "at", "be", "by", "can", "do", "does", "for", "from", "how", "i", "in", "is"),
        *("it", "me", "my", "of", "on", "or", "the", "to", "what", "when", "where", "which", "who", "why", "will"),
        *("mean", "means", "meaning", "much", "many", "was", "were", "did", "been", "define", "definition"),
        *("stand", "stands", "become", "wat", "whats"),
        *("am", "im", "ive", "work", "worked", "coming", "currently"),
        *("with", "you", "your", "about", "explain", "should", "tell", "that", "there", "this", "we", "would"),
    }
)
"""Words nobody searches for, unless they type nothing else."""


@dataclass(frozen=True, slots=True)
class Findable:
    """Something to be found: what it is called, and what else it says."""

    kind: str
    id: str
    title: str
    aliases: tuple[str, ...] = ()
    body: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found."""

    kind: str
    id: str
    title: str


class SearchIndex:
    """Every entry by its words; made once, immutable."""

    __slots__ = (
        "_by_length",
        "_entries",
        "_in_body",
        "_in_name",
        "_keys",
        "_length",
        "_names",
        "_tails",
        "_vocabulary",
    )

    def __init__(self, entries: Iterable[Findable] = ()) -> None:
        self._entries = tuple(entries)
        in_name: dict[str, dict[int, float]] = defaultdict(dict)
        in_body: dict[str, list[int]] = defaultdict(list)
        keys: dict[str, dict[int, int]] = defaultdict(dict)
        length: list[int] = []
        for n, entry in enumerate(self._entries):
            for rank, name in enumerate((entry.title, *entry.aliases)):
                parts = _stems(name)
                keys["".join(parts)].setdefault(n, 2 if rank == 0 else 1)
                for part in parts:
                    # A word is worth more to a short name than to a sentence.
                    in_name[part][n] = max(in_name[part].get(n, 0.0), 1 / math.sqrt(len(parts)))
            keys["".join(_stems(entry.id))].setdefault(n, 1)
            said = {part for text in entry.body for part in _stems(text)}
            for part in said:
                in_body[part].append(n)
            length.append(len(said))
        self._in_name: Mapping[str, Mapping[int, float]] = in_name
        self._in_body: Mapping[str, Sequence[int]] = in_body
        self._keys: Mapping[str, Mapping[int, int]] = keys
        self._length = length
        self._vocabulary = sorted({*in_name, *in_body})
        by_length: dict[int, list[str]] = defaultdict(list)
        for part in self._vocabulary:
            by_length[len(part)].append(part)
        self._by_length = by_length
        # Names without spaces, and what of titles follows each of their words: (beginning, entry), sorted.
        self._names = sorted(
            ("".join(words(name)), n) for n, one in enumerate(self._entries) for name in (one.title, *one.aliases)
        )
        self._tails = sorted(
            ("".join(parts[at:]), n)
            for n, parts in enumerate([words(one.title) for one in self._entries])
            for at in range(1, len(parts))
        )

    def __len__(self) -> int:
        return len(self._entries)

    def find(self, text: str, limit: int) -> tuple[Hit, ...]:
        """Return what the text may be about, best first: called so, then called by its words, then saying them."""
        typed = _stems(text[:_READ])
        small = {_stem(word) for word in words(text[:_READ]) if word in _SMALL}
        wanted = list(dict.fromkeys([part for part in typed if part not in small] or typed))[:_WORDS]
        named: list[dict[int, float]] = []
        # Words run together, or taken apart, are still the name.
        exact = self._keys.get("".join(typed), {})
        scores: dict[int, float] = defaultdict(float, dict.fromkeys(exact, 0.0))
        counts: dict[int, int] = defaultdict(int)
        for part in wanted:
            in_name, anywhere = self._scored(part)
            named.append(in_name)
            for n, score in anywhere.items():
                scores[n] += score
                counts[n] += 1
        called = self._called(typed, wanted)
        wholly = frozenset.intersection(*(frozenset(found) for found in named)) if named else frozenset()

        def rank(n: int) -> tuple[int, int, bool, int, float, int]:
            return (exact.get(n, 0), called.get(n, 0), n in wholly, counts[n], scores[n], -n)

        # What says less than half of the words is not about the text, whatever else it says.
        about = (n for n in scores if n in exact or n in called or 2 * counts[n] >= len(wanted))
        best = sorted(about, key=rank, reverse=True)[:limit]
        return tuple(Hit(entry.kind, entry.id, entry.title) for entry in (self._entries[n] for n in best))

    def _called(self, typed: Sequence[str], wanted: Sequence[str]) -> dict[int, int]:
        """Entries called by a run of the words that is half of what is asked, or by a word that is more than half."""
        asked = frozenset(wanted)
        called: dict[int, int] = {}
        for start in range(len(typed)):
            for end in range(start + 1, min(start + _WORDS, len(typed)) + 1):
                long = len(asked.intersection(typed[start:end]))
                if 2 * long < len(asked) + (long == 1) or typed[start] not in asked or typed[end - 1] not in asked:
                    continue
                for n, as_title in self._keys.get("".join(typed[start:end]), {}).items():
                    called[n] = max(called.get(n, 0), 2 * long + as_title)
        return called

    def names(self, text: str) -> bool:
        """Return whether a run of the words that makes up most of the text is what something here is called."""
        typed = _stems(text[:_READ])
        return bool(typed) and bool(self._called(typed, [part for part in typed if part not in _SMALL] or typed))

    def begun(self, text: str, limit: int) -> tuple[Hit, ...]:
        """Complete half-typed text: titles and aliases that begin so, then titles with such a word."""
        typed = "".join(words(text[:_READ]))
        if not typed:
            return ()
        found: dict[str, Hit] = {}
        for n in (*self._beginning(self._names, typed), *self._beginning(self._tails, typed)):
            if len(found) == limit:
                break
            entry = self._entries[n]
            found.setdefault(entry.title.casefold(), Hit(entry.kind, entry.id, entry.title))
        return tuple(found.values())

    @staticmethod
    def _beginning(names: Sequence[tuple[str, int]], typed: str) -> Iterator[int]:
        for at in range(bisect_left(names, (typed, 0)), len(names)):
            name, n = names[at]
            if not name.startswith(typed):
                return
            yield n

    def _scored(self, part: str) -> tuple[dict[int, float], dict[int, float]]:
        """Find entries called by a word, and all that say it; with the best score of each."""
        in_name: dict[int, float] = {}
        anywhere: dict[int, float] = {}
        meant = [(alike, self._in_name.get(one, {}), self._in_body.get(one, ())) for one, alike in self._meant(part)]
        # Words for one thing are as rare as all of them together.
        together = sum(len(named) + len(said) for _, named, said in meant) if part in _MEANS_PAY else 0
        for likeness, named, said in meant:
            rare = likeness * math.log(1 + len(self._entries) / (together or len(named) + len(said)))
            for n, share in named.items():
                in_name[n] = max(in_name.get(n, 0.0), rare * _IN_NAME * share)
            for n in said:
                anywhere[n] = max(anywhere.get(n, 0.0), rare / math.log(9 + self._length[n]))
        for n, score in in_name.items():
            anywhere[n] = max(anywhere.get(n, 0.0), score)
        return in_name, anywhere

    def _meant(self, part: str) -> Iterator[tuple[str, float]]:
        """The words of the index a typed word may stand for, with how likely each is."""
        known = part in self._in_name or part in self._in_body
        if known:
            yield part, 1.0
        if part in _MEANS_PAY:
            same = (word for word in _PAY if word != part and (word in self._in_name or word in self._in_body))
            yield from ((word, _SAME_THING) for word in same)
            return
        begun = False
        if len(part) >= _SHORTEST_BEGINNING:
            first = bisect_left(self._vocabulary, part)
            for word in self._vocabulary[first : first + _BEGUN]:
                if not word.startswith(part):
                    break
                if word != part:
                    begun = True
                    yield word, _BEGINNING
        if not known and not begun:
            slips = 0 if len(part) < 4 else 1 if len(part) < 8 else 2
            lengths = range(len(part) - slips, len(part) + slips + 1)
            near: Sequence[str] = [word for length in lengths for word in self._by_length.get(length, ())]
            # pyrefly: ignore[no-matching-overload]
            found = process.extract(part, near, scorer=OSA.distance, score_cutoff=slips, limit=5) if slips else []
            nearest = min((distance for _, distance, _ in found), default=0)
            yield from ((word, _SLIP) for word, distance, _ in found if distance == nearest)


def entries(
    roles: Iterable[Role],
    steps: Iterable[Step],
    topics: Iterable[Topic],
    questions: Mapping[TopicId, Sequence[Question]],
    library: Library,
) -> Iterator[Findable]:
    """All that can be found; of equals, what comes first here is shown first."""
    for role in roles:
        lists = (role.does, role.not_does, role.suits, role.skills, role.tools, role.portfolio, role.disagreements)
        titles = tuple(stage.titles for stage in role.path)
        body = (role.summary, role.coding.note, role.degree.note, role.note or "", *titles)
        yield Findable(ROLE, role.id, role.name, role.aliases, (*body, *(line for lines in lists for line in lines)))
    for kind, shelf in KINDS.items():
        for item in library.all(shelf):
            yield Findable(kind, item.id, item.title, item.aliases, (*item.body, kind, *_marks(item)))
    for step in steps:
        body = (step.summary, step.ethics, step.note or "", *step.subtopics, *step.done_when)
        yield Findable(STEP, step.id, step.title, (), body)
    for topic in topics:
        stems = tuple(question.stem for question in questions.get(topic.id, ()))
        yield Findable(TOPIC, topic.id, topic.title, topic.aliases, stems)


def _marks(item: Knowledge) -> Iterator[str]:
    """The words an item is sorted by, such as its level or family."""
    for field in fields(item):
        value = getattr(item, field.name)
        if isinstance(value, StrEnum) and not isinstance(value, Origin):
            yield value


def _stems(text: str) -> list[str]:
    """The words of a text without the mark of the plural, and in one spelling of -ise and -ize."""
    return [_stem(word) for word in words(text)]


@lru_cache(maxsize=1 << 12)
def _stem(word: str) -> str:
    return _S_FOR_Z.sub("iz", _singular(word))


def _singular(word: str) -> str:
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is", "ics")):
        return word
    return word[:-3] + "y" if word.endswith("ies") and len(word) > 4 else word[:-1]
