"""The registry as Discord's application commands, and their options as they come in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import discord

from bot.adapters.discord.limits import SELECT_OPTIONS
from bot.commands.declare import CommandOption, Handler
from bot.commands.registry import Registry
from bot.ports.catalog import Catalog

STRING, INTEGER, USER, CHANNEL, ROLE = 3, 4, 6, 7, 8
_TYPES = {"number": INTEGER, "place": CHANNEL, "person": USER, "ping": ROLE}
POSTABLE = (
    discord.ChannelType.text,
    discord.ChannelType.news,
    discord.ChannelType.news_thread,
    discord.ChannelType.public_thread,
    discord.ChannelType.private_thread,
    discord.ChannelType.voice,
    discord.ChannelType.stage_voice,
    discord.ChannelType.forum,
)
"""Where a daily question can be posted."""
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


def _option(option: CommandOption) -> dict[str, Any]:
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
    """Offers while an option is typed, as (label, value); none for one we do not know."""
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
