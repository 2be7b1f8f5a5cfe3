"""Writing and editing messages: what every way to do it has in common."""

from __future__ import annotations

import mimetypes
from typing import TYPE_CHECKING

from tests.fakes.discord import components as parts
from tests.fakes.discord.calls import Call
from tests.fakes.discord.channels import Channel
from tests.fakes.discord.errors import refusal
from tests.fakes.discord.interactions import Interaction
from tests.fakes.discord.message_limits import check_message, check_not_empty
from tests.fakes.discord.messages import Message, pings_of
from tests.fakes.discord.permissions import EVERYTHING, Can
from tests.fakes.discord.wire import COMPONENTS_V2, EPHEMERAL, LOADING, SUPPRESS_EMBEDS, Json

if TYPE_CHECKING:
    from tests.fakes.discord.server import FakeDiscord

Path = tuple[str | int, ...]
LARGEST_FILE = 10 << 20


def create(
    call: Call,
    channel: Channel,
    body: Json,
    *,
    interaction: Interaction | None = None,
    path: Path = (),
    id: str | None = None,
) -> Message:
    """Check and store a new message of the bot."""
    discord = call.discord
    check_message(body, path=path, private=interaction is not None, uploads=call.upload_names)
    check_not_empty(body, uploads=call.upload_names)
    message = Message(
        id or discord.ids.now(),
        channel,
        discord.bot,
        discord.now(),
        flags=body.get("flags") or 0,
        tts=bool(body.get("tts")),
        nonce=None if body.get("nonce") is None else str(body["nonce"]),
        reference=body.get("message_reference"),
        interaction=interaction,
    )
    if message.ephemeral and interaction is not None:
        message.audience = interaction.user
    _fill(call, message, body)
    store(discord, message)
    return message


def placeholder(discord: FakeDiscord, interaction: Interaction, *, private: bool) -> Message:
    """The message that says the bot is thinking."""
    message = Message(
        discord.ids.now(),
        interaction.channel,
        discord.bot,
        discord.now(),
        flags=LOADING | (EPHEMERAL if private else 0),
        interaction=interaction,
        audience=interaction.user if private else None,
    )
    store(discord, message)
    return message


def edit(call: Call, message: Message, body: Json, *, path: Path = ()) -> None:
    """Check and apply an edit. What is not named stays."""
    discord = call.discord
    check_message(
        {key: value for key, value in body.items() if key != "flags"} | {"flags": _new_flags(message, body)},
        path=path,
        v2_already=message.is_v2,
        private=True,
        uploads=call.upload_names,
        kept=frozenset(str(one["filename"]) for one in message.attachments),
    )
    after = {
        "content": body.get("content", message.content),
        "components": body.get("components", message.components),
        "embeds": body.get("embeds", message.embeds),
        "attachments": body.get("attachments", message.attachments),
    }
    check_not_empty(after, uploads=call.upload_names)
    message.history.append(message.payload())
    was_thinking = message.thinking
    message.flags = _new_flags(message, body) | (message.flags & EPHEMERAL)
    _fill(call, message, body)
    if not was_thinking:
        message.edited = discord.now()
    discord.announce("MESSAGE_UPDATE", message)


def delete(discord: FakeDiscord, message: Message) -> None:
    """The message goes; who holds it sees that it is deleted."""
    message.deleted = True
    message.channel.messages.pop(message.id, None)
    discord.announce("MESSAGE_DELETE", message)


def store(discord: FakeDiscord, message: Message) -> None:
    discord.messages_by_id[message.id] = message
    if not message.ephemeral:
        message.channel.messages[message.id] = message
    discord.announce("MESSAGE_CREATE", message)


def _new_flags(message: Message, body: Json) -> int:
    """Only embeds' suppression may be switched in an edit, and V2 switched on."""
    asked: int | None = body.get("flags")
    kept = message.flags & ~(LOADING | EPHEMERAL)
    if asked is None:
        return kept
    switchable = SUPPRESS_EMBEDS
    return (kept & ~switchable) | (asked & switchable) | (asked & COMPONENTS_V2)


def _fill(call: Call, message: Message, body: Json) -> None:
    """Take over what the body names."""
    discord = call.discord
    if "content" in body:
        message.content = body["content"] or ""
    if "embeds" in body:
        message.embeds = [{"type": "rich", **embed} for embed in body["embeds"] or []]
    if any(len(upload.data) > LARGEST_FILE for upload in call.uploads):
        raise refusal(40005)
    if "attachments" in body or call.uploads:
        message.attachments = _attachments(call, message, body)
    if "components" in body:
        files = {str(one["filename"]): one for one in message.attachments}
        message.components = parts.with_media_urls(parts.numbered(body["components"] or []), files)
        for menu in message.controls:
            menu.pop("required", None)  # only a form's menus have that
    message.allowed_mentions = body.get("allowed_mentions")
    guild = message.channel.guild
    bot_may = guild.me.permissions_in(message.channel) if guild else EVERYTHING
    if guild is not None and Can.EMBED_LINKS not in bot_may and message.interaction is None:
        message.embeds = []
    text = "\n".join([message.content, *parts.texts(message.components)])
    message.pings = pings_of(message.channel, text, message.allowed_mentions, bot_may)
    discord.pulse.beat()


def _attachments(call: Call, message: Message, body: Json) -> list[Json]:
    """Kept ones, as the body lists them, and the new files."""
    described = {str(one.get("id")): one for one in body.get("attachments") or []}
    found = [one for one in message.attachments if "attachments" not in body or one["id"] in described]
    for upload in call.uploads:
        number = upload.name.removeprefix("files[").removesuffix("]")
        id = call.discord.ids.now()
        url = f"{call.discord.cdn_url}/attachments/{message.channel.id}/{id}/{upload.filename}"
        call.discord.files[f"/attachments/{message.channel.id}/{id}/{upload.filename}"] = upload.data
        attachment: Json = {
            "id": id,
            "filename": upload.filename,
            "size": len(upload.data),
            "url": url,
            "proxy_url": url,
            "content_type": mimetypes.guess_type(upload.filename)[0] or "application/octet-stream",
        }
        if description := described.get(number, {}).get("description"):
            attachment["description"] = description
        found.append(attachment)
    return found


def may_write(channel: Channel, *, files: bool) -> None:
    """Raise what Discord says when the bot may not write in a channel that it sees."""
    guild = channel.guild
    if guild is None:
        if channel.recipient is not None and not channel.recipient.accepts_dms:
            raise refusal(50007)
        return
    if channel.kind in (15, 16):
        raise refusal(40058)
    if channel.kind == 4:
        raise refusal(50008)
    may = guild.me.permissions_in(channel)
    needed = Can.SEND_MESSAGES_IN_THREADS if channel.is_thread else Can.SEND_MESSAGES
    if needed not in may or (files and Can.ATTACH_FILES not in may):
        raise refusal(50013)
    if channel.archived:
        if channel.locked:
            raise refusal(50083)
        channel.unarchive()
