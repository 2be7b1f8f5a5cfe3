"""conversations.*: channels and direct messages."""

from __future__ import annotations

from tests.fakes.slack.api.call import Call
from tests.fakes.slack.api.refused import Refused
from tests.fakes.slack.wire import JsonObject, is_true


def info(call: Call) -> JsonObject:
    """conversations.info"""
    channel = call.channel(call.needed("channel"))
    call.needs_scope({"public": "channels:read", "private": "groups:read", "im": "im:read"}[channel.kind])
    return {"channel": channel.as_json(call.workspace.bot_user_id)}


def list_conversations(call: Call) -> JsonObject:
    """conversations.list"""
    wanted = (call.text("types") or "public_channel").split(",")
    kinds = {"public_channel": ("public", "channels:read"), "private_channel": ("private", "groups:read")}
    kinds["im"] = ("im", "im:read")
    shown = []
    for type in wanted:
        kind, scope = kinds.get(type.strip(), ("", ""))
        if not kind:
            continue
        call.needs_scope(scope)
        for channel in call.workspace.channels.values():
            hidden = channel.kind != "public" and call.workspace.bot_user_id not in channel.members
            archived = channel.archived and is_true(call.arguments.get("exclude_archived"))
            if channel.kind == kind and not channel.deleted and not hidden and not archived:
                shown.append(channel.as_json(call.workspace.bot_user_id))
    return call.page(shown, "channels")


def open_conversation(call: Call) -> JsonObject:
    """conversations.open: direct messages with one person."""
    users = call.text("users").split(",")
    if len(users) != 1:
        raise Refused("method_not_supported_for_channel_type")
    user = call.workspace.users.get(users[0])
    if user is None:
        raise Refused("user_not_found")
    if user.deleted:
        raise Refused("user_disabled")
    return {"channel": {"id": call.workspace.direct(user.id).id}}


def join(call: Call) -> JsonObject:
    """conversations.join: public channels only."""
    channel = call.channel(call.needed("channel"))
    if channel.kind != "public":
        raise Refused("method_not_supported_for_channel_type")
    if channel.archived:
        raise Refused("is_archived")
    channel.members.add(call.workspace.bot_user_id)
    call.world.changes.notify()
    return {"channel": channel.as_json(call.workspace.bot_user_id)}
