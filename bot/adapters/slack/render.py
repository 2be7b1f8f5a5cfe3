"""A reply as messages of Slack: natively where there is a visible gain, else from its card."""

from __future__ import annotations

from dataclasses import replace

from bot.adapters.slack.cards import Names, Page, card_pages
from bot.adapters.slack.native import NATIVE
from bot.adapters.slack.places import Places
from bot.adapters.slack.text import as_typed
from bot.adapters.slack.workspaces import Workspace
from bot.replies.around import inside
from bot.replies.card import Card, Reply


def rendered(reply: Reply, names: Names, card: Card | None = None) -> list[Page]:
    """The reply in as few messages as hold it; its choices stand on the last. ``card`` is its card, if it is made."""
    inner = inside(reply)
    native = NATIVE.get(type(inner))
    made = card or reply.as_card()
    made = replace(made, title=as_typed(made.title, names.commands))
    return native(inner, made, names) if native else card_pages(made, names)


async def shown(reply: Reply, places: Places, workspace: Workspace, card: Card | None = None) -> list[Page]:
    """The reply with its channels named on buttons, which may have to be asked for."""
    card = card or reply.as_card()
    return rendered(reply, await places.for_card(workspace, card), card)


def one_page(pages: list[Page], reply: Reply) -> Page:
    """The one message of a post; tests hold that no post is longer."""
    page, *rest = pages
    if rest:
        raise ValueError(f"{type(reply).__name__} does not fit one message")
    return page


def posted(reply: Reply, names: Names) -> Page:
    """A reply as the one message of a post."""
    return one_page(rendered(reply, names), reply)
