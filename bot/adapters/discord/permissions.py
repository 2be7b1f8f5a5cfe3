"""Rights of the bot: those an invitation asks for, and what it may do in a channel, in words a manager can act on."""

from __future__ import annotations

import base64
import binascii

import discord

SCOPES = ("bot", "applications.commands")
NEEDED = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    read_message_history=True,
    embed_links=True,
    attach_files=True,
)
"""Asked for by an invitation: history to find a post whose answer was lost, links and files for what is shown."""
Writable = discord.TextChannel | discord.VoiceChannel | discord.StageChannel | discord.Thread
"""Where a message can be written; a voice or stage channel has a text chat of its own."""
Postable = Writable | discord.ForumChannel
"""Where a daily question can be posted; in a forum each is a thread of its own."""
CHANNEL_GONE = "The channel was deleted, or Studybot cannot see it."
PERMISSION_NAMES = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "send_messages_in_threads": "Send Messages in Threads",
}
TAGS = ("daily", "question", "quiz", "study")
"""A tag with one of these words in its name is taken, the first of them that is found."""
NO_TAG = (
    "That forum requires a tag on every post, and has none that Studybot may use. In the forum's settings, add one "
    "that everybody may use, or stop requiring tags."
)


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


def missing(channel: Postable, me: discord.Member) -> list[str]:
    """The permissions lacking for a daily question in the channel, as Discord names them."""
    has = channel.permissions_for(me)
    sending = "send_messages_in_threads" if isinstance(channel, discord.Thread) else "send_messages"
    return [PERMISSION_NAMES[name] for name in ("view_channel", sending) if not getattr(has, name)]


def why_not(channel: object, me: discord.Member | None = None) -> str | None:
    """Why nothing can be posted there, as a sentence; None if it can. ``me`` where the server does not know us."""
    if isinstance(channel, discord.ForumChannel) and channel.is_media():
        return "It is a media channel, where every post needs a picture or a video. Choose a text channel or a forum."
    if not isinstance(channel, Postable):
        return "Nothing can be posted in that kind of channel. Choose a text channel."
    lacking = missing(channel, me or channel.guild.me)
    if lacking:
        return f"Studybot lacks {' and '.join(lacking)} there. Grant it in the channel's settings, under Permissions."
    if isinstance(channel, discord.Thread) and channel.locked:
        return "The thread is locked. Unlock it, or choose another place."
    if isinstance(channel, discord.ForumChannel) and channel.flags.require_tag and tag_of(channel) is None:
        return NO_TAG
    return None


def tag_of(forum: discord.ForumChannel) -> discord.ForumTag | None:
    """The tag our posts get: one whose name fits; else, where the forum wants a tag, the first that is free to use."""
    free = [tag for tag in forum.available_tags if not tag.moderated]
    for word in TAGS:
        for tag in free:
            if word in tag.name.casefold():
                return tag
    return free[0] if free and forum.flags.require_tag else None


def may_read(channel: discord.abc.GuildChannel | discord.Thread) -> bool:
    """Return whether we may read the history; in a voice channel's chat that takes the right to join."""
    may = channel.permissions_for(channel.guild.me)
    beside_voice = isinstance(channel, discord.VoiceChannel | discord.StageChannel)
    return may.read_message_history and (may.connect or not beside_voice)
