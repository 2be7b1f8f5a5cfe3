"""The tools are the commands of members, as declared; what they say is what people read."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.app.features import all_commands
from tests.adapters.mcp.program import STREAMS, buttons, program
from tests.dialogues.telling import CATALOG, dialogue, letter

MEMBERS = {name: handler for name, handler in all_commands().commands.items() if not handler.manager}


async def test_the_tools_are_what_members_can_ask_and_a_press(tmp_path: Path) -> None:
    async with program(tmp_path / "chat.db") as one:
        *tools, press = await one.tools()
    assert [tool.name for tool in tools] == list(MEMBERS)
    assert press.name == "press"
    assert press.input_schema["required"] == ["button"]
    for tool, handler in zip(tools, MEMBERS.values(), strict=True):
        assert tool.description == handler.summary
        assert list(tool.input_schema["properties"]) == [option.name for option in handler.options]
        assert tool.input_schema["required"] == [option.name for option in handler.options if option.required]


async def test_an_option_is_told_with_its_limits_and_choices(tmp_path: Path) -> None:
    async with program(tmp_path / "chat.db") as one:
        quiz = next(tool for tool in await one.tools() if tool.name == "quiz").input_schema["properties"]
    assert quiz["topic"] == {"type": "string", "description": "What to practise, such as rag"}
    assert quiz["level"]["enum"] == ["easy", "medium", "hard"]
    assert (quiz["count"]["type"], quiz["count"]["minimum"], quiz["count"]["maximum"]) == ("integer", 1, 20)


@pytest.mark.parametrize("mode", STREAMS)
async def test_a_role_is_looked_up_and_compared(tmp_path: Path, mode: str) -> None:
    async with program(tmp_path / "chat.db", mode) as one:
        assert "Builds retrieval (RAG) systems." in await one.call("role", name="ai engineer")
        assert "AI Engineer or Prompt Engineer" in await one.call("role", name="ai engineer", versus="prompt engineer")


async def test_an_unknown_name_is_met_with_the_nearest(tmp_path: Path) -> None:
    async with program(tmp_path / "chat.db") as one:
        await one.call("help")  # after the first call nothing more came meanwhile
        nearest = await one.call("quiz", count=99)
        assert nearest.startswith("'99' is not a whole number from 1 to 20.")
        assert "20 more" not in await one.press(buttons(nearest)["20"])
        assert "takes topic, level, count, only, role, step" in await one.call("quiz", depth=1)
        assert "There is no command /conquer." in await one.call("conquer")


async def test_a_practice_question_is_asked_answered_and_followed_by_the_next(tmp_path: Path) -> None:
    async with program(tmp_path / "chat.db") as one:
        await one.call("help")
        asked = await one.call("quiz", topic="rag", count=2)
        question = next(question for question in CATALOG.questions if question.stem in asked)
        shown = {line[2:]: line[0] for line in asked.splitlines() if line[1:2] == " "}
        wrong = next(option for option in question.options if not option.correct)
        verdict = await one.press(buttons(asked)[shown[wrong.text]])
        assert verdict.startswith("Not this one")
        assert f"The answer is {shown[question.key.text]}, {question.key.text}" in verdict
        assert (await one.press(buttons(verdict)["Next, 2 of 2"])).startswith("Practice")
        assert "Practice: 0 of 1 right. 1 question to review" in await one.call("progress")


async def test_it_speaks_for_the_person_of_the_terminal_and_lives_in_their_time(tmp_path: Path) -> None:
    database = tmp_path / "chat.db"
    async with dialogue(database) as talk:
        await talk.say(letter(await talk.opened()))
        await talk.say("tomorrow")
    async with program(database) as one:
        assert "1 answered" in await one.call("progress")
        assert (await one.call("daily")).startswith("Question 2")


async def test_what_came_meanwhile_is_told_once(tmp_path: Path) -> None:
    async with program(tmp_path / "chat.db") as one:
        assert (await one.call("progress")).startswith("This came meanwhile:\n\nQuestion 1")
        assert (await one.call("progress")).startswith("Your progress")
