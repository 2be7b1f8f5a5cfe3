"""Posts, edits and private messages on Discord."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import logging
import secrets
from collections.abc import Callable, Coroutine, Iterator
from datetime import datetime, timedelta
from typing import Any, TypeVar

import discord

from bot.adapters.discord import forum
from bot.adapters.discord.cards import Names
from bot.adapters.discord.faults import ARCHIVED, PASSED_OVER, PASSING, brief, result
from bot.adapters.discord.looking_back import found, ours_in
from bot.adapters.discord.permissions import CHANNEL_GONE, may_read, why_not
from bot.adapters.discord.places import channel_at, known_channel
from bot.adapters.discord.render import posted, told_privately
from bot.domain.community import Platform
from bot.domain.identifiers import MessageRef, PlaceRef, RoundRef
from bot.kit import Background
from bot.ports.publisher import Address, EditResult, Later, NoSuchMessage, Posted, PostResult, Refused, Seen
from bot.replies.asked import QuestionPosted, more_route
from bot.replies.card import Reply
from bot.replies.helping import Greeted

log = logging.getLogger(__name__)

T = TypeVar("T")
NONCE_WINDOW = timedelta(minutes=2)
"""Time in which Discord surely recognises a nonce; it says "the past few minutes"."""
CLOCKS_APART = timedelta(days=1)
"""Most that this computer's clock may be ahead of Discord's when something is looked for."""
GREETED_BEFORE = timedelta(minutes=5)
"""The same for a greeting, which is not to be taken for one of an earlier stay."""
NOBODY = discord.AllowedMentions.none()
_ON_THEIR_WAY = Background()


class DiscordPublisher:
    """Fulfils ``Publisher`` with whichever client is connected now."""

    platform = Platform.DISCORD

    def __init__(
        self, client: Callable[[], discord.Client | None], names: Callable[[str], Names], subject: str = ""
    ) -> None:
        """``names`` gives a server's names by its id; ``subject`` is what servers are greeted with."""
        self._subject = subject
        self._client = client
        self._names = names
        self._sending: dict[str, asyncio.Task[MessageRef]] = {}
        """The rounds whose posts are on their way."""

    def resend_is_safe(self, address: Address, first_attempt: datetime, now: datetime) -> bool:
        """Return whether Discord would recognise the nonce of the first attempt; a post in a forum has none."""
        if isinstance(known_channel(self._client(), address.community, address.place), discord.ForumChannel):
            return False
        return now - first_attempt < NONCE_WINDOW

    @property
    def can_look_back(self) -> bool:
        """Where the channel's history may be read."""
        return True

    async def post(self, address: Address, reply: Reply, round: RoundRef | None = None) -> PostResult:
        """Post, quietly unless somebody is to be pinged; the round's nonce makes a second post the first again."""
        client = self._client()
        if client is None:
            return Later(PASSING)
        key = _key(address, round) if round is not None else secrets.token_hex(12)
        try:
            if key in self._sending:  # nobody waited for it any longer, and it may yet arrive
                return Posted(await asyncio.shield(self._sending[key]))
            channel = await channel_at(client, address)
            if not isinstance(channel, discord.abc.GuildChannel | discord.Thread):
                return channel
            refusal = why_not(channel)
            if refusal:
                return Refused(refusal)
            sending = self._sending[key] = _ON_THEIR_WAY.start(self._send(client, channel, reply, nonce(key)))
            sending.add_done_callback(lambda _: self._sending.pop(key, None))
            return Posted(await asyncio.shield(sending))
        except PASSED_OVER as error:
            return _told(error, "post")

    async def _send(
        self, client: discord.Client, channel: discord.abc.GuildChannel | discord.Thread, reply: Reply, sent_as: str
    ) -> MessageRef:
        page = posted(reply, self._names(str(channel.guild.id)))
        ping = _ping(reply)
        mentions = discord.AllowedMentions(everyone=False, users=False, roles=[ping]) if ping else NOBODY
        if isinstance(channel, discord.ForumChannel):
            return MessageRef(str(await forum.create(channel, forum.title(reply), page.view, ping is None, mentions)))
        place = client.get_partial_messageable(channel.id, guild_id=channel.guild.id)
        sent = await place.send(view=page.view, nonce=sent_as, silent=ping is None, allowed_mentions=mentions)
        return MessageRef(str(sent.id))

    async def edit(self, address: Address, message: MessageRef, reply: Reply) -> EditResult:
        """Replace a message of ours; it notifies nobody."""
        if not (message.isdigit() and address.place.isdigit()):
            return NoSuchMessage()
        client = self._client()
        if client is None:
            return Later(PASSING)
        try:
            await _unbroken(self._edit(client, address, message, reply))
        except PASSED_OVER as error:
            return _told(error, "edit")
        return Posted(message)

    async def _edit(self, client: discord.Client, address: Address, message: MessageRef, reply: Reply) -> None:
        page = posted(reply, self._names(address.community))
        in_forum = isinstance(known_channel(client, address.community, address.place), discord.ForumChannel)
        # A post's thread has the id of its first message.
        channel = int(message if in_forum else address.place)
        place = client.get_partial_messageable(channel, guild_id=int(address.community))
        editing = place.get_partial_message(int(message)).edit
        try:
            await editing(view=page.view, allowed_mentions=NOBODY)
        except discord.HTTPException as error:
            if error.code != ARCHIVED:
                raise
            thread = await client.fetch_channel(channel)
            if not isinstance(thread, discord.Thread) or thread.locked:
                raise
            await thread.edit(archived=False)
            await editing(view=page.view, allowed_mentions=NOBODY)

    async def look_back(self, address: Address, round: RoundRef, since: datetime) -> MessageRef | Seen:
        """Look for our own message whose buttons carry the round."""
        client = self._client()
        if client is None or client.user is None or _key(address, round) in self._sending:
            return Seen.LATER
        guild = client.get_guild(int(address.community))
        if guild.unavailable if guild else not client.is_ready():
            return Seen.LATER
        channel = known_channel(client, address.community, address.place)
        if channel is None or not may_read(channel):
            return Seen.CANNOT_TELL
        looked_at = (
            forum.first_messages(channel, since - CLOCKS_APART)
            if isinstance(channel, discord.ForumChannel)
            else ours_in(client, channel, since)
        )
        return await found(looked_at, lambda message: _carries(message, round))

    async def tell(self, address: Address, user: str, reply: Reply) -> PostResult:
        """Tell one person in a private message, with the server's name: they may manage several."""
        client = self._client()
        if client is None:
            return Later(PASSING)
        if not user.isdigit():
            return Refused(CHANNEL_GONE)
        try:
            return Posted(await _unbroken(self._tell(client, address, user, reply)))
        except PASSED_OVER as error:
            log.info("a manager could not be told: %s", brief(error))
            return result(error)

    async def _tell(
        self, client: discord.Client, address: Address, user: str, reply: Reply, sent_as: str | None = None
    ) -> MessageRef:
        guild = client.get_guild(int(address.community))
        page = told_privately(
            reply, self._names(address.community), int(address.community), guild.name if guild else None
        )
        direct = await client.create_dm(discord.Object(int(user)))
        sent = await direct.send(view=page.view, nonce=sent_as or secrets.token_hex(12), allowed_mentions=NOBODY)
        return MessageRef(str(sent.id))

    async def greet(self, guild: discord.Guild, key: str) -> PostResult:
        """Greet a server in its system channel, else its owner; the same key is the same greeting."""
        client = self._client()
        if client is None or guild.unavailable:
            return Later(PASSING)
        channel = _greeted_in(guild)
        try:
            if channel is not None:
                return Posted(await _unbroken(self._send(client, channel, Greeted(subject=self._subject), nonce(key))))
            if guild.owner_id is None:
                return Refused("Nobody owns the server.")
            address = Address(str(guild.id), PlaceRef(""))
            sending = self._tell(client, address, str(guild.owner_id), Greeted(False, self._subject), nonce(key))
            return Posted(await _unbroken(sending))
        except PASSED_OVER as error:
            return _told(error, "greeting")

    async def find_greeting(self, guild: discord.Guild, since: datetime) -> MessageRef | Seen:
        """Look for any message of ours where a server is greeted; one is greeting enough."""
        client = self._client()
        if client is None or guild.unavailable:
            return Seen.LATER
        channel = _greeted_in(guild)
        earliest = since - GREETED_BEFORE
        if channel is not None:
            if not may_read(channel):
                return Seen.CANNOT_TELL
            return await found(ours_in(client, channel, since), lambda message: message.created_at >= earliest)
        if guild.owner_id is None:
            return Seen.CANNOT_TELL
        try:
            direct = await client.create_dm(discord.Object(guild.owner_id))
        except PASSED_OVER as error:
            return Seen.CANNOT_TELL if isinstance(result(error), Refused) else Seen.LATER
        return await found(ours_in(client, direct, since), lambda message: message.created_at >= earliest)


def _greeted_in(guild: discord.Guild) -> discord.TextChannel | None:
    channel = guild.system_channel
    return channel if channel is not None and why_not(channel) is None else None


async def _unbroken(request: Coroutine[Any, Any, T]) -> T:
    """A request that goes on even if nobody waits for it any longer.

    One that is cancelled while it sleeps out an overall limit leaves the library waiting for that limit forever.
    """
    return await asyncio.shield(_ON_THEIR_WAY.start(request))


def _ping(reply: Reply) -> discord.Object | None:
    role = reply.ping_role if isinstance(reply, QuestionPosted) else None
    return discord.Object(int(role)) if role and role.isdigit() else None


def _key(address: Address, round: RoundRef) -> str:
    return f"{address.community}:{address.place}:{round}"


def nonce(key: str) -> str:
    """The mark by which Discord recognises a message that is sent twice; 24 characters, the most it takes is 25."""
    return base64.b32encode(hashlib.blake2b(key.encode(), digest_size=15).digest()).decode()


def _carries(message: discord.Message, round: RoundRef) -> bool:
    wanted = more_route(round).text
    parts = (part for component in message.components for part in _all(component))
    return any(getattr(part, "custom_id", None) == wanted for part in parts)


def _all(component: discord.Component) -> Iterator[discord.Component]:
    """A component the library read, and all inside it."""
    yield component
    for inner in getattr(component, "children", ()):
        yield from _all(inner)


def _told(error: Exception, what: str) -> PostResult:
    became = result(error)
    log.warning("a %s failed (%s): %s", what, type(became).__name__, brief(error))
    return became
