"""Accounts as they are in one server."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from tests.fakes.discord import permissions
from tests.fakes.discord.channels import BORN, Channel
from tests.fakes.discord.permissions import Can
from tests.fakes.discord.roles import Role
from tests.fakes.discord.users import User
from tests.fakes.discord.wire import Json

if TYPE_CHECKING:
    from tests.fakes.discord.guilds import Guild


class Member:
    """An account in one server: its nickname and roles there."""

    is_role: ClassVar[bool] = False

    def __init__(self, guild: Guild, user: User) -> None:
        self.guild = guild
        self.user = user
        self.nick: str | None = None
        self.roles: list[Role] = []

    @property
    def id(self) -> str:
        return self.user.id

    @property
    def name(self) -> str:
        return self.user.name

    @property
    def mention(self) -> str:
        return self.user.mention

    def permissions(self) -> Can:
        """The account's permissions in the whole server."""
        return permissions.in_server(
            self.guild.everyone.permissions,
            [role.permissions for role in self.roles],
            owner=self.guild.owner is self.user,
        )

    def permissions_in(self, channel: Channel) -> Can:
        """The account's permissions in a channel; a thread asks its channel."""
        place = channel.parent if channel.is_thread and channel.parent else channel
        if place.guild is None:
            return permissions.EVERYTHING
        return permissions.in_channel(
            self.permissions(),
            place.overwrites.values(),
            guild=self.guild.id,
            roles=frozenset(role.id for role in self.roles),
            user=self.id,
        )

    def give(self, *roles: Role) -> None:
        self.roles.extend(role for role in roles if role not in self.roles)
        self.guild.member_changed(self)

    def take(self, *roles: Role) -> None:
        self.roles = [role for role in self.roles if role not in roles]
        self.guild.member_changed(self)

    def payload(self, *, with_user: bool = True) -> Json:
        found: Json = {
            "roles": [role.id for role in self.roles],
            "nick": self.nick,
            "avatar": None,
            "banner": None,
            "joined_at": self.guild.joined_at if self is self.guild.me else BORN,
            "premium_since": None,
            "communication_disabled_until": None,
            "pending": False,
            "flags": 0,
            "deaf": False,
            "mute": False,
        }
        return found | {"user": self.user.payload()} if with_user else found
