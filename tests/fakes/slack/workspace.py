"""A workspace as a test uses it: people, channels, and what happens to them."""

from __future__ import annotations

from dataclasses import dataclass

from tests.fakes.slack.channel import Channel, ChannelKind
from tests.fakes.slack.events import Event, Events
from tests.fakes.slack.lines import Lines
from tests.fakes.slack.people import User
from tests.fakes.slack.person import Person
from tests.fakes.slack.team import Team, UserGroup
from tests.fakes.slack.wire import JsonObject
from tests.fakes.slack.world import World


@dataclass(frozen=True, slots=True, eq=False)
class Workspace:
    """A workspace. What happens in it reaches the app before the call returns, unless events are held."""

    world: World
    team: Team
    lines: Lines
    events: Events

    @property
    def id(self) -> str:
        """The team id."""
        return self.team.id

    @property
    def token(self) -> str:
        """The newest bot token."""
        return self.team.token

    @property
    def bot_user_id(self) -> str:
        """The app's own user."""
        return self.team.bot_user_id

    # --- people and channels ----------------------------------------------------------------------------------------

    def user(
        self,
        name: str,
        *,
        admin: bool = False,
        owner: bool = False,
        primary_owner: bool = False,
        guest: bool = False,
        single_channel_guest: bool = False,
        deactivated: bool = False,
        stranger: bool = False,
        bot: bool = False,
        tz: str = "Europe/Berlin",
        locale: str = "en-GB",
        enterprise_admin: bool = False,
    ) -> Person:
        """The person of that name, made if there is none yet."""
        known = next((user for user in self.team.users.values() if user.name == name), None)
        if known is None:
            known = User(
                self.team.ids.next("U"),
                self.team.ids.next("T") if stranger else self.id,
                name,
                is_admin=admin,
                is_owner=owner or primary_owner,
                is_primary_owner=primary_owner,
                is_restricted=guest,
                is_ultra_restricted=single_channel_guest,
                is_bot=bot,
                deleted=deactivated,
                is_stranger=stranger,
                tz=tz,
                locale=locale,
                enterprise_id=self.team.enterprise_id,
                is_enterprise_admin=enterprise_admin,
            )
            self.team.users[known.id] = known
        return Person(self.world, self.team, known, self.lines, self.events)

    def channel(
        self,
        name: str,
        kind: ChannelKind = "public",
        *members: Person,
        app_in_it: bool = False,
        archived: bool = False,
        restricted: bool = False,
        shared: bool = False,
    ) -> Channel:
        """The channel of that name, made if there is none yet, with those people in it."""
        made = self.team.channel(
            name, kind, app_in_it=app_in_it, archived=archived, restricted=restricted, shared=shared
        )
        made.members.update(person.id for person in members)
        return made

    def user_group(self, handle: str, *, off: bool = False) -> UserGroup:
        """A user group, switched on or off."""
        made = self.team.groups[handle] = UserGroup(self.team.ids.next("S"), handle, off)
        return made

    def direct(self, person: Person) -> Channel:
        """The direct messages between the app and a person."""
        return self.team.direct(person.id)

    def invite_app(self, channel: Channel) -> None:
        """Someone types ``/invite @Studybot``."""
        channel.members.add(self.bot_user_id)

    # --- what happens ---------------------------------------------------------------------------------------------

    async def happen(self, event: JsonObject, *, times: int = 1) -> Event | None:
        """Tell the app of any event, that often."""
        return await self.events.happen(self.team, event, times=times)

    async def archive(self, channel: Channel, by: Person | None = None) -> Event | None:
        """A channel is archived."""
        channel.archived = True
        return await self.happen({"type": _of(channel, "archive"), "channel": channel.id, "user": _who(by)})

    async def unarchive(self, channel: Channel, by: Person | None = None) -> Event | None:
        """A channel is opened again; the app is no longer in it."""
        channel.archived = False
        channel.members.discard(self.bot_user_id)
        return await self.happen({"type": _of(channel, "unarchive"), "channel": channel.id, "user": _who(by)})

    async def delete(self, channel: Channel) -> Event | None:
        """A channel is deleted."""
        channel.deleted = True
        return await self.happen({"type": _of(channel, "deleted"), "channel": channel.id})

    async def rename(self, channel: Channel, name: str) -> Event | None:
        """A channel gets another name."""
        channel.name = name
        told: JsonObject = {"id": channel.id, "name": name, "created": 1}
        return await self.happen({"type": _of(channel, "rename"), "channel": told})

    async def change_id(self, channel: Channel) -> Event | None:
        """A channel gets another id, as it does when it is shared or moved."""
        old = channel.id
        del self.team.channels[old]
        channel.id = self.team.ids.next("C")
        self.team.channels[channel.id] = channel
        for message in channel.messages:
            message.channel_id = channel.id
        return await self.happen({"type": "channel_id_changed", "old_channel_id": old, "new_channel_id": channel.id})

    async def remove(self, channel: Channel, person: Person | None = None) -> Event | None:
        """Someone leaves a channel or is removed; without a person, the app is."""
        user_id = self.bot_user_id if person is None else person.id
        channel.members.discard(user_id)
        event: JsonObject = {
            "type": "member_left_channel",
            "user": user_id,
            "channel": channel.id,
            "channel_type": "C" if channel.kind == "public" else "G",
            "team": self.id,
        }
        return await self.happen(event)

    async def uninstall(self, *, revoked_first: bool = False) -> list[Event]:
        """The app is removed: no token works any more, and two events tell it, in either order."""
        for token in self.team.tokens:
            self.team.tokens[token] = "inactive"
        told: list[JsonObject] = [
            {"type": "app_uninstalled"},
            {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [self.bot_user_id]}},
        ]
        events = [await self.happen(event) for event in (reversed(told) if revoked_first else told)]
        return [event for event in events if event is not None]

    async def revoke(self) -> Event | None:
        """The bot token is taken back."""
        for token in self.team.tokens:
            self.team.tokens[token] = "revoked"
        return await self.happen({"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [self.bot_user_id]}})

    def deactivate(self, person: Person) -> None:
        """Someone's account is closed."""
        person.user.deleted = True


def _of(channel: Channel, what: str) -> str:
    """Events of private channels have another name, and need another scope."""
    return f"{'channel' if channel.kind == 'public' else 'group'}_{what}"


def _who(person: Person | None) -> str:
    return "U00000ADMIN" if person is None else person.id
