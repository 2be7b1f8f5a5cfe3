"""Check channels and groups when they are named, not when the question is due.

What was typed reaches us with the channels, people and groups that Slack knew as their ids; what is left as a bare
name was none to Slack, or no longer was one when it was sent.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from bot.adapters.slack.asking import Asked
from bot.adapters.slack.faults import NOT_FOUND, REASONS
from bot.adapters.slack.text import is_channel
from bot.adapters.slack.web import FAILED, error_of
from bot.adapters.slack.workspaces import Workspace
from bot.commands.declare import Handler
from bot.domain.plain_text import shortened
from bot.ports.call import Call

EVERYONE = re.compile(r"<!(?:here|channel|everyone)(?:\|[^>]*)?>|@?(?:here|channel|everyone)", re.IGNORECASE)
GROUP, PERSON = re.compile(r"S[A-Z0-9]{4,}"), re.compile(r"[UW][A-Z0-9]{4,}")
NOBODY = frozenset({"none", "nobody", "off", "no"})
WHOLE_CHANNEL = "Studybot pings a user group, never a whole channel. Name a user group, as in ping: @learners, or none."
NO_PERSON = "That is a person. Name a user group to ping, as in ping: @learners, or none."
NO_GROUP = "{name!r} is not a user group that Slack knows. Type @ and pick the group from the list that Slack offers."
GROUP_OFF = "The user group @{handle} is disabled. Name another, or none."
UNKNOWN_CHANNEL = (
    "{name!r} is not a channel that Slack knows. Type # and pick it from the list that Slack offers, or use the form "
    "in /study config."
)
CONVERSATION = "That is a private conversation, not a channel. Choose a channel."
SHARED = (
    "That channel is shared with another organisation, and Studybot cannot tell who its people are. Choose a channel "
    "of this workspace alone."
)


def names_targets(handler: Handler) -> bool:
    """Return whether it takes a channel or a group."""
    return any(option.kind.name in ("place", "ping") for option in handler.options)


async def settled(asked: Asked, call: Call, handler: Handler, given: Mapping[str, str]) -> tuple[Call, dict[str, str]]:
    """Replace bare names of groups by their ids; the call knows what will not do, and why."""
    values, refused = dict(given), dict(call.refused)
    if values and any(option.name == "place" for option in handler.options) and call.place.startswith("D"):
        # Typed in a private conversation, which is no place for a daily question.
        values.setdefault("place", call.place)
    for option in handler.options:
        text = values.get(option.name, "").strip()
        if not text:
            continue
        if option.kind.name == "place":
            why = await _no_place(asked.workspace, text)
        elif option.kind.name == "ping":
            values[option.name], why = await _group(asked.workspace, text)
        else:
            continue
        if why:
            refused[values[option.name]] = why
    return replace(call, refused=refused), values


async def _no_place(workspace: Workspace, text: str) -> str | None:
    if not is_channel(text):
        return UNKNOWN_CHANNEL.format(name=shortened(text, 60))
    if text.startswith("D"):
        return CONVERSATION
    try:
        told = await workspace.client.conversations_info(channel=text)
    except FAILED as error:
        # Where it may not be looked at, or cannot be just now, the introduction finds out.
        return NOT_FOUND if error_of(error) == "channel_not_found" else None
    channel = told.get("channel") or {}
    if channel.get("is_im") or channel.get("is_mpim"):
        return CONVERSATION
    if channel.get("is_archived"):
        return REASONS["is_archived"]
    return SHARED if channel.get("is_ext_shared") else None


async def _group(workspace: Workspace, text: str) -> tuple[str, str | None]:
    """The id of a user group, or why there is none."""
    if text.casefold() in NOBODY or GROUP.fullmatch(text):
        return text, None
    if EVERYONE.fullmatch(text):
        return text, WHOLE_CHANNEL
    if PERSON.fullmatch(text):
        return text, NO_PERSON
    handle = text.lstrip("@").casefold()
    try:
        told = await workspace.client.usergroups_list(include_disabled=True)
    except FAILED:
        return text, NO_GROUP.format(name=shortened(text, 60))
    for group in told.get("usergroups") or ():
        if str(group.get("handle", "")).casefold() == handle:
            off = bool(group.get("date_delete"))
            return str(group["id"]), GROUP_OFF.format(handle=group["handle"]) if off else None
    return text, NO_GROUP.format(name=shortened(text, 60))
