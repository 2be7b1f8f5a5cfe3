"""REST: channels, their messages and threads, private conversations."""

from __future__ import annotations

from tests.fakes.discord import posting
from tests.fakes.discord.calls import Call, Reply, routes
from tests.fakes.discord.channels import WITH_VOICE, Channel, Kind
from tests.fakes.discord.errors import FormErrors, refusal
from tests.fakes.discord.messages import Message
from tests.fakes.discord.permissions import Can


def channel_of(call: Call) -> Channel:
    """The channel of the path, if the bot knows it and sees it."""
    channel = call.discord.channels.get(call.args["channel"])
    if channel is None:
        raise refusal(10003)
    guild = channel.guild
    if guild is not None and (not guild.joined or Can.VIEW_CHANNEL not in guild.me.permissions_in(channel)):
        raise refusal(50001)
    return channel


def message_of(call: Call, channel: Channel) -> Message:
    """The message of the path, as long as it stands in that channel. Private answers are not there."""
    message = channel.messages.get(call.args["message"])
    if message is None:
        raise refusal(10008)
    return message


def may_read(channel: Channel) -> bool:
    """Return whether the bot may read the history; in a voice channel's chat that takes the right to join."""
    if channel.guild is None:
        return True
    may = channel.guild.me.permissions_in(channel)
    if channel.kind in WITH_VOICE and Can.CONNECT not in may:
        raise refusal(50001)
    return Can.READ_MESSAGE_HISTORY in may


@routes.add("GET", "/channels/{channel}")
def get_channel(call: Call) -> Reply:
    return 200, channel_of(call).payload()


@routes.add("GET", "/channels/{channel}/messages")
def list_messages(call: Call) -> Reply:
    channel = channel_of(call)
    if not may_read(channel):
        return 200, []
    limit = int(call.query.get("limit", "50"))
    if not 1 <= limit <= 100:
        found = FormErrors()
        found.add(("limit",), "NUMBER_TYPE_RANGE", "int value should be between 1 and 100.")
        found.raise_if_any()
    messages = sorted(channel.messages.values(), key=lambda one: int(one.id), reverse=True)
    if before := call.query.get("before"):
        messages = [one for one in messages if int(one.id) < int(before)]
    if after := call.query.get("after"):
        messages = [one for one in messages if int(one.id) > int(after)][-limit:]
    if around := call.query.get("around"):
        messages = sorted(messages, key=lambda one: abs(int(one.id) - int(around)))[:limit]
        messages.sort(key=lambda one: int(one.id), reverse=True)
    return 200, [one.payload() for one in messages[:limit]]


@routes.add("GET", "/channels/{channel}/messages/{message}")
def get_message(call: Call) -> Reply:
    channel = channel_of(call)
    if not may_read(channel):
        raise refusal(50001)
    return 200, message_of(call, channel).payload()


@routes.add("POST", "/channels/{channel}/messages")
def create_message(call: Call) -> Reply:
    channel = channel_of(call)
    posting.may_write(channel, files=bool(call.uploads))
    if call.form.get("enforce_nonce") and call.form.get("nonce") is not None:
        first = call.discord.nonces.first(channel.id, str(call.form["nonce"]))
        if first is not None:
            if first.deleted:
                raise refusal(10008)
            return 200, first.payload()
    message = posting.create(call, channel, call.form)
    if message.nonce is not None:
        call.discord.nonces.remember(message)
    return 200, message.payload()


@routes.add("PATCH", "/channels/{channel}/messages/{message}")
def edit_message(call: Call) -> Reply:
    channel = channel_of(call)
    message = message_of(call, channel)
    if message.author is not call.discord.bot:
        raise refusal(50005)
    if channel.archived:
        raise refusal(50083)
    call.discord.old_edits.check(message)
    posting.edit(call, message, call.form)
    return 200, message.payload()


@routes.add("DELETE", "/channels/{channel}/messages/{message}")
def delete_message(call: Call) -> Reply:
    channel = channel_of(call)
    message = message_of(call, channel)
    if channel.archived:
        raise refusal(50083)
    own = message.author is call.discord.bot or channel.guild is None
    if not own and Can.MANAGE_MESSAGES not in channel.home.me.permissions_in(channel):
        raise refusal(50013)
    posting.delete(call.discord, message)
    return 204, None


@routes.add("POST", "/channels/{channel}/typing")
def typing(call: Call) -> Reply:
    posting.may_write(channel_of(call), files=False)
    return 204, None


@routes.add("POST", "/channels/{channel}/messages/{message}/crosspost")
def crosspost(call: Call) -> Reply:
    channel = channel_of(call)
    if channel.kind is not Kind.ANNOUNCEMENT:
        raise refusal(50024)
    return 200, message_of(call, channel).payload()


@routes.add("POST", "/channels/{channel}/messages/{message}/threads")
def thread_from_message(call: Call) -> Reply:
    channel = channel_of(call)
    message = message_of(call, channel)
    if Can.CREATE_PUBLIC_THREADS not in channel.home.me.permissions_in(channel):
        raise refusal(50013)
    if message.id in call.discord.channels:
        raise refusal(160004)
    found = FormErrors()
    found.required(("name",), call.form.get("name"))
    found.length(("name",), call.form.get("name"), 1, 100)
    found.raise_if_any()
    kind = Kind.ANNOUNCEMENT_THREAD if channel.kind is Kind.ANNOUNCEMENT else Kind.PUBLIC_THREAD
    return 201, channel.home.channel(str(call.form["name"]), kind, channel, id=message.id).payload()


@routes.add("POST", "/users/@me/channels")
def open_dm(call: Call) -> Reply:
    found = FormErrors()
    recipient = call.form.get("recipient_id")
    found.required(("recipient_id",), recipient)
    found.raise_if_any()
    user = call.discord.users.get(str(recipient))
    if user is None:
        raise refusal(10013)
    return 200, call.discord.dm_with(user).payload()
