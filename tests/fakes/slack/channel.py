"""Where messages are: public and private channels, and direct messages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from tests.fakes.slack.message import Message
from tests.fakes.slack.wire import JsonObject

ChannelKind = Literal["public", "private", "im"]


@dataclass(slots=True, eq=False)
class Channel:
    """A conversation of a workspace, with what was said in it."""

    id: str
    team_id: str
    name: str
    kind: ChannelKind = "public"
    archived: bool = False
    deleted: bool = False
    restricted: bool = False
    """Only admins may post here."""
    shared: bool = False
    """With another workspace, through Slack Connect."""
    edits_end: bool = False
    """The workspace no longer lets messages be edited here."""
    members: set[str] = field(default_factory=set)
    messages: list[Message] = field(default_factory=list)

    @property
    def name_in_payloads(self) -> str:
        """The name in slash commands: private channels do not give theirs away."""
        return {"public": self.name, "private": "privategroup", "im": "directmessage"}[self.kind]

    def message(self, ts: str) -> Message | None:
        """The message of that timestamp, if it is there and was not deleted."""
        return next((message for message in self.messages if message.ts == ts and not message.deleted), None)

    def as_json(self, bot_user: str) -> JsonObject:
        """The answer of ``conversations.info``."""
        if self.kind == "im":
            other = next((member for member in sorted(self.members) if member != bot_user), "")
            return {"id": self.id, "is_im": True, "user": other, "is_archived": self.archived, "is_channel": False}
        return {
            "id": self.id,
            "name": self.name,
            "name_normalized": self.name,
            "is_channel": self.kind == "public",
            "is_group": self.kind == "private",
            "is_im": False,
            "is_mpim": False,
            "is_private": self.kind == "private",
            "is_archived": self.archived,
            "is_general": self.name == "general",
            "is_shared": self.shared,
            "is_ext_shared": self.shared,
            "is_member": bot_user in self.members,
            "context_team_id": self.team_id,
            "num_members": len(self.members),
        }
