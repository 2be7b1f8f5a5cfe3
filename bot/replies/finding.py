"""What a search found."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.plain_text import shortened
from bot.replies.card import Card, Choice, Facts, Points, label, paragraph
from bot.replies.markup import Markup, bold, counted, markup
from bot.replies.routes import Route, route

EXAMPLES = ("hallucination", "no degree", "freelance")
LINE = 140
"""So much of an item is read out in a list."""


@dataclass(frozen=True, slots=True)
class HitShown:
    """One thing found: its kind in a word, its title, its first line, and where it is shown."""

    kind: str
    title: str
    line: str
    where: Route

    def row(self) -> Markup:
        """The hit on one line."""
        more = f": {shortened(self.line, LINE)}" if self.line else ""
        return markup(bold(self.title), f" ({self.kind.lower()}){more}")


@dataclass(frozen=True, slots=True)
class Found:
    """A short list of hits, best first, with a button each."""

    text: str
    hits: tuple[HitShown, ...]

    def as_card(self) -> Card:
        """The list, or where else to look."""
        asked = shortened(self.text, 60)
        if not self.hits:
            return Card(
                title="Nothing found",
                blocks=(
                    paragraph(f'Nothing here mentions "{asked}". Try one plain word, such as rag, pay or degree.'),
                ),
                choices=(
                    Choice("Roles", route("run", "role")),
                    Choice("Roadmap", route("run", "roadmap")),
                    Choice("Practise", route("run", "quiz")),
                ),
            )
        found = counted(len(self.hits), "entry", "entries")
        return Card(
            title="Found",
            blocks=(
                paragraph(f'{found} on "{asked}", best first.'),
                Points(tuple((f"{n}.", hit.row()) for n, hit in enumerate(self.hits, 1))),
            ),
            choices=tuple(Choice(self._label(hit), hit.where) for hit in self.hits),
        )

    def _label(self, hit: HitShown) -> str:
        """The title; with its kind where two hits are called alike."""
        alike = sum(label(other.title) == label(hit.title) for other in self.hits)
        return label(hit.title if alike == 1 else f"{hit.kind}: {hit.title}")


@dataclass(frozen=True, slots=True)
class ShelvesShown:
    """What there is to find, for somebody who named nothing yet."""

    counts: tuple[tuple[str, int], ...]

    def as_card(self) -> Card:
        """Each kind with how many there are, and searches to try."""
        return Card(
            title="Find",
            blocks=(
                paragraph("Name a word or two, as in /find rag or fine-tuning. There is this to find:"),
                Facts(tuple((words, markup(str(number))) for words, number in self.counts)),
            ),
            choices=tuple(Choice(f"Find {text}", route("run", "find", f"text={text}")) for text in EXAMPLES),
        )
