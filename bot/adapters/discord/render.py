"""A reply as messages of Discord: natively where there is a visible gain, else from its card."""

from __future__ import annotations

from bot.adapters.discord.cards import Names, Page, card_pages
from bot.adapters.discord.components import words
from bot.adapters.discord.native import NATIVE
from bot.adapters.discord.private import Privately
from bot.adapters.discord.text import escaped
from bot.replies.around import inside
from bot.replies.card import Card, Reply


def rendered(reply: Reply, names: Names, card: Card | None = None) -> list[Page]:
    """The reply in as few messages as hold it; its choices stand on the last. ``card`` is its card, if it is made."""
    inner = inside(reply)
    native = NATIVE.get(type(inner))
    card = card or reply.as_card()
    return [native(inner, card, names)] if native else card_pages(card, names)


def posted(reply: Reply, names: Names) -> Page:
    """A reply as the one message of a post; tests hold that no post is longer."""
    page, *rest = rendered(reply, names)
    if rest:
        raise ValueError(f"{type(reply).__name__} does not fit one message")
    return page


def told_privately(reply: Reply, names: Names, server: int, called: str | None) -> Page:
    """A reply as a private message, under the server's name: its reader may manage several."""
    (page,) = card_pages(Privately(reply, server).as_card(), names)
    if called is None:
        return page
    return Page([words(f"-# From Studybot in {escaped(called)}"), *page.components], page.files)
