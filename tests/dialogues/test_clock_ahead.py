"""After a clock that was set far ahead, a manager has the dates asked that were given up before they came."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from tests.dialogues.telling import MONDAY, dialogue


def given_up(database: Path) -> int:
    with closing(sqlite3.connect(database)) as rows:
        (found,) = rows.execute("SELECT count(*) FROM rounds WHERE state = 'unposted'").fetchone()
    return int(found)


async def test_given_up_dates_are_asked_after_all(tmp_path: Path) -> None:
    database = tmp_path / "chat.db"
    async with dialogue(database) as talk:
        assert "Question 1" in await talk.opened()
    async with dialogue(database, now=MONDAY + timedelta(days=60)) as talk:
        await talk.opened()
    assert given_up(database) > 50
    async with dialogue(database, now=MONDAY + timedelta(hours=1)) as talk:
        await talk.opened()
        panel = await talk.press("Change #general", await talk.say("/config"))
        assert "of dates still to come were given up, as if they had passed." in panel
        again = await talk.press("Ask again from today", panel)
        assert "still to come" not in again
        assert given_up(database) == 0
        lived = await talk.say("tomorrow")
        assert "Posted in #general, Tue 24 Nov 00:00" in lived
