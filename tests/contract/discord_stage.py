"""The contract's stage on Discord: the running bot, the real client library, and a Discord on loopback."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.discord import client
from bot.commands.parser import parse_line
from bot.config import Settings
from tests.adapters.discord.reading import pressable, text
from tests.contract.platform_stage import PlatformStage, set_up
from tests.contract.stage import LETTERS, Shown
from tests.contract.unhurried import DISCORD, unhurried
from tests.dialogues.telling import CATALOG, MONDAY, migrated
from tests.fakes.clock import FakeClock
from tests.fakes.discord import Channel, FakeDiscord, Guild, Message, Person, Seen
from tests.fakes.patience import PATIENCE

LAST_SERVER_WITHIN = 0.1
"""Seconds; every start waits so long after its last server, and the one here comes with the greeting."""


class DiscordStage(PlatformStage):
    """One server with two channels."""

    def __init__(self, discord: FakeDiscord, database: Path) -> None:
        super().__init__(FakeClock(MONDAY), database)
        self.discord = discord
        discord.date = self.platform_time
        self.guild: Guild = discord.guild("Study group")
        self.channels: dict[str, Channel] = {}
        self.people: dict[str, Person] = {}

    def settings(self) -> Settings:
        return Settings(
            database_url=self.database_url, discord_token=self.discord.token, discord_api_url=self.discord.api_url
        )

    def alive(self) -> bool:
        """Return whether people can reach the bot."""
        return self.part.loops.alive()

    async def heard(self) -> None:
        """Wait until the bot has heard everything that happened: its line keeps the order."""
        await self.person("passer-by").autocomplete(self.channel("#general"), "role", "name", "a")

    async def quiet(self) -> None:
        """Wait until the bot is done with everything it heard."""
        async with asyncio.timeout(PATIENCE):
            while at_work := [task for task in asyncio.all_tasks() if task.get_name() == "discord.py: on_interaction"]:
                await asyncio.wait(at_work)

    def commands(self) -> dict[str, int]:
        """The ids of the commands as they are registered."""
        return {one["name"]: int(one["id"]) for one in self.discord.commands.available(self.guild.id)}

    # --- the world ----------------------------------------------------------------------------------------------

    def channel(self, name: str) -> Channel:
        bare = name.lstrip("#")
        if bare not in self.channels:
            self.channels[bare] = self.guild.text_channel(bare)
        return self.channels[bare]

    def person(self, name: str) -> Person:
        if name not in self.people:
            self.people[name] = self.guild.person(name, manager=name == "boss")
        return self.people[name]

    def newest_post(self) -> Message:
        return next(
            message
            for message in reversed(self.discord.messages(self.channel("general")))
            if LETTERS & set(message.buttons)
        )

    # --- what people do -----------------------------------------------------------------------------------------

    async def say(self, who: str, line: str, place: str = "#general") -> Shown:
        self.passes()
        parsed = parse_line(self.bot.core.registry, CATALOG, line)
        handler = self.bot.core.registry.commands[parsed.name]
        options = {
            option.name: self._option(option.kind.name, parsed.given[option.name])
            for option in handler.options
            if option.name in parsed.given
        }
        return await self._shown(await self.person(who).slash(self.channel(place), parsed.name, force=True, **options))

    def _option(self, kind: str, given: str) -> Any:
        match kind:
            case "number":
                return int(given)
            case "place":
                return self.channel(given)
            case "person":
                return self.person(given)
            case _:
                return given

    async def press(self, who: str, label: str, on: Shown) -> Shown:
        self.passes()
        assert label in LETTERS or label in on.labels, f"no {label!r} among {on.labels} in:\n{on.text}"
        return await self._shown(await press_labelled(self.person(who), on.handle.messages[-1], label))

    async def fill(self, who: str, form: Shown, name: str, values: Mapping[str, str]) -> Shown:
        self.passes()
        registry = self.bot.core.registry
        kinds = {option.name: option.kind.name for option in registry.forms[name].options}
        filled = {field: self._option(kinds[field], value) for field, value in values.items() if value != "none"}
        for option in registry.forms[name].options:
            if option.kind.offers and option.name in values:
                filled[option.name] = list(option.kind.chosen(values[option.name]))
        return await self._shown(await self.person(who).submit(form.handle, filled))

    async def correct(self, who: str, wrong: Shown, values: Mapping[str, str]) -> Shown:
        again = await self.press(who, "Fix it", wrong)
        return await self._shown(await self.person(who).submit(again.handle, dict(values)))

    async def answer(self, who: str, letter: str) -> Shown:
        self.passes()
        return await self._shown(await self.person(who).press(self.newest_post(), letter))

    async def more(self, who: str) -> Shown:
        self.passes()
        return await self._shown(await self.person(who).press(self.newest_post(), "More"))

    async def post(self) -> str:
        return text(self.newest_post().components)

    def standing(self) -> Iterable[tuple[str, str]]:
        for channel in self.channels.values():
            for message in self.discord.messages(channel):
                yield message.id, text(message.components)

    async def _shown(self, seen: Seen) -> Shown:
        await self.quiet()
        assert not seen.did_not_respond, "the application did not respond"
        if seen.answer.name == "MODAL":
            return Shown(str(seen.modal["title"]), handle=seen)
        last = seen.messages[-1]
        labels = tuple(label for label, _ in pressable(last.components) if label not in LETTERS)
        read = "\n".join(text(message.components) for message in seen.messages)
        return Shown(read, labels, last.ephemeral, seen)


async def press_labelled(person: Person, message: Message, label: str) -> Seen:
    """Press what is called so in a message: a button, or an option of a list."""
    for menu in (control for control in message.controls if control["type"] == 3):
        if any(option["label"] == label for option in menu["options"]):
            return await person.select(message, menu["custom_id"], label)
    return await person.press(message, label)


@asynccontextmanager
async def discord_stage(folder: Path) -> AsyncIterator[DiscordStage]:
    """A server in which ``boss`` has set up a daily question, the first of which stands there."""
    database = folder / "discord.db"
    shutil.copy(migrated(), database)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(client, "LAST_SERVER_WITHIN", LAST_SERVER_WITHIN)
        unhurried(patch, *DISCORD)
        async with FakeDiscord() as discord, set_up(DiscordStage(discord, database)) as stage:
            yield stage


STAGES = {"discord": discord_stage}
