"""The registry as Discord's application commands, and their registration."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import discord

from bot.adapters.discord.limits import SELECT_OPTIONS
from bot.commands.declare import Handler, Option
from bot.commands.registry import Registry
from bot.ports.catalog import Catalog
from bot.ports.face import FaceEnded

log = logging.getLogger(__name__)

STRING, INTEGER, USER, CHANNEL, ROLE = 3, 4, 6, 7, 8
_TYPES = {"number": INTEGER, "place": CHANNEL, "person": USER, "ping": ROLE}
POSTABLE = (
    discord.ChannelType.text,
    discord.ChannelType.news,
    discord.ChannelType.news_thread,
    discord.ChannelType.public_thread,
    discord.ChannelType.private_thread,
)
"""Where a message can be posted; a forum takes none."""
IN_SERVERS = 0
INSTALLED_IN_SERVERS = 0


def payload(registry: Registry) -> list[dict[str, Any]]:
    """Every command as Discord registers it; those for managers are hidden from others until a server says so."""
    return [_command(handler) for handler in registry.commands.values()]


def _command(handler: Handler) -> dict[str, Any]:
    managers = discord.Permissions(manage_guild=True).value
    return {
        "type": 1,
        "name": handler.name,
        "description": handler.summary,
        "options": [_option(option) for option in handler.options],
        "default_member_permissions": managers if handler.manager else None,
        "contexts": [IN_SERVERS],
        "integration_types": [INSTALLED_IN_SERVERS],
    }


def _option(option: Option) -> dict[str, Any]:
    kind = option.kind
    made: dict[str, Any] = {
        "type": _TYPES.get(kind.name, STRING),
        "name": option.name,
        "description": option.description or option.name,
        "required": option.required,
    }
    if kind.name == "number":
        made |= {"min_value": option.least, "max_value": option.most}
    elif kind.name == "place":
        made["channel_types"] = [channel.value for channel in POSTABLE]
    elif kind.choices:
        made["choices"] = [{"name": choice, "value": choice} for choice in kind.choices]
    elif kind.suggest:
        made["autocomplete"] = True
    return made


def suggestions(registry: Registry, catalog: Catalog, command: str, option: str, typed: str) -> list[tuple[str, str]]:
    """What to offer while an option is typed, as (label, value); nothing for one we do not know."""
    handler = registry.commands.get(command)
    wanted = next((one for one in handler.options if one.name == option), None) if handler else None
    if wanted is None or wanted.kind.suggest is None:
        return []
    return [(label, value) for value, label in wanted.kind.suggest(catalog, typed[:100])][:SELECT_OPTIONS]


def given(options: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """The options of an invocation as raw texts; channels, people and roles by their ids."""
    return {option["name"]: str(option["value"]) for option in options if "value" in option}


def focused(options: Sequence[Mapping[str, Any]]) -> tuple[str, str]:
    """The option somebody is typing in, and what stands there."""
    for option in options:
        if option.get("focused"):
            return option["name"], str(option.get("value", ""))
    return "", ""


async def registered(client: discord.Client, application: int, only_in: int | None) -> Sequence[Mapping[str, Any]]:
    """The commands Discord has, in one server or for all."""
    if only_in:
        return await client.http.get_guild_commands(application, only_in)
    return await client.http.get_global_commands(application)


class Registration:
    """Registers the commands, only when they changed: each new name counts towards a daily limit."""

    def __init__(
        self,
        registry: Registry,
        remembered: Callable[[str], Awaitable[str | None]],
        remember: Callable[[str, str], Awaitable[None]],
        only_in: int | None,
    ) -> None:
        self._payload = payload(registry)
        self._remembered = remembered
        self._remember = remember
        self._only_in = only_in

    async def register(self, client: discord.Client) -> dict[str, int]:
        """Register what changed; the id of each command, for naming it in a text."""
        application = client.application_id
        assert application is not None  # logged in
        key = f"discord-commands:{application}"
        kept = json.loads(await self._remembered(key) or "{}")
        wanted = self._hash()
        there = await self._there(client, application)
        # What was registered once can be gone: another bot with this token, or a registration that was cut off.
        if kept.get("hash") == wanted and {command["name"] for command in there} == set(kept["ids"]):
            return {command["name"]: int(command["id"]) for command in there}
        if self._only_in:
            made = await client.http.bulk_upsert_guild_commands(application, self._only_in, self._payload)
        else:
            made = await client.http.bulk_upsert_global_commands(application, self._payload)
        ids = {command["name"]: int(command["id"]) for command in made}
        await self._remember(key, json.dumps({"hash": wanted, "scope": self._only_in, "ids": ids}))
        await self._clear_elsewhere(client, application, kept.get("scope"))
        log.info("registered %d commands", len(ids))
        return ids

    async def _there(self, client: discord.Client, application: int) -> Sequence[Mapping[str, Any]]:
        try:
            return await registered(client, application, self._only_in)
        except discord.Forbidden:
            raise FaceEnded(
                f"DISCORD_DEV_GUILD names the server {self._only_in}, which this bot is not in. Invite it there "
                "(`studybot invite`), or leave the setting out; then start Studybot again."
            ) from None

    def _hash(self) -> str:
        text = json.dumps([self._only_in, self._payload], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    async def _clear_elsewhere(self, client: discord.Client, application: int, scope: int | None) -> None:
        """A command registered for one server and for all is listed there twice."""
        if scope and scope != self._only_in:
            try:
                await client.http.bulk_upsert_guild_commands(application, scope, [])
            except discord.Forbidden:
                log.info("the commands of a server we are not in any more were left")
        elif self._only_in and not scope:
            await client.http.bulk_upsert_global_commands(application, [])
