"""After a clock that was set far ahead, a manager has the dates asked that were used up before they came."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.dialogues.telling import MONDAY, Dialogue, dialogue, letter

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
LATER = 2 * HOUR
"""On a day when the question is due: long enough after it for the clock to be right again."""


def rows(database: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(database)) as kept:
        return kept.execute(query).fetchall()


def given_up(database: Path) -> int:
    return len(rows(database, "SELECT 1 FROM rounds WHERE state = 'unposted'"))


async def looked(database: Path, at: datetime) -> None:
    """Start by a clock that shows this, and end."""
    async with dialogue(database, now=at) as talk:
        await talk.opened()


async def brought_back(talk: Dialogue) -> str:
    panel = await talk.press("Change #general", await talk.say("/config"))
    assert "A clock that was set far ahead " in panel
    again = await talk.press("Ask again from today", panel)
    assert "set far ahead" not in again
    return panel


async def test_given_up_dates_are_asked_after_all(tmp_path: Path) -> None:
    database = tmp_path / "chat.db"
    await looked(database, MONDAY)
    await looked(database, MONDAY + 60 * DAY)
    assert given_up(database) == 59
    async with dialogue(database, now=MONDAY + HOUR) as talk:
        await talk.opened()
        panel = await brought_back(talk)
        assert "gave up 59 questions of dates still to come, as if they had passed, and posted 1 question" in panel
        assert given_up(database) == 0
        # What was posted too early counts as Tuesday's.
        assert "Posted" not in await talk.say("tomorrow")
        assert "Posted in #general, Wed 25 Nov 00:00" in await talk.say("tomorrow")


@pytest.mark.parametrize("times", [1, 3])
async def test_what_was_posted_meanwhile_does_not_close_each_question_that_follows(tmp_path: Path, times: int) -> None:
    database = tmp_path / "chat.db"
    await looked(database, MONDAY)
    for day in range(times):
        await looked(database, MONDAY + (60 + day) * DAY)
    async with dialogue(database, now=MONDAY + times * DAY + LATER) as talk:
        await talk.opened()
        panel = await brought_back(talk)
        assert f"posted {times} question{'s' * (times > 1)} under a date still to come." in panel
        for number in (2, 3):
            question = await talk.say("tomorrow")
            assert f"Question {times + number}\n" in question
            assert "in a row" in await talk.say(letter(question))
    states = rows(database, "SELECT state, excused FROM rounds WHERE state != 'unposted' ORDER BY seq")
    assert states == [("closed", 0)] * (len(states) - 1) + [("open", 0)]
    dates = [date for (date,) in rows(database, "SELECT local_date FROM rounds ORDER BY seq")]
    assert dates == [f"2026-11-{23 + number}" for number in range(len(dates))]
