"""chat.*: messages to everyone in a channel, and to one person."""

from __future__ import annotations

from tests.fakes.slack.api.call import Call
from tests.fakes.slack.api.refused import Refused
from tests.fakes.slack.channel import Channel
from tests.fakes.slack.checks.findings import Violation
from tests.fakes.slack.message import Message
from tests.fakes.slack.wire import JsonObject

TEXT_LIMIT = 40_000
UPDATE_TEXT_LIMIT = 4000


def post_message(call: Call) -> JsonObject:
    """chat.postMessage"""
    channel = _where_to_post(call)
    _check_content(call, TEXT_LIMIT)
    message = call.world.post(channel, call.world.compose(call.workspace, channel, call.arguments))
    return {"channel": channel.id, "ts": message.ts, "message": message.as_json()}


def post_ephemeral(call: Call) -> JsonObject:
    """chat.postEphemeral"""
    channel = call.channel(call.needed("channel"))
    user = call.workspace.users.get(call.needed("user"))
    if channel.archived:
        raise Refused("is_archived")
    if call.workspace.bot_user_id not in channel.members:
        raise Refused("not_in_channel")
    if user is None or user.deleted or user.id not in channel.members:
        raise Refused("user_not_in_channel")
    _check_content(call, TEXT_LIMIT)
    message = call.world.compose(call.workspace, channel, call.arguments)
    call.world.whisper(call.workspace, user.id, message)
    return {"message_ts": message.ts}


def update(call: Call) -> JsonObject:
    """chat.update"""
    channel = call.channel(call.needed("channel"))
    message = _own_message(call, channel, "cant_update_message")
    if channel.archived:
        raise Refused("is_inactive")
    if channel.edits_end:
        raise Refused("edit_window_closed")
    _check_content(call, UPDATE_TEXT_LIMIT)
    changed = dict(call.arguments)
    if "text" not in changed:
        changed["text"] = message.text
    call.world.rewrite(message, changed)
    return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": message.as_json()}


def delete(call: Call) -> JsonObject:
    """chat.delete"""
    channel = call.channel(call.needed("channel"))
    message = _own_message(call, channel, "cant_delete_message")
    message.deleted = True
    call.world.changes.notify()
    return {"channel": channel.id, "ts": message.ts}


def get_permalink(call: Call) -> JsonObject:
    """chat.getPermalink"""
    channel = call.channel(call.needed("channel"))
    message = channel.message(call.needed("message_ts"))
    if message is None:
        raise Refused("message_not_found")
    link = f"https://{call.workspace.name}.slack.com/archives/{channel.id}/p{message.ts.replace('.', '')}"
    return {"channel": channel.id, "permalink": link}


def _where_to_post(call: Call) -> Channel:
    wanted = call.needed("channel")
    if wanted[0] in "UW" and wanted in call.workspace.users:
        user = call.workspace.users[wanted]
        if user.deleted or user.is_stranger:
            raise Refused("channel_not_found")
        if not call.world.manifest.messages_tab:
            raise Refused("messages_tab_disabled")
        return call.workspace.direct(wanted)
    if wanted.startswith("#"):
        named = [one for one in call.workspace.channels.values() if one.name == wanted[1:] and one.kind == "public"]
        wanted = named[0].id if named else wanted
    channel = call.channel(wanted)
    if channel.archived:
        raise Refused("is_archived")
    inside = call.workspace.bot_user_id in channel.members
    if not inside and "chat:write.public" not in call.workspace.scopes:
        raise Refused("not_in_channel")
    if channel.restricted:
        raise Refused("restricted_action")
    return channel


def _own_message(call: Call, channel: Channel, refusal: str) -> Message:
    message = channel.message(call.needed("ts"))
    if message is None:
        raise Refused("message_not_found")
    if message.bot_id != call.workspace.bot_id:
        raise Refused(refusal)
    return message


def _check_content(call: Call, most: int) -> None:
    said = call.arguments
    if not said.get("text") and not said.get("blocks") and not said.get("attachments"):
        raise Refused("no_text")
    refused = call.world.check_message(said, call.method)
    if len(call.text("text")) > most:
        raise Refused("msg_too_long")
    if refused:
        raise Refused("invalid_blocks", **explained(refused))


def explained(violations: list[Violation]) -> JsonObject:
    """Explain what is wrong with blocks, as Slack does beside the error."""
    sentences = [f"[ERROR] {one.sentence} [json-pointer:/{one.path.replace('.', '/')}]" for one in violations]
    return {"errors": [str(one) for one in violations], "response_metadata": {"messages": sentences}}
