"""A reply as messages of Discord: natively where there is a visible gain, else from its card."""

from __future__ import annotations

from dataclasses import replace

from bot.adapters.discord.cards import Names, Page, card_pages
from bot.adapters.discord.components import words
from bot.adapters.discord.native import NATIVE
from bot.adapters.discord.text import escaped
from bot.replies.card import Reply, paragraph
from bot.replies.way_back import inside


def rendered(reply: Reply, names: Names) -> list[Page]:
    """The reply in as few messages as hold it; its choices stand on the last."""
    inner = inside(reply)
    native = NATIVE.get(type(inner))
    card = reply.as_card()
    return [native(inner, card, names)] if native else card_pages(card, names)


def posted(reply: Reply, names: Names) -> Page:
    """A reply as the one message of a post; tests hold that no post is longer."""
    page, *rest = rendered(reply, names)
    if rest:
        raise ValueError(f"{type(reply).__name__} does not fit one message")
    return page


def told_privately(reply: Reply, names: Names, server: str | None) -> Page:
    """A reply as a private message, under the server's name: its reader may manage several."""
    # A press in a private message names no server, so what can be pressed stands in /config there.
    card = reply.as_card()
    where = (paragraph("The buttons for it are in /config, in the server.", small=True),) if card.choices else ()
    (page,) = card_pages(replace(card, blocks=(*card.blocks, *where), choices=()), names)
    if server is None:
        return page
    return Page([words(f"-# From Studybot in {escaped(server)}"), *page.components], page.files)
