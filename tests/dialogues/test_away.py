"""Being away ends, every reply says so while it lasts, and no streak that ended comes back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.dialogues.telling import Dialogue, dialogue, letter

SAID = "or until your next daily answer."


async def go_away(talk: Dialogue, since: str = "From now on") -> str:
    """Press through to a pause."""
    return await talk.press(since, await talk.press("Away", await talk.say("/progress")))


async def test_every_reply_to_somebody_who_is_away_says_so_and_until_when(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        opened = await talk.opened()
        await talk.say(letter(opened))
        begun = await go_away(talk)
        assert f"You are away until Wed 23 Dec 08:00, {SAID}" in begun
        for line in (
            "/role ai engineer", "/quiz", "/daily", "/find rag", "/help", "/privacy", "/progress history",
            "/leaderboard", "/config", "/nonsense", "/role nobody at all", letter(opened),
        ):  # fmt: skip
            told = await talk.say(line)
            assert told.count(SAID) == 1, line
        await talk.say(":as ana")
        assert SAID not in await talk.say("/progress"), "nobody else is told"
        await talk.say(":as you")
        assert SAID not in await talk.press("I am back", await talk.say("/progress"))
        assert SAID not in await talk.say("/role ai engineer")


async def test_it_is_remembered_over_a_restart(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.say(letter(await talk.opened()))
        await go_away(talk)
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.opened()
        assert SAID in await talk.say("/role ai engineer")


async def test_the_first_answer_ends_it(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.say(letter(await talk.opened()))
        await go_away(talk)
        shown = await talk.say("tomorrow", "tomorrow", "tomorrow")
        verdict = await talk.say(letter(shown))
        assert "2 in a row, 1 freeze" in verdict
        assert SAID not in verdict
        # From here on rounds count again: two skipped are more than one freeze.
        await talk.say("tomorrow", "tomorrow", "tomorrow")
        assert "A streak of 2 ended" in await talk.say("/progress")


async def test_it_ends_after_thirty_days_by_itself(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.say(letter(await talk.opened()))
        await go_away(talk)
        for days in (9, 9, 9, 2):
            shown = await talk.say(f":tick {days}d")
            await talk.say(":as ben", letter(shown), ":as you")  # ten unanswered ones would pause it
        progress = await talk.say("/progress")
        assert SAID in progress
        assert "1 in a row, 1 freeze" in progress
        await talk.say(":tick 4d")
        progress = await talk.say("/progress")
        assert SAID not in progress
        assert "A streak of 1 ended" in progress


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("2026-11-30", "You are away until Mon 30 Nov 00:00"),
        ("2026-12-23", "You are away until Wed 23 Dec 00:00"),
        ("2026-12-24", "Wednesday 23 December is the latest date"),
        ("2026-11-23", "ends after today"),
    ],
)
async def test_it_ends_on_a_date_within_thirty_days(tmp_path: Path, typed: str, told: str) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.say(letter(await talk.opened()))
        await talk.press("Until a date", await go_away(talk))
        assert told in await talk.say(typed)
        if "You are away" not in told:
            assert "You are away until Tue 24 Nov 00:00" in await talk.say("tomorrow")


async def test_a_date_makes_it_shorter(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.say(letter(await talk.opened()))
        await talk.press("Until a date", await go_away(talk))
        await talk.say("2026-11-25")
        await talk.say("tomorrow", "tomorrow")
        assert SAID not in await talk.say("/progress")
        await talk.say("tomorrow", "tomorrow")
        assert "A streak of 1 ended" in await talk.say("/progress")


async def test_three_days_back_are_the_most(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.say(letter(await talk.opened()))
        choices = await talk.press("Away", await talk.say("/progress"))
        assert "Since three days ago" in choices
        assert "four days" not in choices
