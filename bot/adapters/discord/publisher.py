"""Posts, edits and private messages on Discord."""

from __future__ import annotations

import base64
import hashlib
import logging
import secrets
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import discord

from bot.adapters.discord.cards import Names
from bot.adapters.discord.faults import PASSED_OVER, PASSING, result
from bot.adapters.discord.permissions import GONE, why_not
from bot.adapters.discord.render import posted, told_privately
from bot.domain.community import Platform
from bot.domain.identifiers import MessageRef, PlaceRef, RoundId
from bot.ports.publisher import Address, EditResult, Later, NoSuchMessage, Posted, PostResult, Refused, Seen
from bot.replies.asked import QuestionPosted
from bot.replies.card import Reply
from bot.replies.routes import route

log = logging.getLogger(__name__)

NONCE_WINDOW = timedelta(minutes=2)
"""How long Discord surely recognises a nonce; it says "the past few minutes"."""
LOOKED_AT = 200
NOT_HERE = "Studybot is not in this server any more."
NOBODY = discord.AllowedMentions.none()


class DiscordPublisher:
    """Fulfils ``Publisher`` with whichever client is connected now."""

    platform = Platform.DISCORD

    def __init__(self, client: Callable[[], discord.Client | None], names: Callable[[str], Names]) -> None:
        """``names`` gives a server's names by its id."""
        self._client = client
        self._names = names

    def resend_is_safe(self, first_attempt: datetime, now: datetime) -> bool:
        """Whether Discord would recognise the nonce of the first attempt."""
        return now - first_attempt < NONCE_WINDOW

    @property
    def can_look_back(self) -> bool:
        """Where the channel's history may be read."""
        return True

    async def post(self, address: Address, reply: Reply, round: RoundId | None = None) -> PostResult:
        """Post, quietly unless somebody is to be pinged; the round's nonce makes a second post the first again."""
        client = self._client()
        if client is None:
            return Later(PASSING)
        try:
            channel = await _channel(client, address)
            if not isinstance(channel, discord.abc.GuildChannel | discord.Thread):
                return channel
            refusal = why_not(channel)
            if refusal:
                return Refused(refusal)
            page = posted(reply, self._names(address.community))
            ping = _ping(reply)
            sent = await client.get_partial_messageable(channel.id, guild_id=int(address.community)).send(
                view=page.view,
                nonce=nonce(address, round) if round is not None else secrets.token_hex(12),
                silent=ping is None,
                allowed_mentions=discord.AllowedMentions(everyone=False, users=False, roles=[ping]) if ping else NOBODY,
            )
        except PASSED_OVER as error:
            return _told(error, "post")
        return Posted(MessageRef(str(sent.id)))

    async def edit(self, address: Address, message: MessageRef, reply: Reply) -> EditResult:
        """Replace a message of ours; it notifies nobody."""
        if not (message.isdigit() and address.place.isdigit()):
            return NoSuchMessage()
        client = self._client()
        if client is None:
            return Later(PASSING)
        page = posted(reply, self._names(address.community))
        place = client.get_partial_messageable(int(address.place), guild_id=int(address.community))
        try:
            await place.get_partial_message(int(message)).edit(view=page.view, allowed_mentions=NOBODY)
        except PASSED_OVER as error:
            return _told(error, "edit")
        return Posted(message)

    async def look_back(self, address: Address, round: RoundId, since: datetime) -> MessageRef | Seen:
        """Look for our own message whose buttons carry the round."""
        client = self._client()
        if client is None or client.user is None:
            return Seen.LATER
        guild = client.get_guild(int(address.community))
        if guild.unavailable if guild else not client.is_ready():
            return Seen.LATER
        if not address.place.isdigit():
            return Seen.CANNOT_TELL
        channel = guild.get_channel_or_thread(int(address.place)) if guild else None
        if channel is None or not channel.permissions_for(channel.guild.me).read_message_history:
            return Seen.CANNOT_TELL
        place = client.get_partial_messageable(channel.id, guild_id=channel.guild.id)
        seen = 0
        try:
            async for message in place.history(limit=LOOKED_AT, after=since, oldest_first=True):
                seen += 1
                if message.author.id == client.user.id and _carries(message, round):
                    return MessageRef(str(message.id))
        except PASSED_OVER as error:
            log.warning("looking for a post failed: %s", type(error).__name__)
            return Seen.CANNOT_TELL if isinstance(result(error), Refused) else Seen.LATER
        # Where so much was written since, it may stand beyond what was looked at.
        return Seen.ABSENT if seen < LOOKED_AT else Seen.CANNOT_TELL

    async def tell(self, address: Address, user: str, reply: Reply) -> PostResult:
        """Tell one person in a private message, with the server's name: they may manage several."""
        client = self._client()
        if client is None:
            return Later(PASSING)
        if not user.isdigit():
            return Refused(GONE)
        guild = client.get_guild(int(address.community))
        page = told_privately(reply, self._names(address.community), guild.name if guild else None)
        try:
            direct = await client.create_dm(discord.Object(int(user)))
            sent = await direct.send(view=page.view, allowed_mentions=NOBODY)
        except PASSED_OVER as error:
            log.info("a manager could not be told: %s", type(error).__name__)
            return result(error)
        return Posted(MessageRef(str(sent.id)))


async def _channel(
    client: discord.Client, address: Address
) -> discord.abc.GuildChannel | discord.Thread | Refused | Later:
    """The channel with what is known of it, or why there is none."""
    guild = client.get_guild(int(address.community))
    if guild is None:
        return Refused(NOT_HERE) if client.is_ready() else Later(PASSING)
    if guild.unavailable:
        return Later(PASSING)
    if not address.place.isdigit():
        return Refused(GONE)
    channel = guild.get_channel_or_thread(int(address.place))
    if channel is not None:
        return channel
    # A thread that is archived is in no cache, and posting in it brings it back.
    found = await guild.fetch_channel(int(address.place))
    return found if isinstance(found, discord.Thread) else Refused(GONE)


def _ping(reply: Reply) -> discord.Object | None:
    role = reply.ping_role if isinstance(reply, QuestionPosted) else None
    return discord.Object(int(role)) if role and role.isdigit() else None


def nonce(address: Address, round: RoundId) -> str:
    """What makes Discord recognise the round's post; 24 characters, the most it takes is 25."""
    key = f"{address.community}:{address.place}:{round}".encode()
    return base64.b32encode(hashlib.blake2b(key, digest_size=15).digest()).decode()


def _carries(message: discord.Message, round: RoundId) -> bool:
    wanted = str(route("more", round))
    return any(
        getattr(part, "custom_id", None) == wanted for component in message.components for part in _all(component)
    )


def _all(component: discord.Component) -> Iterator[discord.Component]:
    """A component the library read, and all inside it."""
    yield component
    for inner in getattr(component, "children", ()):
        yield from _all(inner)


def _told(error: Exception, what: str) -> PostResult:
    became = result(error)
    log.warning("a %s failed (%s): %s", what, type(became).__name__, _brief(error))
    return became


def _brief(error: Exception) -> str:
    """The error without what was sent: a request's text is nobody's business in a log."""
    if isinstance(error, discord.HTTPException):
        return f"HTTP {error.status}, code {error.code}"
    return type(error).__name__


def place_name(client: discord.Client | None, community: str, place: PlaceRef) -> str | None:
    """What a channel is called, if it is known."""
    guild = client.get_guild(int(community)) if client else None
    channel = guild.get_channel_or_thread(int(place)) if guild and place.isdigit() else None
    return channel.name if channel else None


def can_ring(client: discord.Client | None, community: str, role: str, place: PlaceRef) -> bool:
    """Whether naming the role in the channel notifies anyone; yes where nothing is known of them."""
    guild = client.get_guild(int(community)) if client else None
    found = guild.get_role(int(role)) if guild and role.isdigit() else None
    channel = guild.get_channel_or_thread(int(place)) if guild and place.isdigit() else None
    if found is None or channel is None or found.mentionable:
        return True
    return channel.permissions_for(channel.guild.me).mention_everyone
