"""People: they call commands, press, choose, fill in forms, and see what comes back."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from tests.fakes.discord import command_options, forms
from tests.fakes.discord import components as parts
from tests.fakes.discord.channels import Channel
from tests.fakes.discord.interactions import AUTOCOMPLETE, COMMAND, COMPONENT, MODAL_SUBMIT, Interaction
from tests.fakes.discord.members import Member
from tests.fakes.discord.messages import Message
from tests.fakes.discord.permissions import Can
from tests.fakes.discord.resolved import resolve
from tests.fakes.discord.roles import Role
from tests.fakes.discord.seen import Seen
from tests.fakes.discord.wire import Json


class NotOffered(AssertionError):
    """The client shows this person no such thing: a command, a button, an option."""


class Person(Member):
    """Somebody in a server. Every act waits for the first response (or the patience) and returns what is seen."""

    # --- acts ---

    async def slash(self, channel: Channel, command: str, /, *, force: bool = False, **options: Any) -> Seen:
        """Call a command: `slash(channel, "quiz", topic="rag")`, `slash(channel, "config show")`.

        `force` leaves out the client's own checks, as a forged or stale client would.
        """
        await self._until_commands_came(channel)
        return await self._act(channel, COMMAND, self._command(channel, command, options, force=force))

    async def autocomplete(self, channel: Channel, command: str, option: str, typed: str, /, **others: Any) -> Seen:
        """Type into an option and see the suggestions."""
        await self._until_commands_came(channel)
        data = self._command(channel, command, {**others, option: typed}, force=False, focused=option)
        return await self._act(channel, AUTOCOMPLETE, data)

    async def press(self, message: Message, button: str) -> Seen:
        """Press a button, named by its label or custom id."""
        found = self._control(message, button)
        if found["type"] != parts.BUTTON or found.get("style") == parts.LINK_STYLE:
            raise NotOffered(f"{button!r} is no button the bot would hear of.")
        data = {"custom_id": found["custom_id"], "component_type": parts.BUTTON, "id": found["id"]}
        return await self._act(message.channel, COMPONENT, data, message=message)

    async def select(self, message: Message, menu: str, *values: str | Channel | Role | Member) -> Seen:
        """Choose in a menu, named by its placeholder or custom id; options by label or value."""
        found = self._control(message, menu)
        if found["type"] not in parts.SELECTS:
            raise NotOffered(f"{menu!r} is no menu.")
        chosen = forms.chosen(found, list(values))
        data: Json = {
            "custom_id": found["custom_id"],
            "component_type": found["type"],
            "id": found["id"],
            "values": chosen,
        }
        if found["type"] != parts.STRING_SELECT:
            data["resolved"] = resolve(message.channel, values, self)
        return await self._act(message.channel, COMPONENT, data, message=message)

    async def submit(self, seen: Seen, values: dict[str, forms.Value] | None = None, /) -> Seen:
        """Fill in the form that opened and send it.

        Fields are named by label or custom id; the others keep what they had.
        """
        interaction = seen.interaction
        data, picked = forms.filled(seen.modal, values or {})
        if picked:
            data["resolved"] = resolve(interaction.channel, picked, self)
        return await self._act(
            interaction.channel, MODAL_SUBMIT, data, message=interaction.message, opened_by=interaction
        )

    async def interaction(
        self, channel: Channel, type: int, data: Json, *, message: Message | None = None, **overrides: Any
    ) -> Seen:
        """Send an interaction as it is given: forged ids, unknown components. `overrides` replace payload fields."""
        return await self._act(channel, type, data, message=message, overrides=overrides)

    # --- what it can see ---

    def sees(self, channel: Channel) -> list[Message]:
        """The messages of a channel as this person sees them, private answers included."""
        if channel.guild is not None and Can.VIEW_CHANNEL not in self.permissions_in(channel):
            return []
        return [
            one
            for one in self.guild.discord.all_messages()
            if one.channel is channel and not one.deleted and (one.audience is None or one.audience is self.user)
        ]

    def commands(self, channel: Channel) -> list[str]:
        """The names of the commands this person's picker lists here."""
        return [
            one["name"]
            for one in self.guild.discord.commands.available(None if channel.guild is None else self.guild.id)
            if self._may_use(one, channel)
        ]

    @property
    def dms(self) -> list[Message]:
        """The bot's private messages to this person, outside servers."""
        dm = self.user.dm
        return [] if dm is None else list(dm.messages.values())

    # --- inside ---

    async def _until_commands_came(self, channel: Channel) -> None:
        """A bot that has just started may still be registering them."""
        discord = self.guild.discord
        scope = None if channel.guild is None else self.guild.id
        with suppress(TimeoutError):
            await discord.until(lambda: discord.commands.available(scope), timeout=discord.patience)

    def _may_use(self, command: Json, channel: Channel) -> bool:
        contexts = command.get("contexts")
        if channel.guild is None:
            return contexts is None or 1 in contexts
        if contexts is not None and 0 not in contexts:
            return False
        may = self.permissions_in(channel)
        if Can.ADMINISTRATOR in may:
            return True
        if Can.VIEW_CHANNEL not in may or Can.USE_APPLICATION_COMMANDS not in may:
            return False
        if opened := self.guild.opened.get(command["name"]):
            return bool(opened & {self.id, self.guild.id, *(role.id for role in self.roles)})
        needed = command.get("default_member_permissions")
        if needed is None:
            return True
        return int(needed) != 0 and Can(int(needed)) in self.permissions()

    def _command(
        self, channel: Channel, name: str, values: dict[str, Any], *, force: bool, focused: str | None = None
    ) -> Json:
        first, *rest = name.split()
        registered = self.guild.discord.commands.find(first, None if channel.guild is None else self.guild.id)
        if registered is None:
            raise NotOffered(f"The bot has not registered /{first}.")
        if not force:
            if channel.guild is not None and not self.guild.joined:
                raise NotOffered(f"The bot is not in {self.guild.name} any more.")
            if not self._may_use(registered, channel):
                raise NotOffered(f"{self.name} does not see /{first} here.")
            if channel.archived:
                raise NotOffered("No commands in an archived thread.")
        options = command_options.encode(registered, rest, values, focused=focused, force=force)
        data: Json = {"id": registered["id"], "name": first, "type": 1, "options": options}
        if registered.get("guild_id"):
            data["guild_id"] = registered["guild_id"]
        picked = [one for one in values.values() if isinstance(one, Channel | Role | Member)]
        if picked:
            data["resolved"] = resolve(channel, picked, self)
        return data

    def _control(self, message: Message, name: str) -> Json:
        """The button or menu that this person could use now."""
        if message.deleted:
            raise NotOffered("The message is gone.")
        if message.audience is not None and message.audience is not self.user:
            raise NotOffered(f"{self.name} does not see this private message.")
        if message.channel.guild is not None and Can.VIEW_CHANNEL not in self.permissions_in(message.channel):
            raise NotOffered(f"{self.name} does not see #{message.channel.name}.")
        for control in message.controls:
            label = control.get("label") or control.get("placeholder") or (control.get("emoji") or {}).get("name")
            if name in (label, control.get("custom_id")):
                if control.get("disabled"):
                    raise NotOffered(f"{name!r} is disabled.")
                return control
        names = [control.get("label") or control.get("custom_id") for control in message.controls]
        raise NotOffered(f"There is no {name!r} here, only {names}.")

    async def _act(
        self,
        channel: Channel,
        type: int,
        data: Json,
        *,
        message: Message | None = None,
        opened_by: Interaction | None = None,
        overrides: Json | None = None,
    ) -> Seen:
        discord = self.guild.discord
        if channel.guild is not None:
            if channel.guild is not self.guild:
                raise ValueError(f"#{channel.name} is in another server than {self.name}.")
            if self.guild.unavailable:
                raise NotOffered(f"{self.guild.name} is down; nobody can do anything there.")
        interaction = Interaction(
            discord,
            discord.ids.now(),
            type,
            self.user,
            channel,
            discord.time(),
            person=self,
            message=message,
            opened_by=opened_by,
        )
        await discord.send_interaction(interaction, self._payload(interaction, data) | (overrides or {}))
        return Seen(interaction)

    def _payload(self, interaction: Interaction, data: Json) -> Json:
        channel, guild = interaction.channel, self.guild
        may, app_may = self.permissions_in(channel), guild.me.permissions_in(channel)
        found: Json = {
            "id": interaction.id,
            "application_id": guild.discord.application_id,
            "type": interaction.type,
            "token": interaction.token,
            "version": 1,
            "data": data,
            "channel_id": channel.id,
            "channel": channel.partial(may),
            "app_permissions": str(int(app_may)),
            "locale": self.user.locale,
            "entitlements": [],
            "attachment_size_limit": 10_485_760,
            "authorizing_integration_owners": {"0": guild.id if channel.guild else "0"},
            "context": 0 if channel.guild else 1,
        }
        if channel.guild is not None:
            found |= {
                "guild_id": guild.id,
                "guild": {"id": guild.id, "locale": guild.locale, "features": []},
                "guild_locale": guild.locale,
                "member": self.payload() | {"permissions": str(int(may)), "unusual_dm_activity_until": None},
            }
        else:
            found["user"] = self.user.payload()
        if interaction.message is not None:
            found["message"] = interaction.message.payload()
        return found
