"""Nobody sees what a member chose: a member, or a manager, who looks at everything and compares two screens."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.dialogues.telling import Dialogue, dialogue, letter

FIVE = ("ana", "ben", "cem", "dee", "eli")


async def everybody(talk: Dialogue, choices: str) -> None:
    """Each of five people presses a letter."""
    for name, choice in zip(FIVE, choices, strict=True):
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
        for telling in (" %", "had it", "Many chose", "5 answers", " votes, "):
            assert telling not in next_day, telling
        assert "was in" not in next_day


async def test_votes_of_four_stay_hidden_and_those_of_five_are_shown(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        opened = await talk.opened()
        await talk.say(letter(opened, right=False))
        for name in FIVE[:3]:
            await talk.say(f":as {name}", letter(opened))
        next_day = await talk.say("tomorrow")
        assert "Votes stay hidden" in next_day
        assert "had it" not in next_day
        await everybody(talk, 4 * letter(next_day) + letter(next_day, right=False))
        following = await talk.say("tomorrow")
        assert "(right): 4 votes, 80 %" in following
        assert "4 of 5 had it." in following


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
