"""Each face at work, answering from a script: what is sent there is read where it stands."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from pathlib import Path
from typing import Any, Protocol

from bot.adapters.discord.cards import Names as DiscordNames
from bot.adapters.discord.render import rendered as discord_pages
from bot.adapters.slack.text import as_typed
from bot.replies.card import Card, Reply
from tests.adapters.discord import reading as discord
from tests.adapters.slack import reading as slack
from tests.arrival.arrived import Arrived
from tests.arrival.scripted import Script, scripted
from tests.commands.samples import registry
from tests.contract.discord_stage import DiscordStage, discord_stage
from tests.contract.slack_stage import SlackStage, slack_http_stage, slack_stage
from tests.contract.terminal_stage import _NUMBERED as NUMBERED
from tests.dialogues.telling import Dialogue, dialogue
from tests.fakes.discord import Message as DiscordMessage
from tests.fakes.slack import Message as SlackMessage

COMMANDS = frozenset(registry().commands)


class Sending(Protocol):
    """A face that a reply is sent to."""

    @staticmethod
    def typed(text: str) -> str:
        """A text with its commands as this face's people type them."""
        ...

    async def answer(self, reply: Reply, *, private: bool) -> list[Arrived]:
        """Answer a command; what the person who typed it is shown then."""
        ...

    async def post(self, reply: Reply) -> list[Arrived]:
        """Post in the channel; what stands there then."""
        ...


class OnDiscord:
    """The Discord face over the real client library."""

    def __init__(self, stage: DiscordStage, script: Script) -> None:
        self._stage = stage
        self._script = script
        self._ana = stage.person("ana")
        self._place = stage.channel("general")
        self._names = DiscordNames(commands=stage.commands())

    @staticmethod
    def typed(text: str) -> str:
        return text

    async def answer(self, reply: Reply, *, private: bool) -> list[Arrived]:
        self._stage.passes()
        self._script.answer(reply, private=private)
        seen = await self._ana.slash(self._place, "help", force=True)
        pages = discord_pages(reply, self._names)
        with suppress(TimeoutError):  # what did not come is missed by whoever looks
            await seen.changed(len(pages) - 1)
        await self._stage.quiet()
        assert [_bare(one.components) for one in seen.messages] == [_bare(page.components) for page in pages]
        files = [found["filename"] for message in seen.messages for found in message.attachments]
        assert files == [file.filename for page in pages for file in page.files]
        return [_on_discord(message) for message in seen.messages]

    async def post(self, reply: Reply) -> list[Arrived]:
        self._stage.passes()
        before = len(self._stage.discord.messages(self._place))
        self._script.share(reply)
        await self._ana.slash(self._place, "help", force=True)
        return [_on_discord(message) for message in self._stage.discord.messages(self._place)[before:]]

    async def form(self, reply: Reply) -> str:
        self._stage.passes()
        self._script.answer(reply)
        return str((await self._ana.slash(self._place, "help", force=True)).modal)


def _bare(component: Any) -> Any:
    """Components without what Discord adds to them: numbers, addresses of files."""
    if isinstance(component, dict):
        added = ("id", "media", "file")
        return {name: _bare(part) for name, part in component.items() if name not in added and part is not None}
    return [_bare(each) for each in component] if isinstance(component, list | tuple) else component


def _on_discord(message: DiscordMessage) -> Arrived:
    shown = message.components
    return Arrived(discord.text(shown), tuple(discord.pressable(shown)), message.ephemeral)


class OnSlack:
    """The Slack face over Bolt and the SDK."""

    def __init__(self, stage: SlackStage, script: Script) -> None:
        self._stage = stage
        self._script = script
        self._ana = stage.person("ana")
        self._place = stage.channel("#general")

    @staticmethod
    def typed(text: str) -> str:
        return as_typed(text, COMMANDS)

    async def answer(self, reply: Reply, *, private: bool) -> list[Arrived]:
        self._stage.passes()
        self._script.answer(reply, private=private)
        seen = await self._ana.slash(self._place, "/study", "help")
        await self._stage.shown(self._ana, seen)
        return [_on_slack(message) for message in seen.messages]

    async def post(self, reply: Reply) -> list[Arrived]:
        self._stage.passes()
        before = len(self._stage.posts())
        self._script.share(reply)
        await self._stage.shown(self._ana, await self._ana.slash(self._place, "/study", "help"))
        return [_on_slack(message) for message in self._stage.posts()[before:]]

    async def form(self, reply: Reply) -> str:
        self._stage.passes()
        self._script.answer(reply)
        seen = await self._ana.slash(self._place, "/study", "help")
        return str((await seen.view()).body)


def _on_slack(message: SlackMessage) -> Arrived:
    shown = message.blocks
    return Arrived(slack.text(shown), tuple(slack.pressable(shown)), message.ephemeral_to is not None)


class OnTerminal:
    """The terminal face, read from its screen."""

    def __init__(self, talk: Dialogue, script: Script) -> None:
        self._talk = talk
        self._script = script

    @staticmethod
    def typed(text: str) -> str:
        return text

    async def answer(self, reply: Reply, *, private: bool) -> list[Arrived]:
        self._script.answer(reply, private=private)
        said = await self._talk.say("/help")
        return [_on_terminal(said, reply.as_card(), private=said.startswith("Only you see this:"))]

    async def post(self, reply: Reply) -> list[Arrived]:
        self._script.share(reply)
        _, posted, after = (await self._talk.say("/help")).partition("Posted in #general")
        return [_on_terminal(after, reply.as_card(), private=False)] if posted else []


def _on_terminal(said: str, card: Card, *, private: bool) -> Arrived:
    """Read what was printed. It does not say where a way on leads: its number stands for it."""
    ways = [choice for choice in card.choices if not choice.letter]
    # A log within a question may number its lines in the same way: what can be pressed stands last.
    labels = [label.strip() for _, label in NUMBERED.findall(said)][-len(ways) :]
    numbered = [(label, choice.route.text) for label, choice in zip(labels, ways, strict=False)]
    letters = [(choice.label, choice.route.text) for choice in card.choices if f"[{choice.label}]" in said]
    return Arrived(said, (*letters, *numbered), private)


@asynccontextmanager
async def on_discord(folder: Path) -> AsyncIterator[OnDiscord]:
    async with discord_stage(folder) as stage:
        with scripted() as script:
            yield OnDiscord(stage, script)


@asynccontextmanager
async def on_slack(folder: Path) -> AsyncIterator[OnSlack]:
    async with slack_stage(folder) as stage:
        with scripted() as script:
            yield OnSlack(stage, script)


@asynccontextmanager
async def on_slack_over_http(folder: Path) -> AsyncIterator[OnSlack]:
    async with slack_http_stage(folder) as stage:
        with scripted() as script:
            yield OnSlack(stage, script)


@asynccontextmanager
async def on_terminal(folder: Path) -> AsyncIterator[OnTerminal]:
    async with dialogue(folder / "chat.db") as talk:
        await talk.opened()
        with scripted() as script:
            yield OnTerminal(talk, script)


FACES: dict[str, Callable[[Path], AbstractAsyncContextManager[Sending]]] = {
    "terminal": on_terminal,
    "discord": on_discord,
    "slack": on_slack,
    "slack over http": on_slack_over_http,
}
