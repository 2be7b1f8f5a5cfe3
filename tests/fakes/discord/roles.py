"""Roles of a server."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from tests.fakes.discord.permissions import Can
from tests.fakes.discord.wire import Json

if TYPE_CHECKING:
    from tests.fakes.discord.guilds import Guild


@dataclass(slots=True, eq=False)
class Role:
    """A role of one server."""

    is_role: ClassVar[bool] = True

    id: str
    name: str
    guild: Guild = field(repr=False)
    permissions: Can = Can.NOTHING
    mentionable: bool = False
    managed: bool = False
    position: int = 1

    @property
    def mention(self) -> str:
        return f"<@&{self.id}>"

    def grant(self, allowed: Can) -> None:
        """Set what the role may do, and tell the bot."""
        self.permissions = allowed
        self.guild.discord.gateway.dispatch(
            "GUILD_ROLE_UPDATE", {"guild_id": self.guild.id, "role": self.payload()}, guild=self.guild.id
        )

    def delete(self) -> None:
        """The role goes, from everybody who had it too."""
        del self.guild.roles[self.id]
        for member in self.guild.members.values():
            member.roles = [role for role in member.roles if role is not self]
        self.guild.discord.gateway.dispatch(
            "GUILD_ROLE_DELETE", {"guild_id": self.guild.id, "role_id": self.id}, guild=self.guild.id
        )

    def payload(self) -> Json:
        return {
            "id": self.id,
            "name": self.name,
            "permissions": str(int(self.permissions)),
            "position": self.position,
            "color": 0,
            "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
            "hoist": False,
            "managed": self.managed,
            "mentionable": self.mentionable,
            "icon": None,
            "unicode_emoji": None,
            "flags": 0,
        } | ({"tags": {"bot_id": self.guild.discord.bot.id}} if self.managed else {})
