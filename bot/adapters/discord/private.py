"""Private messages: a button there carries its server, for a press names none, and who pressed is looked up in it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import discord

from bot.adapters.discord.faults import PASSED_OVER
from bot.replies.card import Card, Choice, Reply, paragraph
from bot.replies.routes import Route, UnreadableRoute, decode, route
from bot.replies.said import Said, said

FROM_SERVER = "from"
NOT_SAID = said(
    "Discord did not say whether you manage that server. Nothing was changed; the same buttons are in /config, in the "
    "server."
)
NOT_THERE = said("You are not in that server any more. Nothing was changed.")


@dataclass(frozen=True, slots=True)
class Privately:
    """A reply as a private message shows it: with what can be decided there, and where the rest is."""

    reply: Reply
    server: int

    def as_card(self) -> Card:
        """The reply's card, its buttons carrying the server."""
        card = self.reply.as_card()
        kept = tuple(_carrying(choice, self.server) for choice in card.choices if choice.anywhere)
        what = "The other buttons" if kept else "The buttons"
        where = (paragraph(f"{what} for it are in /config, in the server.", small=True),) if card.choices else ()
        return replace(card, blocks=(*card.blocks, *where), choices=kept)


def _carrying(choice: Choice, server: int) -> Choice:
    return replace(choice, route=route(FROM_SERVER, server, choice.route.what, *choice.route.args))


def pressed(text: str) -> tuple[int, Route] | None:
    """The server and the way that a button of a private message carries."""
    try:
        made = decode(text)
    except UnreadableRoute:
        return None
    if made.what != FROM_SERVER or len(made.args) < 2:
        return None
    server, what, *args = made.args
    if not (server.isascii() and server.isdigit()):
        return None
    return int(server), route(what, *args)


async def manages(client: discord.Client, server: int, user: int) -> bool | Said:
    """Ask Discord whether somebody may manage a server now; a sentence where that is not the question."""
    guild = client.get_guild(server)
    if guild is None or guild.unavailable:
        return NOT_SAID
    try:
        member = await guild.fetch_member(user)
    except discord.NotFound:
        return NOT_THERE
    except PASSED_OVER:
        return NOT_SAID
    return member.guild_permissions.manage_guild
