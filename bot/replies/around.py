"""Replies around another one: it leads back to where it was opened from, or says that its reader is away."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.identifiers import ZoneName
from bot.replies.card import Card, Choice, Reply, paragraph
from bot.replies.markup import Moment, MomentStyle
from bot.replies.routes import Route, UnreadableRoute, route

VIA = "via"


def via(back: Route, there: Route) -> Route:
    """The way there, from where the reply leads back."""
    return route(VIA, len(back.args), back.what, *back.args, there.what, *there.args)


def both_ways(made: Route) -> tuple[Route, Route]:
    """Read back what ``via`` wrote: where it leads, and where from."""
    number, *parts = made.args or ("",)
    count = int(number) if number.isascii() and number.isdigit() and len(number) < 3 else len(parts)
    if len(parts) < count + 2 or VIA in (parts[0], parts[count + 1]):
        raise UnreadableRoute(made.text)
    return route(*parts[count + 1 :]), route(*parts[: count + 1])


def leads_to(made: Route) -> Route:
    """Where a route leads, wherever it comes from."""
    return both_ways(made)[0] if made.what == VIA else made


@dataclass(frozen=True, slots=True)
class WithWayBack:
    """A reply with a button back to where it was opened from."""

    reply: Reply
    back: Route

    def as_card(self) -> Card:
        """The reply's card with one more choice, unless it leads there already; what it leads to leads back, too."""
        card = self.reply.as_card()
        if any(choice.route == self.back for choice in card.choices):
            return card
        onward = tuple(replace(choice, route=self._onward(choice)) for choice in card.choices)
        return replace(card, choices=(*onward, Choice("Back", self.back)))

    def _onward(self, choice: Choice) -> Route:
        """Where a choice leads, with the same way back where both fit a button; a letter answers and leads nowhere."""
        if choice.letter or choice.route.what == VIA:
            return choice.route
        try:
            return via(self.back, choice.route)
        except ValueError:
            return choice.route


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


def inside(reply: Reply) -> Reply:
    """The reply without its way back."""
    return reply.reply if isinstance(reply, WithWayBack) else reply


def itself(reply: Reply) -> Reply:
    """The reply without that sentence, and without its way back."""
    return inside(reply.reply if isinstance(reply, WhileAway) else reply)
