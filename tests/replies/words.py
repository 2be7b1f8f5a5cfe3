"""Words of a card, run by run: a face may draw them as it likes, but leave nothing out."""

from __future__ import annotations

from collections.abc import Iterator

from bot.replies.card import Card, Document, Facts, Paragraph, Picture, Points, Verbatim
from bot.replies.markup import Markup, Run


def words(card: Card, *, documents: bool = True) -> Iterator[str]:
    """Every run of text on the card; a document's own are left out where a face sends it as a file."""
    yield card.title
    for block in card.blocks:
        match block:
            case Paragraph(spans):
                yield from _runs(spans)
            case Points(rows) | Facts(rows):
                for mark, spans in rows:
                    yield mark
                    yield from _runs(spans)
            case Verbatim(text):
                yield text
            case Document(name, whole):
                yield name
                if documents:
                    yield whole
            case Picture(_, alt):
                yield alt


def _runs(spans: Markup) -> Iterator[str]:
    for span in spans:
        if isinstance(span, Run):
            yield span.text
