"""The card as plain text for a program to read, with the button behind each choice."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never
from zoneinfo import ZoneInfo

from bot.domain.identifiers import ZoneName
from bot.replies.card import Block, Card, Choice, Document, Facts, Paragraph, Picture, Points, Table, Verbatim
from bot.replies.markup import Link, Markup, Moment, MomentStyle, Span, as_text

BY_HAND = "by hand, with `studybot chat`"
_WRITTEN = {MomentStyle.TIME: "%H:%M", MomentStyle.DATE: "%Y-%m-%d", MomentStyle.DATE_TIME: "%Y-%m-%d %H:%M"}


def as_plain_text(card: Card, zone: ZoneName, by_hand: Callable[[Choice], bool] = lambda _: False) -> str:
    """Everything on the card, times in the zone; no button is shown for what is done by hand."""
    parts = [card.title, *(_block(block, zone) for block in card.blocks)]
    if card.form:
        parts.append(f"{card.form.title} is a form, to be filled in {BY_HAND}.")
    buttons = [f"- {_label(choice)}: {choice.route.text}" for choice in card.choices if not by_hand(choice)]
    if buttons:
        parts.append("\n".join(["Buttons for press:", *buttons]))
    if left := ", ".join(_label(choice) for choice in card.choices if by_hand(choice)):
        parts.append(f"Only {BY_HAND}: {left}")
    return "\n\n".join(part for part in parts if part)


def _label(choice: Choice) -> str:
    return f"{choice.label} {choice.place}" if choice.place else choice.label


def _block(block: Block, zone: ZoneName) -> str:
    match block:
        case Paragraph(text):
            return _plain(text, zone)
        case Points(items):
            return "\n".join(_point(mark, _plain(text, zone)) for mark, text in items)
        case Facts(rows):
            return "\n".join(f"{label}: {_plain(text, zone)}" for label, text in rows)
        case Table(columns, table_rows):
            lines: list[str] = []
            for label, *both in table_rows:
                cells = zip(columns, both, strict=True)
                lines += [label, *(f"- {name}: {_plain(text, zone)}" for name, text in cells)]
            return "\n".join(lines)
        case Verbatim(text, language):
            return f"```{language}\n{text}\n```"
        case Picture(url, alt):
            return f"Picture: {alt} ({url})" if url else f"Picture: {alt}"
        case Document(name, text):
            return f"{name}\n{text}"
        case _:
            assert_never(block)


def _point(mark: str, text: str) -> str:
    """A line of a list behind its letter or number; a longer mark heads it."""
    return f"{mark} {text}" if 0 < len(mark) <= 3 else f"{mark}\n- {text}".lstrip("\n")


def _plain(text: Markup, zone: ZoneName) -> str:
    return "".join(_written(span, zone) for span in text)


def _written(span: Span, zone: ZoneName) -> str:
    match span:
        case Link(label, url):
            return url if label == url else f"{label} ({url})"
        case Moment(at, style):
            return f"{at.astimezone(ZoneInfo(zone)):{_WRITTEN[style]}}"
        case _:
            return as_text((span,))
