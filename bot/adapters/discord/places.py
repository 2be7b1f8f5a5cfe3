"""Channels, threads and roles of a server, as far as the client knows them."""

from __future__ import annotations

import discord

from bot.adapters.discord.faults import PASSING
from bot.adapters.discord.permissions import CHANNEL_GONE, tag_of
from bot.domain.identifiers import PlaceRef
from bot.ports.publisher import Address, Later, Refused

NOT_HERE = "Studybot is no longer in this server."
EVERYONE_RINGS_NOBODY = "Pinging @everyone as a role notifies nobody. Choose another role, or none."

Channel = discord.abc.GuildChannel | discord.Thread


async def channel_at(client: discord.Client, address: Address) -> Channel | Refused | Later:
    """The channel, or why there is none."""
    guild = client.get_guild(int(address.community))
    if guild is None:
        return Refused(NOT_HERE) if client.is_ready() else Later(PASSING)
    if guild.unavailable:
        return Later(PASSING)
    if not address.place.isdigit():
        return Refused(CHANNEL_GONE)
    channel = guild.get_channel_or_thread(int(address.place))
    if channel is not None:
        return channel
    # A thread that is archived is in no cache, and posting in it brings it back.
    found = await guild.fetch_channel(int(address.place))
    return found if isinstance(found, discord.Thread) else Refused(CHANNEL_GONE)


def known_channel(client: discord.Client | None, community: str, place: PlaceRef) -> Channel | None:
    """The channel, if the client has it in memory."""
    guild = client.get_guild(int(community)) if client else None
    return guild.get_channel_or_thread(int(place)) if guild and place.isdigit() else None


def place_name(client: discord.Client | None, community: str, place: PlaceRef) -> str | None:
    """The name of a channel, if it is known."""
    channel = known_channel(client, community, place)
    return channel.name if channel else None


def can_ring(client: discord.Client | None, community: str, role: str, place: PlaceRef) -> bool:
    """Return whether naming the role in the channel notifies anyone; true where nothing is known of them."""
    guild = client.get_guild(int(community)) if client else None
    found = guild.get_role(int(role)) if guild and role.isdigit() else None
    channel = known_channel(client, community, place)
    if found is None or channel is None or found.mentionable:
        return True
    return channel.permissions_for(channel.guild.me).mention_everyone


def rings_nobody(role: discord.Role) -> str | None:
    """Why naming a role could never notify a member, as a sentence; None if it may."""
    if role.is_default():
        return EVERYONE_RINGS_NOBODY
    if role.is_bot_managed():
        return f"{role.name} belongs to a bot and has no other members. Choose another role, or none."
    return None


def remark(client: discord.Client | None, community: str, place: PlaceRef) -> str | None:
    """A sentence about posts in a place; None where there is nothing to know."""
    forum = known_channel(client, community, place)
    if not isinstance(forum, discord.ForumChannel):
        return None
    tag = tag_of(forum)
    return f"In this forum each question is a post of its own{f', with the tag {tag.name}' if tag else ''}."
