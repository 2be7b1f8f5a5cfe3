"""Replies of /find."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.bank import Shelf
from bot.domain.plain_text import shortened
from bot.replies.card import LABEL_LIMIT, Card, Choice, Points, label, paragraph
from bot.replies.common_buttons import ALL_COMMANDS, FIND, PRACTISE, ROADMAP, ROLES
from bot.replies.markup import Markup, bold, counted, markup
from bot.replies.routes import Route, route

EXAMPLES = ("hallucination", "no degree", "freelance")
ROW = 72
"""So long is a row with what an item says; a title alone may be longer."""
TITLE = 110
"""Characters of a title in a row."""
LEAST_SAID = 16
"""With less room than this nothing of what an item says is read out."""


@dataclass(frozen=True, slots=True)
class HitShown:
    """One thing found: its kind in a word, its title, its first line, and where it is shown."""

    kind: str
    title: str
    line: str
    where: Route

    def row(self, *, kind: bool = True) -> Markup:
        """The hit on one line, with as much of what it says as fits."""
        named = f" ({self.kind.lower()})" if kind else ""
        title = shortened(self.title, TITLE)
        room = ROW - len(title) - len(named) - 2
        more = f": {shortened(self.line, room)}" if self.line and room >= LEAST_SAID else ""
        return markup(bold(title), f"{named}{more}")


@dataclass(frozen=True, slots=True)
class Pages:
    """Which of many entries a list shows, and the ways to those before and after."""

    first: int = 1
    earlier: Route | None = None
    later: Route | None = None

    def points(self, rows: tuple[Markup, ...]) -> Points:
        """The rows with their numbers."""
        return Points(tuple((f"{n}.", row) for n, row in enumerate(rows, self.first)))

    def choices(self) -> tuple[Choice, ...]:
        """The ways through the pages."""
        ways = (("Earlier ones", self.earlier), ("More of them", self.later))
        return tuple(Choice(label, there) for label, there in ways if there is not None)


@dataclass(frozen=True, slots=True)
class SearchShown:
    """A short list of hits, best first, with a button each."""

    text: str
    hits: tuple[HitShown, ...]
    pages: Pages = Pages()
    shelves: frozenset[Shelf] = frozenset(Shelf)
    """Those there are to look through."""

    def as_card(self) -> Card:
        """The list, or where else to look."""
        asked = shortened(self.text, 60)
        if not self.hits:
            such = ", such as rag, pay or degree" if Shelf.ROLES in self.shelves else ""
            ways = {ROLES: Shelf.ROLES, ROADMAP: Shelf.ROADMAP}
            return Card(
                title="Nothing found",
                blocks=(
                    paragraph(f'Nothing here mentions "{asked}". Studybot reads English; try one plain word{such}.'),
                ),
                choices=(FIND, *(way for way in ways if ways[way] in self.shelves), PRACTISE, ALL_COMMANDS),
            )
        found = counted(len(self.hits), "entry", "entries")
        if self.pages.first > 1:
            found = f"Entries {self.pages.first} to {self.pages.first + len(self.hits) - 1}"
        return Card(
            title="Found",
            blocks=(
                paragraph(f'{found} on "{asked}", best first.'),
                self.pages.points(tuple(hit.row() for hit in self.hits)),
            ),
            choices=(*(Choice(self._label(hit), hit.where) for hit in self.hits), *self.pages.choices()),
        )

    def _label(self, hit: HitShown) -> str:
        """The title; with its kind where two hits are called alike."""
        alike = sum(label(other.title) == label(hit.title) for other in self.hits)
        return label(hit.title if alike == 1 else f"{hit.kind}: {hit.title}")


@dataclass(frozen=True, slots=True)
class ShelfShown:
    """A page of everything of one kind, with a button each."""

    title: str
    number: int
    """How many there are on all pages."""
    hits: tuple[HitShown, ...]
    pages: Pages

    def as_card(self) -> Card:
        """The page's rows."""
        last = self.pages.first + len(self.hits) - 1
        which = f"{self.pages.first} to {last} of {self.number}." if len(self.hits) < self.number else ""
        return Card(
            title=self.title,
            blocks=(
                *((paragraph(which, small=True),) if which else ()),
                self.pages.points(tuple(hit.row(kind=False) for hit in self.hits)),
            ),
            choices=(
                *(Choice(label(hit.title), hit.where) for hit in self.hits),
                *self.pages.choices(),
                Choice("Find something else", route("run", "find")),
            ),
        )


@dataclass(frozen=True, slots=True)
class ShelvesShown:
    """An overview of all there is to find, for somebody who named nothing yet."""

    shelves: tuple[tuple[str, int, Route], ...]
    """Each kind with how many there are and where they are listed."""

    def as_card(self) -> Card:
        """A button for each kind, and searches to try."""
        return Card(
            title="Find",
            blocks=(paragraph("Name a word or two, as in /find rag or fine-tuning. Or look through all of a kind:"),),
            choices=(
                *(Choice(_counted(words, number), there) for words, number, there in self.shelves),
                *(Choice(f"Find {text}", route("run", "find", f"text={text}")) for text in EXAMPLES),
            ),
        )


def _counted(words: str, number: int) -> str:
    """A label with how many there are behind it."""
    count = f" ({number})"
    return shortened(words, LABEL_LIMIT - len(count)) + count
