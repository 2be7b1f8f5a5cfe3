"""Look for one of our messages when Discord's answer to it was lost."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable
from datetime import datetime

import discord

from bot.adapters.discord.faults import PASSED_OVER, brief, result
from bot.domain.identifiers import MessageRef
from bot.ports.publisher import Refused, Seen

log = logging.getLogger(__name__)

LOOKED_AT = 200
"""Messages of a channel that are looked at, at most; two requests."""


async def ours_in(
    client: discord.Client, channel: discord.abc.GuildChannel | discord.Thread | discord.DMChannel, since: datetime
) -> AsyncIterator[discord.Message]:
    """Our own messages among the latest of a channel, the newest first.

    ``since`` is by this computer's clock, which may be ahead of Discord's, so it ends no search by itself: it tells
    ``TooMuch``, where others wrote too many since then.
    """
    assert client.user is not None  # logged in
    seen, oldest = 0, since
    async for message in client.get_partial_messageable(channel.id).history(limit=LOOKED_AT):
        seen, oldest = seen + 1, message.created_at
        if message.author.id == client.user.id:
            yield message
    if seen >= LOOKED_AT and oldest > since:
        raise TooMuch


class TooMuch(Exception):
    """The message may stand beyond those that were looked at."""


async def found(
    messages: AsyncIterator[discord.Message], wanted: Callable[[discord.Message], bool]
) -> MessageRef | Seen:
    """The first message that is wanted; else what is known of it."""
    try:
        async for message in messages:
            if wanted(message):
                return MessageRef(str(message.id))
    except TooMuch:
        return Seen.CANNOT_TELL
    except PASSED_OVER as error:
        log.warning("looking for a message failed: %s", brief(error))
        return Seen.CANNOT_TELL if isinstance(result(error), Refused) else Seen.LATER
    return Seen.ABSENT
