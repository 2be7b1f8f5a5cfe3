"""Accounts: people, and the bot itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.fakes.discord.wire import Json

if TYPE_CHECKING:
    from tests.fakes.discord.channels import Channel


@dataclass(slots=True, eq=False)
class User:
    """An account, the same in every server."""

    id: str
    name: str
    bot: bool = False
    locale: str = "en-US"
    accepts_dms: bool = True
    dm: Channel | None = field(default=None, repr=False)

    @property
    def mention(self) -> str:
        return f"<@{self.id}>"

    def payload(self) -> Json:
        return {
            "id": self.id,
            "username": self.name,
            "global_name": None if self.bot else self.name.title(),
            "discriminator": "0",
            "avatar": None,
            "bot": self.bot,
            "public_flags": 0,
            "flags": 0,
            "primary_guild": None,
        }
