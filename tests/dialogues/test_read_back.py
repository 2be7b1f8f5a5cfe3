"""Typed values are read back as people say them, and contradictions are asked about."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.dialogues.telling import dialogue


async def test_a_fixed_offset_is_read_back_with_its_sign_the_right_way_round(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.opened()
        saved = await talk.press("UTC+2, all year", await talk.say("/config 09:00 gmt+2"))
        assert "at 09:00 UTC+2, all year, every day" in saved
        everywhere = [saved, await talk.say("/config"), panel := await talk.press("Change", await talk.say("/config"))]
        everywhere.append(await talk.press("Preview", panel))
        await talk.press("Time and place", await talk.press("Back", everywhere[-1]))
        kept = await talk.say("", "", "", "", "")
        assert "09:00 UTC+2, all year" in kept, "the form takes back what it shows"
        assert "UTC+2, all year" in await talk.say("/config zone:UTC+2, all year")
        for shown in (*everywhere, kept):
            assert not re.search(r"Etc/GMT|UTC-2", shown), shown


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("mon 24 dec", ["2026-12-24", "2026-12-21"]),
        ("Monday, 24.12.2026", ["2026-12-24", "2026-12-21"]),
        ("sunday 2026-12-25", ["2026-12-25", "2026-12-27"]),
    ],
)
async def test_a_weekday_that_is_not_its_dates_is_asked_about(tmp_path: Path, typed: str, meant: list[str]) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.opened()
        await talk.press("Days off", await talk.press("Change", await talk.say("/config")))
        asked = await talk.say(typed)
        assert "Please say which" in asked
        for day in meant:
            assert day in asked
        await talk.say("cancel")
        assert "Days off       none" in await talk.press("Change", await talk.say("/config"))


async def test_a_weekday_that_is_its_dates_is_taken(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.opened()
        await talk.press("Days off", await talk.press("Change", await talk.say("/config")))
        assert "2026-12-24, 2026-12-25" in await talk.say("thu 24 dec - friday 25 dec")
