"""Everything a withdrawal changes is counted again, even if the bot is stopped between the two."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.dialogues.telling import dialogue, letter


def counted(database: Path) -> tuple[int, int]:
    """The points of all weeks, and how many tracks are still to be counted again."""
    with closing(sqlite3.connect(database)) as rows:
        (points,) = rows.execute("SELECT sum(points) FROM points").fetchone()
        (asked,) = rows.execute("SELECT count(recount) FROM tracks").fetchone()
    return points, asked


async def test_a_stop_before_the_count_forgets_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def cut_off(*_: Any) -> None:
        """The process would end here."""

    database = tmp_path / "chat.db"
    async with dialogue(database) as talk:
        assert "Right" in await talk.say(letter(await talk.opened()))
        panel = await talk.press("Change #general", await talk.say("/config"))
        asked = await talk.press("Withdraw open question", panel)
        with monkeypatch.context() as patch:
            patch.setattr("bot.posting.effects.recount", cut_off)
            patch.setattr("bot.scheduler.reconcile.recount_asked", cut_off)
            await talk.press("Withdraw it", asked)
        assert counted(database) == (1, 1)
        await talk.say("tomorrow")
        assert counted(database) == (0, 0)
