"""The numbers that README, help and docs promise, each tried in a dialogue."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

from tests.dialogues.telling import MONDAY, Dialogue, dialogue, letter


async def live(talk: Dialogue, shown: str, days: int, *, right: bool = True) -> tuple[str, str]:
    """Answer a question a day: the last verdict, and what the day after brought."""
    verdict = ""
    for _ in range(days):
        verdict = await talk.say(letter(shown, right=right))
        shown = await talk.say("tomorrow")
    return verdict, shown


async def test_seven_answers_earn_a_freeze_and_two_are_the_most(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        verdict, shown = await live(talk, await talk.opened(), 6)
        assert "6 in a row, 1 freeze." in verdict
        verdict, shown = await live(talk, shown, 1, right=False)
        assert "7 in a row, 2 freezes." in verdict
        verdict, _ = await live(talk, shown, 7)
        assert "14 in a row, 2 freezes." in verdict


async def test_one_skip_while_two_freezes_are_held_spends_one(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await live(talk, await talk.opened(), 7)
        verdict = await talk.say(letter(await talk.say("tomorrow")))
        assert "8 in a row, 1 freeze." in verdict


async def test_three_skips_while_two_freezes_are_held_end_the_streak_and_spend_none(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await live(talk, await talk.opened(), 7)
        await talk.say("tomorrow", "tomorrow")
        verdict = await talk.say(letter(await talk.say("tomorrow")))
        assert "1 in a row, 2 freezes." in verdict


async def test_a_right_answer_is_one_point_and_nothing_else_is(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        _, shown = await live(talk, await talk.opened(), 1)
        _, shown = await live(talk, shown, 1, right=False)
        await talk.press("Don't know", await talk.say("/daily"))
        await talk.say(letter(await talk.say("/quiz")))
        weeks = re.findall(
            r'"week": "([^"]+)",\s+"points": (\d+),\s+"answered": (\d+)', await talk.say("/privacy export")
        )
        assert weeks == [("2026-W48", "1", "3")]


async def test_a_week_is_the_iso_week_of_the_local_date_on_which_it_was_due(tmp_path: Path) -> None:
    """When it is Monday morning in UTC it is Sunday evening in Honolulu, where the question is asked."""
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.opened()
        await talk.say(":in #beach")
        await talk.say("/config time:22:30 zone:honolulu weekdays:every day")
        shown = await talk.say(":tick 1h")
        assert "Posted in #beach" in shown
        await talk.say(letter(shown))
        told = await talk.say("/privacy export")
        assert re.findall(r'"week": "([^"]+)"', told) == ["2026-W47"]
    async with dialogue(tmp_path / "new-year.db", now=MONDAY + timedelta(days=39)) as talk:
        await talk.say(letter(await talk.opened()))
        told = await talk.say("/privacy export")
        assert re.findall(r'"week": "([^"]+)"', told) == ["2026-W53"], "New Year's Day is in the old year's last week"


async def test_nothing_below_the_tenth_place_is_shown(tmp_path: Path) -> None:
    people = [f"member{number:02}" for number in range(12)]
    async with dialogue(tmp_path / "chat.db") as talk:
        shown = await talk.opened()
        for day in range(len(people) + 1):
            for name in people[: day + 1]:
                await talk.say(f":as {name}", letter(shown))
            shown = await talk.say("tomorrow")
        await talk.say("tomorrow")
        board = await talk.say(":as you", "/leaderboard")
        lines = re.findall(r"(\d+)\. +member(\d+) (\d+)", board)
        assert lines == [(str(n + 1), f"{n:02}", str(13 - n)) for n in range(10)]
