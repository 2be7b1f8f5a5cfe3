"""Where messages are written: channels of a server, threads, private conversations."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING

from tests.fakes.discord.permissions import Can, Overwrite
from tests.fakes.discord.users import User
from tests.fakes.discord.wire import Json

if TYPE_CHECKING:
    from tests.fakes.discord.guilds import Guild
    from tests.fakes.discord.members import Member
    from tests.fakes.discord.messages import Message
    from tests.fakes.discord.roles import Role


class Kind(IntEnum):
    """Discord's channel types."""

    TEXT = 0
    DM = 1
    VOICE = 2
    CATEGORY = 4
    ANNOUNCEMENT = 5
    ANNOUNCEMENT_THREAD = 10
    PUBLIC_THREAD = 11
    PRIVATE_THREAD = 12
    STAGE = 13
    FORUM = 15
    MEDIA = 16


THREADS = frozenset({Kind.ANNOUNCEMENT_THREAD, Kind.PUBLIC_THREAD, Kind.PRIVATE_THREAD})
WITH_VOICE = frozenset({Kind.VOICE, Kind.STAGE})
REQUIRE_TAG = 1 << 4
BORN = "2021-01-01T00:00:00.000000+00:00"


@dataclass(frozen=True, slots=True)
class Tag:
    """A label to sort posts of a forum by; a moderated one is for those who manage threads."""

    id: str
    name: str
    moderated: bool = False


@dataclass(slots=True, eq=False)
class Channel:
    """A place. `guild` is None in a private conversation, `parent` is a thread's channel."""

    id: str
    kind: Kind
    name: str
    guild: Guild | None = field(default=None, repr=False)
    parent: Channel | None = None
    position: int = 0
    archived: bool = False
    locked: bool = False
    recipient: User | None = None
    overwrites: dict[str, Overwrite] = field(default_factory=dict, repr=False)
    messages: dict[str, Message] = field(default_factory=dict, repr=False)
    tags: list[Tag] = field(default_factory=list)
    """Of a forum: what there is; of a post in one: what it has."""
    requires_tag: bool = False
    auto_archive: int = 1440

    @property
    def mention(self) -> str:
        return f"<#{self.id}>"

    @property
    def is_thread(self) -> bool:
        return self.kind in THREADS

    @property
    def home(self) -> Guild:
        """The server; a private conversation has none."""
        if self.guild is None:
            raise ValueError("A private conversation belongs to no server.")
        return self.guild

    def overwrite(self, target: Role | Member, *, allow: Can = Can.NOTHING, deny: Can = Can.NOTHING) -> None:
        """Give to or take from one role or person in this channel, and tell the bot."""
        for_role = target.is_role
        self.overwrites[target.id] = Overwrite(target.id, for_role, allow, deny)
        self.home.changed(self)

    def clear_overwrites(self) -> None:
        self.overwrites.clear()
        self.home.changed(self)

    def rename(self, name: str) -> None:
        self.name = name
        self.home.changed(self)

    def archive(self, *, locked: bool = False) -> None:
        self.archived, self.locked = True, locked
        self.home.changed(self)

    def unarchive(self) -> None:
        self.archived = self.locked = False
        self.home.changed(self)

    def delete(self) -> None:
        self.home.delete_channel(self)

    def payload(self) -> Json:
        """The channel as GUILD_CREATE and GET /channels/{id} show it."""
        if self.recipient is not None:
            return {
                "id": self.id,
                "type": 1,
                "flags": 0,
                "last_message_id": None,
                "recipients": [self.recipient.payload()],
            }
        guild = self.home
        found: Json = {
            "id": self.id,
            "type": int(self.kind),
            "guild_id": guild.id,
            "name": self.name,
            "flags": 0,
            "last_message_id": next(reversed(self.messages), None),
            "rate_limit_per_user": 0,
        }
        if self.is_thread:
            assert self.parent is not None
            return found | {
                "applied_tags": [tag.id for tag in self.tags],
                "parent_id": self.parent.id,
                "owner_id": guild.discord.bot.id,
                "message_count": len(self.messages),
                "total_message_sent": len(self.messages),
                "member_count": 1,
                "thread_metadata": {
                    "archived": self.archived,
                    "locked": self.locked,
                    "auto_archive_duration": self.auto_archive,
                    "archive_timestamp": BORN,
                    "create_timestamp": BORN,
                },
            }
        found |= {
            "position": self.position,
            "permission_overwrites": [
                {
                    "id": overwrite.target,
                    "type": 0 if overwrite.for_role else 1,
                    "allow": str(int(overwrite.allow)),
                    "deny": str(int(overwrite.deny)),
                }
                for overwrite in self.overwrites.values()
            ],
            "parent_id": self.parent.id if self.parent else None,
            "nsfw": False,
            "topic": None,
        }
        if self.kind in WITH_VOICE:
            found |= {"bitrate": 64000, "user_limit": 0, "rtc_region": None}
        if self.kind in (Kind.FORUM, Kind.MEDIA):
            tags = [
                {"id": tag.id, "name": tag.name, "moderated": tag.moderated, "emoji_id": None, "emoji_name": None}
                for tag in self.tags
            ]
            found |= {"available_tags": tags, "default_reaction_emoji": None, "default_forum_layout": 0}
            found["flags"] = REQUIRE_TAG if self.requires_tag else 0
        return found

    def partial(self, seen_with: Can) -> Json:
        """The channel as an interaction carries it: with the permissions of whoever acted."""
        return self.payload() | {"permissions": str(int(seen_with))}
