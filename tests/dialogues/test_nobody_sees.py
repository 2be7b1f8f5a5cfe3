"""Nobody sees what a member chose: a member, or a manager, who looks at everything and compares two screens."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.dialogues.telling import Dialogue, dialogue, letter

FIVE = ("ana", "ben", "cem", "dee", "eli")


async def everybody(talk: Dialogue, choices: str) -> None:
    """Each of up to five people presses a letter."""
    for name, choice in zip(FIVE, choices, strict=False):
        await talk.say(f":as {name}", choice)


@pytest.mark.parametrize("alike", ["all right", "all the same wrong one", "nobody right", "nobody knew"])
async def test_votes_that_would_tell_what_each_one_chose_stay_hidden(tmp_path: Path, alike: str) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        opened = await talk.opened()
        key = letter(opened)
        wrong, other, *_ = (each for each in "ABCD" if each != key)
        if alike == "nobody knew":
            for name in FIVE:
                await talk.say(f":as {name}")
                await talk.press("Don't know", await talk.say("/daily"))
        else:
            await everybody(talk, {"all right": 5 * key, "nobody right": 3 * wrong + 2 * other}.get(alike, 5 * wrong))
        next_day = await talk.say("tomorrow")
        reveal = next_day.split("Question 2")[0]
        assert "Votes stay hidden" in reveal
        for telling in ("had it", "Many chose", "5 answers", " votes, "):
            assert telling not in next_day, telling
        assert "was in" not in next_day


@pytest.mark.parametrize("right", [1, 4])
async def test_one_who_was_alone_in_it_learns_nothing_of_the_others(tmp_path: Path, right: int) -> None:
    """The one who was right would know that all the others were not, and the other way round."""
    async with dialogue(tmp_path / "chat.db") as talk:
        opened = await talk.opened()
        await everybody(talk, right * letter(opened) + (5 - right) * letter(opened, right=False))
        next_day = await talk.say("tomorrow")
        assert "Votes stay hidden" in next_day
        assert "had it" not in next_day


async def test_votes_of_four_stay_hidden_and_those_of_five_are_shown(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        opened = await talk.opened()
        await everybody(talk, 2 * letter(opened) + 2 * letter(opened, right=False))
        next_day = await talk.say("tomorrow")
        assert "Votes stay hidden" in next_day
        assert "had it" not in next_day
        await everybody(talk, 3 * letter(next_day) + 2 * letter(next_day, right=False))
        following = await talk.say("tomorrow")
        assert "(right): 3 votes, 60 %" in following
        assert "3 of 5 had it." in following


async def test_a_manager_who_looks_while_people_answer_learns_no_choice(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "right.db") as talk, dialogue(tmp_path / "wrong.db") as other:
        screens = []
        for each, right in ((talk, True), (other, False)):
            opened = await each.opened()
            await each.press("Also by right answers", await each.say("/config"))
            seen = []
            for name in FIVE:
                await each.say(f":as {name}", letter(opened, right=right), ":as you")
                panel = await each.press("Change #general", await each.say("/config"))
                seen += [
                    panel,
                    await each.press("Withdraw open question", panel),
                    await each.press("Health", await each.say("/config")),
                    await each.say("/leaderboard"),
                    await each.say("/help"),
                ]
            screens.append(seen)
        assert screens[0] == screens[1]


def named(board: str) -> str:
    """The board without the reader's own line."""
    return "\n".join(line for line in board.splitlines() if not line.startswith("You:"))


async def test_a_board_tells_nothing_of_the_open_question_or_the_one_before(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        shown = await talk.opened()
        await talk.press("Also by right answers", await talk.say("/config"))
        for day in range(12):
            before = named(await talk.say(":as you", "/leaderboard"))
            for name in FIVE:
                # The longer one's name, the more often one answers, and now and then wrong.
                if (day * len(FIVE) + FIVE.index(name)) % 4:
                    await talk.say(f":as {name}", letter(shown, right=(day + FIVE.index(name)) % 3 > 0))
                    assert named(await talk.say(":as you", "/leaderboard")) == before, "somebody answered"
            shown = await talk.say("tomorrow")
        assert "Longest running streaks" in before


async def test_withdrawing_the_open_question_names_nobody_any_sooner(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        shown = await talk.opened()
        for name in FIVE[:3]:
            await talk.say(f":as {name}", letter(shown))
        await talk.say("tomorrow", ":as you")
        before = await talk.say("/leaderboard")
        assert "Nothing is counted yet" in before
        panel = await talk.press("Change #general", await talk.say("/config"))
        await talk.press("Withdraw it", await talk.press("Withdraw open question", panel))
        assert await talk.say("/leaderboard") == before, "the question that just closed is counted no sooner"
        await talk.say("tomorrow")
        assert "Every round so far: ana, ben, cem" in await talk.say("/leaderboard")


async def test_a_board_shows_streaks_as_they_were_when_what_it_counts_had_closed(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        shown = await talk.opened()
        lengths = {}
        for day in range(1, 10):
            # Ana misses two, which ends her streak, and starts a new one; Ben goes on.
            for name in ("ben",) if day in (4, 5) else ("ana", "ben"):
                await talk.say(f":as {name}", letter(shown))
            board = await talk.say(":as you", "/leaderboard")
            lengths[day] = re.findall(r"(?:ana|ben) \d+", board)
            shown = await talk.say("tomorrow")
        assert lengths == {
            1: [],
            2: [],
            3: [],
            4: ["ana 2", "ben 2"],
            5: ["ana 3", "ben 3"],
            6: ["ben 4", "ana 3"],  # a freeze covers the first she missed
            7: ["ben 5"],
            8: ["ben 6"],
            9: ["ben 7", "ana 2"],
        }


async def test_a_board_by_right_answers_never_tells_that_all_were_right_or_none(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        shown = await talk.opened()
        await talk.press("Also by right answers", await talk.say("/config"))
        for day in range(9):
            for name, right in zip(FIVE, (7, 6, 5, 1, 0), strict=True):
                await talk.say(f":as {name}", letter(shown, right=day < right))
            shown = await talk.say("tomorrow")
        board = (await talk.say("/leaderboard")).split("Right answers")[1]
        assert re.findall(r"(\d)\. +(\w+) (\d\+)", board) == [
            ("1", "ana", "6+"), ("1", "ben", "6+"), ("3", "cem", "5+"),
        ]  # fmt: skip
        assert "dee" not in board
        assert "eli" not in board


async def _week(talk: Dialogue, shown: str, days: int) -> tuple[str, str]:
    """Days on which three of five are right; what was posted and revealed, and what stands there now."""
    seen = ""
    for _ in range(days):
        await everybody(talk, 3 * letter(shown) + 2 * letter(shown, right=False))
        shown = await talk.say("tomorrow")
        seen += shown
    return seen, shown


async def test_right_answers_are_on_a_board_or_votes_are_shown_but_never_both(tmp_path: Path) -> None:
    """With both, sums of rows and of columns are known, and often only one table has them."""
    async with dialogue(tmp_path / "chat.db") as talk:
        revealed, shown = await _week(talk, await talk.opened(), 4)
        assert revealed.count("3 of 5 had it.") == 4
        await talk.press("Also by right answers", await talk.say(":as you", "/config"))
        assert "by right answers; votes stay hidden" in await talk.say("/config")
        for full_weeks in (0, 1):
            revealed, shown = await _week(talk, shown, 7)
            assert "had it" not in revealed
            assert " votes, " not in revealed
            board = await talk.say(":as you", "/leaderboard")
            assert ("Right answers in the week" in board) == bool(full_weeks), "of the first week votes were shown"
        assert "ana 6+" in board
        await talk.press("Not by right answers", await talk.say("/config"))
        assert "Right answers" not in await talk.say("/leaderboard")
        revealed, _ = await _week(talk, shown, 1)
        assert "3 of 5 had it." in revealed


async def test_a_week_with_a_withdrawn_question_is_on_no_board_by_right_answers(tmp_path: Path) -> None:
    """An old panel withdraws a question at any time; what the board says less then would have been right there."""
    async with dialogue(tmp_path / "chat.db") as talk:
        shown = await talk.opened()
        await talk.press("Also by right answers", await talk.say("/config"))
        _, shown = await _week(talk, shown, 2)
        panel = await talk.press("Change #general", await talk.say(":as you", "/config"))
        await talk.press("Withdraw it", await talk.press("Withdraw open question", panel))
        _, shown = await _week(talk, await talk.say("tomorrow"), 6)
        assert "Right answers" not in await talk.say(":as you", "/leaderboard")
        await _week(talk, shown, 7)
        assert "Right answers in the week of Mon 30 Nov" in await talk.say(":as you", "/leaderboard")


async def test_a_board_leaves_out_who_is_away_and_their_return_tells_of_no_answer(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        shown = await talk.opened()
        for _ in range(4):
            await talk.say(":as ana", letter(shown), ":as ben", letter(shown))
            shown = await talk.say("tomorrow")
        assert "ana" in await talk.say(":as you", "/leaderboard")
        away = await talk.say(":as ana", "/progress")
        await talk.press("From now on", await talk.press("Away", away))
        assert "ana" not in await talk.say(":as you", "/leaderboard")
        shown = await talk.say("tomorrow")
        await talk.say(":as ana", letter(shown), ":as ben", letter(shown))
        assert "ana" not in await talk.say(":as you", "/leaderboard"), "that she is back would tell that she answered"
        for _ in range(2):
            shown = await talk.say("tomorrow")
            await talk.say(":as ana", letter(shown), ":as ben", letter(shown))
        assert "ana" in await talk.say(":as you", "/leaderboard")
