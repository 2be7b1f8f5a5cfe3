"""Nothing of a card is lost in its plain text."""

from __future__ import annotations

from collections.abc import Iterator

from bot.adapters.mcp.text import as_plain_text
from bot.domain.identifiers import ZoneName
from bot.replies.card import Block, Card, Document, Facts, Paragraph, Picture, Points, Table, paragraph
from bot.replies.markup import Link, Moment, MomentStyle, Run, markup
from tests.adapters.replies import BERLIN, NOW
from tests.replies.everything import everything


def said(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(text):
            yield from (span.text for span in text if isinstance(span, Run))
        case Points(items) | Facts(items):
            for mark, text in items:
                yield mark
                yield from (span.text for span in text if isinstance(span, Run))
        case Table(columns, rows):
            yield from columns
            for label, *both in rows:
                yield label
                yield from (span.text for cell in both for span in cell if isinstance(span, Run))
        case Document(name, text):
            yield from (name, text)
        case Picture(url, alt):
            yield from (url, alt)


def test_every_reply_is_there_as_a_whole() -> None:
    for reply in everything():
        card = reply.as_card()
        text = as_plain_text(card, BERLIN)
        choices = [part for choice in card.choices for part in (choice.label, choice.route.text, choice.place or "")]
        for part in (card.title, *(part for block in card.blocks for part in said(block)), *choices):
            assert part in text


def test_what_programs_could_misread_is_written_out() -> None:
    moments = [Moment(NOW, style, ZoneName("UTC")) for style in MomentStyle]
    card = Card(
        blocks=(
            paragraph(*moments, Link("the paper", "https://example.org")),
            Points((("A", markup("one")), ("Next", markup("two")), ("", markup("three")))),
            Facts((("Pay", markup("fair")),)),
            Picture("https://example.org/p.png", "a curve"),
        )
    )
    assert as_plain_text(card, BERLIN).split("\n\n") == [
        "09:002026-11-232026-11-23 09:00the paper (https://example.org)",
        "A one\nNext\n- two\n- three",
        "Pay: fair",
        "Picture: a curve (https://example.org/p.png)",
    ]
