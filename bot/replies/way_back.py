"""A reply that leads back to where it was opened from; its button there carries both ways."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.replies.card import Card, Choice, Reply
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
        raise UnreadableRoute(str(made))
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
        """The reply's card with one more choice, unless it leads there already."""
        card = self.reply.as_card()
        if any(choice.route == self.back for choice in card.choices):
            return card
        return replace(card, choices=(*card.choices, Choice("Back", self.back)))


def inside(reply: Reply) -> Reply:
    """The reply without its way back."""
    return reply.reply if isinstance(reply, WithWayBack) else reply
