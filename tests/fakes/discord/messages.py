"""Messages: what they say, who sees them, whom they ping, and what became of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from tests.fakes.discord import components as parts
from tests.fakes.discord.permissions import Can
from tests.fakes.discord.users import User
from tests.fakes.discord.wire import COMPONENTS_V2, EPHEMERAL, LOADING, SUPPRESS_NOTIFICATIONS, Json

if TYPE_CHECKING:
    from tests.fakes.discord.channels import Channel
    from tests.fakes.discord.interactions import Interaction


@dataclass(frozen=True, slots=True)
class Pings:
    """Mentions that count, after `allowed_mentions` and permissions."""

    users: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    everyone: bool = False

    def __bool__(self) -> bool:
        return bool(self.users or self.roles or self.everyone)


@dataclass(slots=True, eq=False)
class Message:
    """A message as it stands. `history` has every earlier state, oldest first."""

    id: str
    channel: Channel
    author: User
    created: datetime
    content: str = ""
    components: list[Json] = field(default_factory=list)
    embeds: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    flags: int = 0
    tts: bool = False
    nonce: str | None = None
    edited: datetime | None = None
    pings: Pings = Pings()
    allowed_mentions: Json | None = None
    reference: Json | None = None
    interaction: Interaction | None = field(default=None, repr=False)
    audience: User | None = None
    deleted: bool = False
    history: list[Json] = field(default_factory=list, repr=False)

    @property
    def ephemeral(self) -> bool:
        """Only the person who acted sees it."""
        return bool(self.flags & EPHEMERAL)

    @property
    def thinking(self) -> bool:
        return bool(self.flags & LOADING)

    @property
    def silent(self) -> bool:
        """Nobody's phone rings for it."""
        return bool(self.flags & SUPPRESS_NOTIFICATIONS)

    @property
    def is_v2(self) -> bool:
        return bool(self.flags & COMPONENTS_V2)

    @property
    def text(self) -> str:
        """Everything there is to read, without the controls."""
        pieces = [self.content, *parts.texts(self.components)]
        pieces += [str(embed.get(key, "")) for embed in self.embeds for key in ("title", "description")]
        return "\n".join(piece for piece in pieces if piece)

    @property
    def buttons(self) -> list[str]:
        """The labels of the buttons, in order."""
        return [
            str(one.get("label") or (one.get("emoji") or {}).get("name") or "")
            for one in parts.every(self.components)
            if one["type"] == parts.BUTTON
        ]

    @property
    def controls(self) -> list[Json]:
        """Buttons and menus, in order."""
        return [
            one for one in parts.every(self.components) if one["type"] == parts.BUTTON or one["type"] in parts.SELECTS
        ]

    def notified(self) -> frozenset[str]:
        """The ids of the people whose phone rings."""
        if self.silent or self.ephemeral:
            return frozenset()
        if self.channel.guild is None:
            return frozenset({self.channel.recipient.id} if self.channel.recipient else ())
        people = [member for member in self.channel.guild.members.values() if not member.user.bot]
        return frozenset(
            member.id
            for member in people
            if Can.VIEW_CHANNEL in member.permissions_in(self.channel)
            and (
                self.pings.everyone
                or member.id in self.pings.users
                or any(role.id in self.pings.roles for role in member.roles)
            )
        )

    def payload(self) -> Json:
        """The message as the wire carries it."""
        guild = self.channel.guild
        found: Json = {
            "id": self.id,
            "channel_id": self.channel.id,
            "type": self._type(),
            "author": self.author.payload(),
            "content": self.content,
            "components": self.components,
            "embeds": self.embeds,
            "attachments": self.attachments,
            "flags": self.flags,
            "tts": self.tts,
            "pinned": False,
            "timestamp": self.created.isoformat(),
            "edited_timestamp": self.edited.isoformat() if self.edited else None,
            "mention_everyone": self.pings.everyone,
            "mention_roles": sorted(self.pings.roles),
            "mentions": [guild.members[one].user.payload() for one in sorted(self.pings.users) if one in guild.members]
            if guild
            else [],
        }
        if self.nonce is not None:
            found["nonce"] = self.nonce
        if self.reference is not None:
            found["message_reference"] = self.reference
        if self.interaction is not None:
            found["application_id"] = found["webhook_id"] = self.interaction.discord.application_id
            found["interaction_metadata"] = self.interaction.metadata()
        return found

    def _type(self) -> int:
        if self.interaction is not None and self.interaction.type == 2:
            return 20
        return 19 if self.reference or self.interaction else 0


_MENTION = re.compile(r"<@!?(\d+)>")
_ROLE_MENTION = re.compile(r"<@&(\d+)>")


def pings_of(channel: Channel, text: str, allowed: Json | None, bot_may: Can) -> Pings:
    """Find whom this text pings here. Without `allowed_mentions`, everything that is written counts."""
    guild = channel.guild
    if guild is None:
        return Pings()
    parse = {"users", "roles", "everyone"} if allowed is None else set(allowed.get("parse") or ())
    users = {one for one in _MENTION.findall(text) if one in guild.members}
    roles = {
        one
        for one in _ROLE_MENTION.findall(text)
        if one in guild.roles and (guild.roles[one].mentionable or Can.MENTION_EVERYONE in bot_may)
    }
    if "users" not in parse:
        users &= {str(one) for one in (allowed or {}).get("users") or ()}
    if "roles" not in parse:
        roles &= {str(one) for one in (allowed or {}).get("roles") or ()}
    everyone = "everyone" in parse and Can.MENTION_EVERYONE in bot_may and bool(re.search(r"@(everyone|here)\b", text))
    return Pings(frozenset(users), frozenset(roles), everyone)
