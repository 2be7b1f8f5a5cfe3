"""The first mornings of somebody new, told through the terminal."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from tests.dialogues.telling import MONDAY, dialogue, letter


async def test_a_question_waits_and_is_judged_privately(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        opened = await talk.opened()
        assert "Posted in #general" in opened
        assert "Question 1" in opened
        assert str(tmp_path / "chat.db") in opened.replace("\n", "")
        verdict = await talk.say(letter(opened))
        assert "Only you see this" in verdict
        assert "Right" in verdict
        assert "1st to answer, 1 in a row, 1 freeze. 1 answered, 1 of 1 this week, best 1." in verdict
        assert "Welcome. This was your first answer here." in verdict
        assert "Take away:" in verdict
        assert "Source:" in verdict
        assert "Try: tomorrow" in verdict


async def test_a_wrong_answer_is_explained_and_comes_again(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        opened = await talk.opened()
        wrong = letter(opened, right=False)
        verdict = await talk.say(wrong)
        assert "Not this one" in verdict
        assert f"You chose {wrong}" in verdict
        assert f"The answer is {letter(opened)}" in verdict
        assert "You had this one wrong before." not in await talk.say("next"), "its answer is on the screen"
        await talk.say("tomorrow", "tomorrow")
        practice = await talk.say("/quiz")
        assert "You had this one wrong before." in practice
        again = await talk.say(letter(practice))
        assert "Off your review list." in again


async def test_pressing_again_shows_the_choice_that_stands(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        opened = await talk.opened()
        first, second = letter(opened, right=False), letter(opened)
        await talk.say(first)
        verdict = await talk.say(second)
        assert f"You chose {first}" in verdict
        assert "That stands" in verdict
        assert "1 answered" in verdict
        assert "to answer" not in verdict
        assert "That stands" in await talk.say("/daily")


async def test_the_next_day_reveals_the_last(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        opened = await talk.opened()
        key = letter(opened)
        await talk.say(key)
        next_day = await talk.say("tomorrow")
        assert "Question 1, closed" in next_day
        assert "(right)" in next_day
        assert "Votes stay hidden" in next_day
        assert "Question 2" in next_day
        assert f"Monday's answer: {key}," in next_day
        assert "2 in a row" in await talk.say(letter(next_day))


async def test_a_press_on_a_closed_question_counts_nothing(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.opened()
        await talk.say(":as ana", "tomorrow", ":as you")
        late = await talk.say("/progress")
        assert "You have not answered a daily question here yet." in late


async def test_dont_know_keeps_the_streak_and_marks_nothing_wrong(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.opened()
        more = await talk.say("1")
        verdict = await talk.press("Don't know", more)
        assert "Now you know" in verdict
        assert "You said you did not know. Nothing is marked wrong." in verdict
        assert "1 in a row" in verdict
        history = await talk.say("/progress history")
        assert "answered, did not know" in history


async def test_i_guessed_brings_the_question_again(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        opened = await talk.opened()
        verdict = await talk.say(letter(opened))
        noted = await talk.press("I guessed", verdict)
        assert "It will come again in practice" in noted.replace("it will", "It will")
        assert "1 question to review" in await talk.say("/progress")
        await talk.say("tomorrow", "tomorrow")
        assert "You guessed this one before." in await talk.say("/quiz")


async def test_five_answers_show_votes_in_words_and_numbers(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        opened = await talk.opened()
        key, slip = letter(opened), letter(opened, right=False)
        for name, choice in zip(("ana", "ben", "cem", "dee", "eli"), (key, key, key, slip, slip), strict=True):
            await talk.say(f":as {name}", choice)
        revealed = await talk.say("tomorrow")
        assert "(right): 3 votes, 60 %" in revealed
        assert ": 2 votes, 40 %" in revealed
        assert f"Many chose {slip}," in revealed
        assert "3 of 5 had it." in revealed
        assert "5 answers." in revealed


async def test_the_state_survives_closing_and_opening(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        opened = await talk.opened()
        await talk.say(letter(opened), "tomorrow")
    async with dialogue(tmp_path / "chat.db") as talk:
        opened = await talk.opened()
        assert "ahead of the real clock" in opened
        assert "Posted in" not in opened, "each local date has its question once"
        shown = await talk.say("/daily")
        assert "Question 2" in shown
        assert "2 in a row" in await talk.say(letter(shown))


async def test_nonsense_gets_a_sentence(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.opened()
        assert "There is no command /blorp" in await talk.say("/blorp")
        assert "Did you mean one of these?" in await talk.say("what is this")
        assert "xyzzy quux" in await talk.say("xyzzy quux")
        assert "ends at" in await talk.say("99")
        assert "A command is missing" in await talk.say("/")
        assert "Nothing found" in await talk.say("x" * 5000)
        assert "help" in await talk.say("?")


async def test_days_away_from_the_terminal_cost_nothing(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.say(letter(await talk.opened()))
    async with dialogue(tmp_path / "chat.db", now=MONDAY + timedelta(days=5, hours=12)) as talk:
        opened = await talk.opened()
        assert opened.count("Posted in #general") == 1
        assert "not posted" not in opened
        assert "2 in a row, 1 freeze" in await talk.say(letter(opened))


async def test_opened_again_today_it_shows_the_question_and_then_the_verdict(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        opened = await talk.opened()
    async with dialogue(tmp_path / "chat.db") as talk:
        again = await talk.opened()
        assert "First press counts" in again
        assert letter(again) == letter(opened)
        await talk.say(letter(again))
    async with dialogue(tmp_path / "chat.db") as talk:
        assert "That stands" in await talk.opened()
        told = await talk.say(letter(opened))
        assert "Your answer to today's question stands." in told
        assert "No question has been shown" not in told


async def test_what_stands_on_a_button_can_be_typed(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.opened()
        more = await talk.say("More")
        assert "Answer privately" in more
        assert "How this works" in await talk.say("how this works")
        assert "Practice" in await talk.say("practice")
        assert "Change #general" in await talk.say("skip next")
        assert "/config" in await talk.say("/help")
        await talk.say(":manager off")
        assert "/config" not in await talk.say("/help")
        assert "AI/ML" not in await talk.say("/role AI/ML engineer")
