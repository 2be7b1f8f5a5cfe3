"""Servers: what is in them and what happens to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fakes.discord.channels import BORN, Channel, Kind, Tag
from tests.fakes.discord.members import Member
from tests.fakes.discord.permissions import EVERYONE, INVITED_WITH, Can
from tests.fakes.discord.roles import Role
from tests.fakes.discord.users import User
from tests.fakes.discord.wire import Json

if TYPE_CHECKING:
    from tests.fakes.discord.people import Person
    from tests.fakes.discord.server import FakeDiscord


# What a server may have and these never do.
_UNSET: Json = dict.fromkeys(
    (
        "description",
        "home_header",
        "splash",
        "discovery_splash",
        "banner",
        "application_id",
        "afk_channel_id",
        "widget_channel_id",
        "max_presences",
        "vanity_url_code",
        "rules_channel_id",
        "safety_alerts_channel_id",
        "public_updates_channel_id",
        "incidents_data",
    )
)


class Guild:
    """A server. Everything changed here at run time is told to the bot as Discord tells it."""

    def __init__(self, discord: FakeDiscord, name: str, *, locale: str = "en-US") -> None:
        self.discord = discord
        self.id = discord.ids.guild()
        self.name = name
        self.locale = locale
        self.owner = discord.new_user(f"owner of {name}")
        self.roles: dict[str, Role] = {}
        self.members: dict[str, Member] = {}
        self.channels: dict[str, Channel] = {}
        self.system_channel: Channel | None = None
        self.unavailable = False
        self.joined = False
        self.joined_at = BORN
        # Command name -> ids of roles and people an admin has opened the command to.
        self.opened: dict[str, set[str]] = {}
        self.everyone = Role(self.id, "@everyone", self, EVERYONE, position=0)
        self.roles[self.id] = self.everyone
        self.bot_role = self.role(discord.bot.name, INVITED_WITH, managed=True)
        self.me = Member(self, discord.bot)
        self.me.roles.append(self.bot_role)
        self.members[self.me.id] = self.me

    # --- building ---

    def role(self, name: str, allowed: Can = Can.NOTHING, *, mentionable: bool = False, managed: bool = False) -> Role:
        found = Role(
            self.discord.ids.thing(), name, self, allowed, mentionable, managed=managed, position=len(self.roles)
        )
        self.roles[found.id] = found
        self._tell("GUILD_ROLE_CREATE", {"guild_id": self.id, "role": found.payload()})
        return found

    def channel(
        self, name: str, kind: Kind = Kind.TEXT, parent: Channel | None = None, *, id: str | None = None
    ) -> Channel:
        found = Channel(id or self.discord.ids.thing(), kind, name, self, parent, position=len(self.channels))
        self.channels[found.id] = found
        self.discord.channels[found.id] = found
        self._tell("THREAD_CREATE" if found.is_thread else "CHANNEL_CREATE", found.payload())
        return found

    def text_channel(self, name: str) -> Channel:
        return self.channel(name)

    def announcement_channel(self, name: str) -> Channel:
        return self.channel(name, Kind.ANNOUNCEMENT)

    def forum(self, name: str, *tags: str, moderated: tuple[str, ...] = (), requires_tag: bool = False) -> Channel:
        found = self.channel(name, Kind.FORUM)
        found.tags = [Tag(self.discord.ids.thing(), tag, tag in moderated) for tag in (*tags, *moderated)]
        found.requires_tag = requires_tag
        self.changed(found)
        return found

    def media_channel(self, name: str) -> Channel:
        return self.channel(name, Kind.MEDIA)

    def category(self, name: str) -> Channel:
        return self.channel(name, Kind.CATEGORY)

    def voice_channel(self, name: str) -> Channel:
        return self.channel(name, Kind.VOICE)

    def stage_channel(self, name: str) -> Channel:
        return self.channel(name, Kind.STAGE)

    def thread(self, name: str, parent: Channel, *, archived: bool = False, locked: bool = False) -> Channel:
        kind = Kind.ANNOUNCEMENT_THREAD if parent.kind is Kind.ANNOUNCEMENT else Kind.PUBLIC_THREAD
        found = self.channel(name, kind, parent)
        if archived or locked:
            found.archive(locked=locked)
        return found

    def person(self, name: str | User, *, manager: bool = False, roles: tuple[Role, ...] = ()) -> Person:
        """Somebody in this server, with the same account every time the name is said here."""
        from tests.fakes.discord.people import Person

        for member in self.members.values():
            if member.user is name or (member.name == name and isinstance(member, Person)):
                assert isinstance(member, Person)
                return member
        found = Person(self, name if isinstance(name, User) else self.discord.new_user(name))
        found.roles.extend(roles)
        if manager:
            found.roles.append(self.role("managers", Can.MANAGE_GUILD))
        self.members[found.id] = found
        return found

    def open_command(self, name: str, *to: Role | Member) -> None:
        """An admin opens a command to roles or people, whatever its default permissions are."""
        self.opened.setdefault(name, set()).update(target.id for target in to)

    def use_system_channel(self, channel: Channel | None) -> None:
        self.system_channel = channel
        self._tell("GUILD_UPDATE", self.payload())

    # --- what happens to it ---

    def join(self) -> None:
        """The bot is added while it runs (or comes back after it was removed)."""
        self.joined, self.unavailable = True, False
        self.discord.guilds[self.id] = self
        # Only a server that was known before says that it is not unavailable: so clients tell a join.
        self._tell("GUILD_CREATE", self.create_payload())

    def leave(self) -> None:
        """The bot is removed."""
        self.discord.guilds.pop(self.id, None)
        self._tell("GUILD_DELETE", {"id": self.id})
        self.joined = False

    def go_down(self) -> None:
        """An outage: the server cannot be reached for a while. The bot is still in it."""
        self.unavailable = True
        self._tell("GUILD_DELETE", {"id": self.id, "unavailable": True})

    def come_back(self) -> None:
        """The outage ends."""
        self.unavailable = False
        self._tell("GUILD_CREATE", self.create_payload() | {"unavailable": False})

    def changed(self, channel: Channel) -> None:
        self._tell("THREAD_UPDATE" if channel.is_thread else "CHANNEL_UPDATE", channel.payload())

    def member_changed(self, member: Member) -> None:
        if member is self.me:
            self._tell("GUILD_MEMBER_UPDATE", member.payload() | {"guild_id": self.id})

    def delete_channel(self, channel: Channel) -> None:
        for thread in [one for one in self.channels.values() if one.is_thread and one.parent is channel]:
            self.delete_channel(thread)
        del self.channels[channel.id]
        self.discord.channels.pop(channel.id, None)
        if channel.is_thread:
            assert channel.parent is not None
            self._tell(
                "THREAD_DELETE",
                {
                    "id": channel.id,
                    "guild_id": self.id,
                    "parent_id": channel.parent.id,
                    "type": int(channel.kind),
                },
            )
        else:
            self._tell("CHANNEL_DELETE", channel.payload())

    def rename(self, name: str) -> None:
        self.name = name
        self._tell("GUILD_UPDATE", self.payload())

    # --- as the wire shows it ---

    def payload(self) -> Json:
        return {
            "id": self.id,
            "name": self.name,
            "icon": None,
            "owner_id": self.owner.id,
            "roles": [role.payload() for role in self.roles.values()],
            "emojis": [],
            "stickers": [],
            "features": [],
            "preferred_locale": self.locale,
            "system_channel_id": self.system_channel.id if self.system_channel else None,
            "system_channel_flags": 0,
            "afk_timeout": 300,
            "verification_level": 0,
            "default_message_notifications": 0,
            "explicit_content_filter": 0,
            "mfa_level": 0,
            "nsfw_level": 0,
            "premium_tier": 0,
            "premium_subscription_count": 0,
            "premium_progress_bar_enabled": False,
            "max_members": 500_000,
            "max_video_channel_users": 25,
            "max_stage_video_channel_users": 50,
            "region": "deprecated",
            "nsfw": False,
            "widget_enabled": False,
            **_UNSET,
        }

    def create_payload(self) -> Json:
        channels = [one.payload() for one in self.channels.values() if not one.is_thread]
        threads = [one.payload() for one in self.channels.values() if one.is_thread and not one.archived]
        return self.payload() | {
            "joined_at": self.joined_at,
            "large": False,
            "member_count": len(self.members),
            "members": [self.me.payload()],
            "channels": channels,
            "threads": threads,
            "voice_states": [],
            "presences": [],
            "stage_instances": [],
            "guild_scheduled_events": [],
        }

    def _tell(self, event: str, data: Json) -> None:
        if self.joined:
            self.discord.gateway.dispatch(event, data, guild=self.id)
