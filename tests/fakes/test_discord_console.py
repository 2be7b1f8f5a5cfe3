"""Trying a bot by typing: what a line does, and what is said."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

import discord
import pytest
from discord import app_commands, ui

from tests.fakes.bare_bot import Act, Bot, running, words
from tests.fakes.discord import FakeDiscord, Message
from tests.fakes.discord.console import Console
from tests.fakes.discord.rendering import plain


class Form(ui.Modal, title="Settings"):
    when: ui.Label[Any] = ui.Label(text="When", component=ui.TextInput(custom_id="when", default="09:00"))
    where: ui.Label[Any] = ui.Label(text="Where", component=ui.ChannelSelect(custom_id="where", required=True))

    async def on_submit(self, act: discord.Interaction[Any]) -> None:
        assert isinstance(self.when.component, ui.TextInput)
        await act.response.send_message(f"At {self.when.component.value}.", ephemeral=True)


class Buttons(ui.LayoutView):
    row: ui.ActionRow[Any] = ui.ActionRow()

    @row.button(label="Settings")
    async def settings(self, act: discord.Interaction[Any], button: ui.Button[Any]) -> None:
        await act.response.send_modal(Form())


def tried() -> Bot:
    bot = Bot()
    group = app_commands.Group(name="study", description="All of it")

    @bot.tree.command(description="A question")
    async def quiz(act: Act, topic: str, count: int = 1, where: discord.TextChannel | None = None) -> None:
        await act.response.send_message(view=words(f"{topic} {count} {where}"))

    @quiz.autocomplete("topic")
    async def _(act: Act, typed: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=f"{typed}g", value="rag")]

    @group.command(description="Buttons")
    async def buttons(act: Act) -> None:
        await act.response.send_message(view=Buttons(), ephemeral=True)

    @group.command(description="Nothing")
    async def nothing(act: Act) -> None: ...

    bot.tree.add_command(group)
    return bot


LINES = [
    ("ana /quiz topic:rag count:3 where:#random", "#general: Studybot\n  rag 3 random"),
    ('ana #random /quiz topic:"two words"', "#random: Studybot\n  two words 1 None"),
    ("ana type /quiz topic ra", "  rag"),
    ("ana /study buttons", "#random: Studybot (only ana sees this)\n  [Settings]"),
    ("ben press Settings", "! ben sees no 'Settings' in #random."),
    ("ana press Settings", "ana: [form] Settings\n  when: When: 09:00\n  where: Where:"),
    ("ana fill when=10:00", "! 'Where' is required."),
    ("ana fill when=10:00 where=#random", "#random: Studybot (only ana sees this)\n  At 10:00."),
    ("ana /study nothing", "ana: The application did not respond."),
    ("ana /nowhere", "! The bot has not registered /nowhere."),
    ("ana dances", "! 'dances' is nothing one can do. Try: help"),
    ("commands", "  /quiz\n  /study"),
]


async def test_each_line_is_an_act(fake: FakeDiscord) -> None:
    guild = fake.guild("Study group")
    guild.text_channel("general")
    guild.text_channel("random")
    said: list[str] = []

    def tell(event: str, message: Message) -> None:
        said.append(f"#{message.channel.name}: {plain(message)}")

    fake.onlookers.append(tell)
    async with running(fake, tried()):
        console = Console(guild, said.append)
        for line, expected in LINES:
            said.clear()
            never = expected.endswith("did not respond.")
            with fake.nobody_waits() if never else nullcontext():
                await console.act(line)
            assert said == [expected], line


@pytest.mark.parametrize("line", ["", "   ", "help"])
async def test_a_line_of_nothing_and_help(fake: FakeDiscord, line: str) -> None:
    guild = fake.guild("Study group")
    guild.text_channel("general")
    said: list[str] = []
    await Console(guild, said.append).act(line)
    assert len(said) == (line == "help")
