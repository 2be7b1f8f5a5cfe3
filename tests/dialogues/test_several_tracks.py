"""A community with several daily questions: alike ones are warned of, and each is named by place and time."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.dialogues.telling import dialogue, letter

TWICE = "Twice at once: another daily question is posted in #tea at 09:00 UTC, Mon to Fri."


@pytest.mark.parametrize(
    ("time", "zone", "weekdays", "warned"),
    [
        ("09:00", "utc", "mon-fri", True),
        ("09:00", "Africa/Accra", "wed", True),  # the same moments under another name
        ("10:00", "Europe/Berlin", "every day", True),
        ("09:01", "utc", "mon-fri", False),
        ("09:00", "utc", "sat,sun", False),
    ],
)
async def test_two_daily_questions_at_once_in_one_place_are_warned_of(
    tmp_path: Path, time: str, zone: str, weekdays: str, warned: bool
) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.opened()
        await talk.say(":in #tea")
        assert "Twice at once" not in await talk.say("/config time:09:00 zone:utc weekdays:mon-fri")
        await talk.press("Another daily question", await talk.say("/config"))
        saved = await talk.say("#tea", time, zone, weekdays, "none")
        assert (TWICE in saved) == warned
        if warned:
            assert "Change 09:00 #tea" in await talk.press("All settings", saved)


async def test_one_that_is_moved_there_is_warned_of_too(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.opened()
        await talk.say(":in #tea")
        await talk.say("/config time:09:00 zone:utc weekdays:mon-fri")
        await talk.press("Another daily question", await talk.say("/config"))
        saved = await talk.say("#cake", "09:00", "utc", "mon-fri", "none")
        assert "Twice at once" not in saved, "elsewhere nobody is asked twice"
        await talk.press("Time and place", await talk.press("More settings", saved))
        assert TWICE in await talk.say("#tea", "", "", "", "")


async def test_what_is_in_one_place_is_told_apart_by_its_time(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.opened()
        await talk.say(":in #tea")
        await talk.say("/config time:07:00 zone:utc weekdays:every day")
        await talk.press("Another daily question", await talk.say("/config"))
        await talk.say("#tea", "07:30", "utc", "every day", "none")
        await talk.say("tomorrow")
        shown = await talk.say("/daily")
        await talk.press("The one at 07:00 in", shown)
        await talk.say(letter(shown))
        for line, buttons in (
            ("/config", ("Change 07:00 #tea", "Change 07:30 #tea", "Change #general")),
            ("/leaderboard", ("Board 07:30 #tea", "Board #general")),
        ):
            told = await talk.say(line)
            for button in buttons:
                assert button in told, button
        health = await talk.press("Health", await talk.say("/config"))
        assert "#tea: at 07:00, the question of" in health
        assert "#general: the question of" in health
