"""A workspace as Slack keeps it: its people and channels, and whether the app is installed there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from tests.fakes.slack.channel import Channel, ChannelKind
from tests.fakes.slack.ids import Ids
from tests.fakes.slack.people import User
from tests.fakes.slack.view import View
from tests.fakes.slack.wire import JsonObject

TokenState = Literal["good", "revoked", "inactive"]


@dataclass(frozen=True, slots=True)
class UserGroup:
    """People who are called together."""

    id: str
    handle: str
    off: bool = False

    def as_json(self) -> JsonObject:
        """The group as Slack tells it."""
        return {"id": self.id, "handle": self.handle, "name": self.handle, "date_delete": int(self.off)}


@dataclass(slots=True, eq=False)
class Team:
    """A workspace as Slack keeps it; its API calls that a team."""

    id: str
    name: str
    ids: Ids
    scopes: set[str]
    enterprise_id: str | None = None
    bot_id: str = ""
    bot_user_id: str = ""
    token: str = ""
    """The newest bot token; empty before the app was ever installed."""
    tokens: dict[str, TokenState] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    groups: dict[str, UserGroup] = field(default_factory=dict)
    """User groups, by their handles."""
    views: dict[str, View] = field(default_factory=dict)
    homes: dict[str, View] = field(default_factory=dict)
    """The Home tabs, by user."""
    stacks: dict[str, list[View]] = field(default_factory=dict)
    """The modals before each user, the topmost last."""

    def install(self) -> str:
        """Install the app, or install it again: a new bot token."""
        if not self.bot_user_id:
            self.bot_user_id = self.ids.next("U")
            self.bot_id = self.ids.next("B")
            self.users[self.bot_user_id] = User(self.bot_user_id, self.id, "studybot", is_bot=True)
        self.token = f"xoxb-{self.id}-{self.ids.number('token')}"
        self.tokens[self.token] = "good"
        return self.token

    @property
    def installed(self) -> bool:
        """Return whether the app has a token that works."""
        return self.tokens.get(self.token) == "good"

    def channel(
        self,
        name: str,
        kind: ChannelKind = "public",
        *,
        app_in_it: bool = False,
        archived: bool = False,
        restricted: bool = False,
        shared: bool = False,
    ) -> Channel:
        """The channel of that name, made if there is none yet."""
        for channel in self.channels.values():
            if channel.name == name and channel.kind != "im" and not channel.deleted:
                return channel
        id = self.ids.next("C")
        channel = Channel(id, self.id, name, kind, archived=archived, restricted=restricted, shared=shared)
        if app_in_it:
            channel.members.add(self.bot_user_id)
        self.channels[id] = channel
        return channel

    def direct(self, user_id: str) -> Channel:
        """The direct messages between the app and a person."""
        for channel in self.channels.values():
            if channel.kind == "im" and user_id in channel.members:
                return channel
        channel = Channel(self.ids.next("D"), self.id, "directmessage", "im", members={user_id, self.bot_user_id})
        self.channels[channel.id] = channel
        return channel

    def stack(self, user_id: str) -> list[View]:
        """The modals before a user, the topmost last."""
        return self.stacks.setdefault(user_id, [])

    def enterprise(self) -> dict[str, str] | None:
        """The organisation it belongs to, as payloads name it."""
        return None if self.enterprise_id is None else {"id": self.enterprise_id, "name": "The enterprise"}

    def named(self) -> dict[str, str]:
        """The workspace as payloads name it."""
        named = {"id": self.id, "domain": self.name}
        if self.enterprise_id is not None:
            named |= {"enterprise_id": self.enterprise_id, "enterprise_name": "The enterprise"}
        return named
