"""Words of a card, run by run: a face may draw them as it likes, but leave nothing out."""

from __future__ import annotations

from collections.abc import Iterator

from bot.replies.card import Card, Document, Facts, Paragraph, Picture, Points, Table, Verbatim
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
            case Table(columns, table_rows):
                # A face may set the lines of one cell beside those of another.
                yield from (word for name in columns for word in name.split())
                for label, *both in table_rows:
                    yield label
                    yield from (word for cell in both for run in _runs(cell) for word in run.split())
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
