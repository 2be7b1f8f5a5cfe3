"""The sentence that every reply to a member who is away ends with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.identifiers import ZoneName
from bot.replies.card import Card, Reply, paragraph
from bot.replies.markup import Moment, MomentStyle
from bot.replies.way_back import inside


@dataclass(frozen=True, slots=True)
class WhileAway:
    """A reply to a member who is away, which says so."""

    reply: Reply
    until: datetime
    zone: ZoneName

    def as_card(self) -> Card:
        """The reply's card with one more sentence."""
        card = self.reply.as_card()
        until = Moment(self.until, MomentStyle.DATE_TIME, self.zone)
        told = paragraph("You are away until ", until, ", or until your next daily answer.", small=True)
        return replace(card, blocks=(*card.blocks, told))


def itself(reply: Reply) -> Reply:
    """The reply without that sentence, and without its way back."""
    return inside(reply.reply if isinstance(reply, WhileAway) else reply)
