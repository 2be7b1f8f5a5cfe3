"""A semester ends the same on Discord, whatever goes wrong there, as at a terminal, where nothing does."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.app.core import recompute
from bot.config import Settings
from tests.semester.on_discord import Trouble, on_discord
from tests.semester.on_terminal import on_terminal
from tests.semester.story import HABITS, live, semester


@pytest.mark.parametrize("weeks", [2, pytest.param(16, marks=pytest.mark.long)])
async def test_a_semester_ends_the_same_on_discord_as_at_a_terminal(tmp_path: Path, weeks: int) -> None:
    seed = 20260831 + weeks
    async with on_terminal(tmp_path) as terminal, on_discord(tmp_path, seed) as discord:
        told, lived = await asyncio.gather(live(terminal, semester(weeks, seed)), live(discord, semester(weeks, seed)))
    assert len(lived.rounds) == 5 * weeks
    assert lived.rounds == told.rounds
    assert lived.standings == told.standings
    assert lived.weeks == told.weeks
    assert lived.told == told.told
    assert len(discord.posts()) == 5 * weeks, "each question stands there once"
    assert await recompute(Settings(database_url=f"sqlite:///{tmp_path}/discord.db")) == 0
    # What the story is for has happened in it.
    assert lived.standings.keys() == HABITS.keys()
    assert len(discord.happened) >= min(weeks, len(Trouble))
