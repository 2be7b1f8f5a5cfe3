"""Discord's permission bits and how they add up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntFlag


class Can(IntFlag):
    """The permissions that matter here, by Discord's bits."""

    NOTHING = 0
    CREATE_INVITE = 1 << 0
    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    ADD_REACTIONS = 1 << 6
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    SEND_TTS_MESSAGES = 1 << 12
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    CONNECT = 1 << 20
    MANAGE_ROLES = 1 << 28
    MANAGE_WEBHOOKS = 1 << 29
    USE_APPLICATION_COMMANDS = 1 << 31
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    SEND_MESSAGES_IN_THREADS = 1 << 38
    SEND_POLLS = 1 << 49
    USE_EXTERNAL_APPS = 1 << 50
    PIN_MESSAGES = 1 << 51


EVERYTHING = Can((1 << 53) - 1)

# What a new server gives everyone.
EVERYONE = (
    Can.CREATE_INVITE
    | Can.ADD_REACTIONS
    | Can.VIEW_CHANNEL
    | Can.SEND_MESSAGES
    | Can.EMBED_LINKS
    | Can.ATTACH_FILES
    | Can.READ_MESSAGE_HISTORY
    | Can.MENTION_EVERYONE
    | Can.CONNECT
    | Can.USE_APPLICATION_COMMANDS
    | Can.CREATE_PUBLIC_THREADS
    | Can.SEND_MESSAGES_IN_THREADS
    | Can.USE_EXTERNAL_APPS
)

# The invitation of Studybot: see, send, embed, attach, read history, send in threads.
INVITED_WITH = Can(274878024704)

_NEEDS_SENDING = Can.SEND_TTS_MESSAGES | Can.MENTION_EVERYONE | Can.EMBED_LINKS | Can.ATTACH_FILES


@dataclass(slots=True)
class Overwrite:
    """Permissions that one channel gives to or takes from one role or person."""

    target: str
    for_role: bool
    allow: Can = Can.NOTHING
    deny: Can = Can.NOTHING


def in_server(everyone: Can, roles: Iterable[Can], *, owner: bool) -> Can:
    """Permissions in the whole server."""
    found = everyone
    for role in roles:
        found |= role
    return EVERYTHING if owner or Can.ADMINISTRATOR in found else found


def in_channel(
    server_wide: Can, overwrites: Iterable[Overwrite], *, guild: str, roles: frozenset[str], user: str
) -> Can:
    """Permissions in one channel: everyone's overwrite first, then all roles' together, then the person's own."""
    if Can.ADMINISTRATOR in server_wide:
        return EVERYTHING
    found = server_wide
    by_target = {overwrite.target: overwrite for overwrite in overwrites}
    if everyone := by_target.get(guild):
        found = found & ~everyone.deny | everyone.allow
    allow = deny = Can.NOTHING
    for target, overwrite in by_target.items():
        if target in roles and target != guild:
            allow |= overwrite.allow
            deny |= overwrite.deny
    found = found & ~deny | allow
    if own := by_target.get(user):
        found = found & ~own.deny | own.allow
    if Can.VIEW_CHANNEL not in found:
        return Can.NOTHING
    if Can.SEND_MESSAGES not in found:
        found &= ~_NEEDS_SENDING
    return found
