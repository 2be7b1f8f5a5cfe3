"""The table of faces: all that the rest of Studybot knows of them.

What decides whether a face is wanted stands here and loads no library. The rest is imported when the face is used: its
module beside this one puts it together and checks it, and its room in adapters has everything else. So a new face is an
entry here, a module and a room.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from bot.domain.community import Platform
from bot.ports.face import Check
from bot.replies.card import Reply

if TYPE_CHECKING:
    from bot.app.core import Core, RunningFace
    from bot.config import Settings
    from bot.ports.clock import Clock, Dice
    from bot.scheduler.alarm_clock import AlarmClock

Preview = Callable[[Reply], list[str]]
"""Turns a reply into the lines people would read."""


class FaceModule(Protocol):
    """The module of a face that the running bot connects."""

    def assemble(
        self, core: Core, settings: Settings, clock: Clock, dice: Dice, alarm: AlarmClock, say: Callable[[str], None]
    ) -> RunningFace:
        """Put the face and its loops together; every setting it needs is there."""
        ...

    def checks(self, settings: Settings) -> AsyncIterator[Check]:
        """Ask the platform for the doctor; ``StorageFault`` if the database cannot be read."""
        ...


@dataclass(frozen=True, slots=True)
class Prompt:
    """A setting that ``studybot init`` asks for."""

    name: str
    text: str
    wrong: Callable[[str], str | None] = lambda _: None
    """Says why an answer cannot be right, beside the rules of the settings."""


@dataclass(frozen=True, slots=True)
class Connection:
    """A face that ``studybot run`` connects: how it is set, and its module."""

    platform: Platform
    load: Callable[[], FaceModule]
    prefix: str
    """The names of its settings begin with this."""
    needs: str
    """The least it can be set with, in words."""
    unset: str
    """The doctor's name for it while it is not set."""
    prompts: tuple[Prompt, ...]
    wanted: Callable[[Settings], bool]
    tokens: Callable[[Settings], Mapping[str, str | None]]
    """Tokens that two processes must not work with at once, and where, by the settings' names."""
    lacks: Callable[[Settings], str | None] = lambda _: None
    """Names in a sentence what is missing though it is wanted."""
    optional: bool = False
    """While one of its settings is wrong, the bot runs on without it."""

    @property
    def name(self) -> str:
        """The name people know it by."""
        return self.platform.value.title()


@dataclass(frozen=True, slots=True)
class Beside:
    """A face beside the terminal's, on the terminal's own file; no daily question comes to it."""

    command: str
    """Follows ``studybot`` on the command line."""
    summary: str
    load: Callable[[], Callable[[Settings, str], Coroutine[Any, Any, int]]]
    """Imports what serves it from that file until its person leaves, and returns the exit code."""


def _discord() -> FaceModule:
    from bot.app import discord

    return discord


def _discord_preview() -> Preview:
    from bot.adapters.discord.render import preview

    return preview


def _three_parts(token: str) -> str | None:
    # Not among the settings' own rules: should Discord's tokens look different one day, .env still takes them.
    if token.count(".") == 2:
        return None
    return "must have three parts with dots between; Reset Token shows it, under Bot in the Developer Portal"


def _discord_tokens(settings: Settings) -> Mapping[str, str | None]:
    token = settings.discord_token
    return {"DISCORD_TOKEN": token.get_secret_value() + (settings.discord_api_url or "") if token else None}


def _slack() -> FaceModule:
    from bot.app import slack

    return slack


def _slack_preview() -> Preview:
    from bot.adapters.slack.render import preview

    return preview


def _slack_tokens(settings: Settings) -> Mapping[str, str | None]:
    token, id, at = settings.slack_bot_token, settings.slack_client_id, settings.slack_api_url or ""
    if token:
        return {"SLACK_BOT_TOKEN": token.get_secret_value() + at}
    return {"SLACK_CLIENT_ID": id + at if id else None}


def _terminal_preview() -> Preview:
    from bot.adapters.terminal.render import card_lines
    from bot.domain.identifiers import UTC_ZONE

    return lambda reply: [line.text for line in card_lines(reply.as_card(), 80, UTC_ZONE)]


def _mcp_preview() -> Preview:
    from bot.adapters.mcp.text import as_plain_text
    from bot.domain.identifiers import UTC_ZONE

    return lambda reply: as_plain_text(reply.as_card(), UTC_ZONE).splitlines()


def _mcp() -> Callable[[Settings, str], Coroutine[Any, Any, int]]:
    from bot.app.mcp import serve

    return serve


PREVIEWS: Mapping[str, Callable[[], Preview]] = {
    "terminal": _terminal_preview,
    "discord": _discord_preview,
    "slack": _slack_preview,
    "mcp": _mcp_preview,
}
CONNECTED = (
    Connection(
        Platform.DISCORD,
        _discord,
        prefix="DISCORD_",
        needs="DISCORD_TOKEN",
        unset="DISCORD_TOKEN",
        prompts=(Prompt("DISCORD_TOKEN", "Discord bot token (empty: not on Discord)", _three_parts),),
        wanted=lambda settings: settings.discord_token is not None,
        tokens=_discord_tokens,
    ),
    Connection(
        Platform.SLACK,
        _slack,
        prefix="SLACK_",
        needs="SLACK_BOT_TOKEN and SLACK_APP_TOKEN",
        unset="Slack",
        prompts=(
            Prompt("SLACK_BOT_TOKEN", "Slack bot token, xoxb-... (empty: not on Slack)"),
            Prompt("SLACK_APP_TOKEN", "Slack app token, xapp-... (empty: not on Slack)"),
        ),
        wanted=lambda settings: settings.slack,
        tokens=_slack_tokens,
        lacks=lambda settings: settings.slack_lacks(),
        optional=True,
    ),
)
BESIDE = (Beside("mcp", "Let a program such as an assistant look up and practise for you, over MCP.", _mcp),)
