"""Every rule of the streak, told through the terminal."""

from __future__ import annotations

import re
from pathlib import Path

from tests.dialogues.telling import Dialogue, dialogue, letter


async def answer_days(talk: Dialogue, shown: str, number: int) -> str:
    """Answer a question a day; what the last verdict says, standing on the day after."""
    verdict = ""
    for _ in range(number):
        verdict = await talk.say(letter(shown))
        shown = await talk.say("tomorrow")
    return verdict + "\n\n" + shown


async def test_a_week_earns_a_freeze(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        shown = await answer_days(talk, await talk.opened(), 6)
        assert "6 in a row, 1 freeze" in shown
        seventh = await talk.say(letter(shown))
        assert "7 in a row, 2 freezes" in seventh


async def test_a_freeze_covers_a_skipped_question_and_the_streak_does_not_grow_by_it(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await answer_days(talk, await talk.opened(), 3)
        shown = await talk.say("tomorrow")
        progress = await talk.say("/progress")
        assert "3 in a row, 0 freezes" in progress
        assert "1 round missed; a freeze covers it" in progress
        back = await talk.say(letter(shown))
        assert "4 in a row, 0 freezes" in back
        assert "Welcome back. 1 question went by; 1 freeze covered it and your streak goes on." in back
        assert "covered by a freeze" in await talk.say("/progress history")


async def test_a_gap_larger_than_the_freezes_ends_the_streak_and_spends_none(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await answer_days(talk, await talk.opened(), 3)
        await talk.say("tomorrow")
        shown = await talk.say("tomorrow")
        progress = await talk.say("/progress")
        assert "0 in a row, 1 freeze" in progress
        assert "A streak of 3 ended" in progress
        back = await talk.say(letter(shown))
        assert "1 in a row, 1 freeze" in back
        assert "Your last ran to 3, your best is 3." in back
        assert "best 3" in back
        history = await talk.say("/progress history")
        assert history.count("skipped") == 2


async def test_missed_questions_can_be_caught_up_in_private(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await answer_days(talk, await talk.opened(), 1)
        await talk.say("tomorrow")
        shown = await talk.say("tomorrow")
        back = await talk.say(letter(shown))
        practice = await talk.press("Catch up", back)
        assert "From the questions that went by." in practice, "the answer of the other one stands on the post"
        judged = await talk.say(letter(practice))
        assert "Take away" in judged
        assert "2 answered" in await talk.say("/progress"), "practice is no answer"


async def test_away_makes_rounds_neutral(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await answer_days(talk, await talk.opened(), 2)
        asked = await talk.press("Away", await talk.say("/progress"))
        begun = await talk.press("From now on", asked)
        assert "neutral" in begun
        await talk.say("tomorrow", "tomorrow", "tomorrow")
        progress = await talk.say("/progress")
        assert "You are away" in progress
        await talk.press("I am back", progress)
        shown = await talk.say("tomorrow")
        assert "3 in a row" in await talk.say(letter(shown))
        assert "you were away" in await talk.say("/progress history")


async def test_away_since_three_days_ago_never_revives_a_streak_that_has_ended(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await answer_days(talk, await talk.opened(), 2)
        await talk.say("tomorrow", "tomorrow")
        shown = await talk.say("tomorrow")
        assert "A streak of 2 ended" in await talk.say("/progress")
        asked = await talk.press("Away", await talk.say("/progress"))
        begun = await talk.press("Since three days ago", asked)
        assert "It begins after the question that ended your last streak." in begun
        assert "A streak of 2 ended" in await talk.say("/progress")
        assert "1 in a row" in await talk.say(letter(shown)), "answering while away counts and starts a new streak"


async def test_away_since_yesterday_covers_yesterdays_question_at_any_hour(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.say(letter(await talk.opened()))
        await talk.say("tomorrow", "tomorrow")  # questions come at midnight, and now it is eight
        assert "1 round missed; a freeze covers it" in await talk.say("/progress")
        await talk.press("Since yesterday", await talk.press("Away", await talk.say("/progress")))
        assert "1 in a row, 1 freeze" in await talk.say("/progress"), "no freeze is spent on it"
        assert (await talk.say("/progress history")).count("you were away") == 1


async def test_away_can_begin_up_to_three_days_back(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await answer_days(talk, await talk.opened(), 2)
        shown = await talk.say("tomorrow")
        assert "freeze covers it" in await talk.say("/progress")
        asked = await talk.press("Away", await talk.say("/progress"))
        await talk.press("Since two days ago", asked)
        assert "2 in a row, 1 freeze" in await talk.say("/progress"), "no freeze is spent on it"
        await talk.say("tomorrow", "tomorrow")
        assert "2 in a row, 1 freeze" in await talk.say("/progress")
        assert "3 in a row, 1 freeze" in await talk.say(letter(await talk.say("tomorrow")))
        assert shown


async def test_a_withdrawn_question_costs_nobody_anything(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        shown = await talk.opened()
        await talk.say(letter(shown))
        shown = await talk.say("tomorrow")
        await talk.say(":as ana", letter(shown), ":as you")
        panel = await talk.press("Change #general", await talk.say("/config"))
        asked = await talk.press("Withdraw open question", panel)
        assert "Fewer than two answered" in asked
        done = await talk.press("Withdraw it", asked)
        assert "Withdrawn" in done
        shown = await talk.say("tomorrow")
        assert "withdrawn" in await talk.say("/progress history")
        verdict = await talk.say(letter(shown))
        assert "2 in a row, 1 freeze" in verdict, "the withdrawn round is no gap"
        await talk.say(":as ana")
        ana = await talk.say("/progress")
        assert "1 in a row" in ana
        assert "withdrawn" not in ana
        assert "answered, right" in await talk.say("/progress history")


async def test_seven_days_lived_at_once_post_each_date(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.opened()
        lived = await talk.say(":tick 7d")
        assert lived.count("Posted in #general") == 7
        assert "Question 8" in lived


async def test_streaks_of_two_people_are_apart(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        shown = await talk.opened()
        await talk.say(letter(shown), ":as ana", letter(shown))
        shown = await talk.say("tomorrow")
        await talk.say(letter(shown))
        shown = await talk.say("tomorrow")
        ana = await talk.say(letter(shown))
        assert "3 in a row" in ana
        await talk.say(":as you")
        you = await talk.say(letter(shown))
        assert "2 in a row, 0 freezes" in you
        # Neither the open question nor the one before is counted on a board.
        await talk.say("tomorrow", "tomorrow")
        board = await talk.say("/leaderboard")
        assert re.search(r"1\. +ana 3\n +2\. +you 2", board)
        assert "Every round so far: ana" in board
