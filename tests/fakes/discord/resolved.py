"""The people, roles and channels that an act names, spelled out for the bot."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tests.fakes.discord.channels import Channel
from tests.fakes.discord.members import Member
from tests.fakes.discord.roles import Role
from tests.fakes.discord.wire import Json

if TYPE_CHECKING:
    from tests.fakes.discord.people import Person


def resolve(channel: Channel, picked: Iterable[object], by: Person) -> Json:
    """The `resolved` part of an interaction."""
    found: Json = {}
    for one in picked:
        if isinstance(one, Role):
            found.setdefault("roles", {})[one.id] = one.payload()
        elif isinstance(one, Channel):
            found.setdefault("channels", {})[one.id] = one.partial(by.permissions_in(one)) | {
                "app_permissions": str(int(by.guild.me.permissions_in(one)))
            }
        elif isinstance(one, Member):
            found.setdefault("users", {})[one.id] = one.user.payload()
            if channel.guild is not None:
                may = one.permissions_in(channel)
                found.setdefault("members", {})[one.id] = one.payload(with_user=False) | {"permissions": str(int(may))}
    return found
