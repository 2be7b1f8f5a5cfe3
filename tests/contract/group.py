"""Tracks beside a whole one, to be broken while the bot is down."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from tests.adapters.discord.reading import text as discord_text
from tests.adapters.slack.reading import text as slack_text
from tests.contract.discord_stage import DiscordStage
from tests.contract.slack_stage import SlackStage
from tests.contract.stage import Shown
from tests.contract.terminal_stage import TerminalStage

Face = TerminalStage | DiscordStage | SlackStage


@dataclass(frozen=True, slots=True)
class Break:
    """A change to a row of the track, and the words its manager reads; none if the track simply goes on."""

    sql: str
    told: str = ""


class Group:
    """A whole track in #general and, beside it, one to break in each of #t0, #t1 and so on."""

    def __init__(self, stage: Face, database: Path) -> None:
        self.stage = stage
        self.database = database

    async def begin(self, tracks: int) -> None:
        for number in range(tracks):
            place = f"#t{number}"
            if not isinstance(self.stage, TerminalStage):
                self.stage.channel(place)
            await self.stage.say("boss", "/config time:00:00 zone:utc weekdays:every day", place)
        # From here on each has a question that is open.
        await self.stage.tomorrow()

    async def broken(self, breaks: list[Break]) -> None:
        """The rows are broken while the bot is down."""
        await self.stage.end()
        with closing(sqlite3.connect(self.database)) as database:
            database.execute("PRAGMA foreign_keys = OFF")
            for number, each in enumerate(breaks):
                database.execute(each.sql, {"track": number + 2})
            database.commit()
        await self.stage.begin()

    async def settings(self) -> tuple[Shown, list[str]]:
        """/config, and how each track stands in it."""
        shown = await self.stage.say("boss", "/config")
        return shown, re.findall(r" at [^\n]*?, [^\n]*?: ((?:running|waiting|paused)[^\n]*)", shown.text)

    def told(self, came: str) -> str:
        """Everything the manager was told privately."""
        match self.stage:
            case DiscordStage() as stage:
                return "\n".join(discord_text(message.components) for message in stage.person("boss").dms)
            case SlackStage() as stage:
                direct = stage.workspace.direct(stage.person("boss"))
                return "\n".join(slack_text(message.blocks) for message in stage.slack.messages(direct))
            case stage:
                return stage.opened + came
