"""The address that invites the bot, asking for exactly what it needs."""

from __future__ import annotations

import base64
import binascii

import discord

from bot.adapters.discord.permissions import NEEDED

SCOPES = ("bot", "applications.commands")


class NoToken(ValueError):
    """That is no bot token."""


def invitation(token: str) -> str:
    """Where a manager goes to invite the bot of this token; ``NoToken`` if it is none.

    A token begins with the bot's id, which is the application's as well.
    """
    first = token.strip().removeprefix("Bot ").partition(".")[0]
    try:
        id = int(base64.urlsafe_b64decode(first + "=" * (-len(first) % 4)).decode())
    except (binascii.Error, ValueError, UnicodeDecodeError):
        raise NoToken(token[:0]) from None
    return discord.utils.oauth_url(id, permissions=NEEDED, scopes=SCOPES)
