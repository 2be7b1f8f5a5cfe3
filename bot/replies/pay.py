"""Pay as claimed: in one line where a card is short, row by row where somebody asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.role import PayRow
from bot.replies.card import Block, Points, paragraph
from bot.replies.markup import Markup, bold, counted, markup

NO_PAY = "No source gives a figure with level and place."
NOT_STATED = "not stated"


@dataclass(frozen=True, slots=True)
class PayShown:
    """A pay row with its source in words."""

    row: PayRow
    source: str

    def line(self) -> Markup:
        """The claim with level, place, source and age; never an average."""
        row = self.row
        return markup(
            bold(row.claim),
            f" ({row.who}; level: {row.level}; place: {row.place}; as of {row.as_of}). Source: {self.source}",
        )

    @property
    def known(self) -> int:
        """The number of level and place that the source states."""
        return (self.row.level != NOT_STATED) + (self.row.place != NOT_STATED)


def pay_in_a_line(pay: Sequence[PayShown]) -> str:
    """The claim that says most of whom it is about, and how many more there are."""
    if not pay:
        return NO_PAY
    row = max(pay, key=lambda one: one.known).row
    about = [part for part in (row.level, row.place) if part != NOT_STATED] or ["level and place not stated"]
    more = f"; {counted(len(pay) - 1, 'other claim')}" if len(pay) > 1 else ""
    return f"{row.claim} ({'; '.join(about)}){more}"


def pay_blocks(pay: Sequence[PayShown], before: int = 0) -> tuple[Block, ...]:
    """Every pay row as its source claims it, after those shown ``before``; or that there is none."""
    if not pay:
        return (paragraph(bold("Pay: "), NO_PAY),)
    rows = (("Pay, as claimed", pay[0].line()), *(("", shown.line()) for shown in pay[1:]))
    note = paragraph("These claims differ in level, place and age; they are not to be averaged.", small=True)
    return (Points(rows), note) if before + len(pay) > 1 else (Points(rows),)
