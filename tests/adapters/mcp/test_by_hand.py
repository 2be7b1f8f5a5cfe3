"""People do some things themselves, and no program does them: answer the daily question, manage, share, delete."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.adapters.mcp.face import LEFT_TO_PEOPLE
from bot.app.features import all_commands
from bot.commands.declare import Handler
from bot.replies.around import via
from bot.replies.routes import decode, route
from tests.adapters.mcp.program import STREAMS, Program, buttons, program

REGISTRY = all_commands()
BY_HAND = {"ans", "forget-yes", "share-role"}
MANAGERS = {name for name, made in REGISTRY.presses.items() if made.manager}


def kept(database: Path, table: str) -> int:
    with closing(sqlite3.connect(database)) as read:
        (count,) = read.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(count)


async def answers_of(one: Program) -> list[str]:
    """The buttons with which people answer today's question."""
    more = decode(buttons(await one.call("daily"))["More"])
    ways = [route("ans", *more.args, option) for option in "abcd-"]
    return [way.text for way in (*ways, via(more, ways[0]))]


@pytest.mark.parametrize("mode", STREAMS)
async def test_no_tool_answers_the_daily_question(tmp_path: Path, mode: str) -> None:
    database = tmp_path / "chat.db"
    async with program(database, mode) as one:
        assert [await one.press(button) for button in await answers_of(one)] == [LEFT_TO_PEOPLE] * 6
        assert "You have not answered a daily question here yet." in await one.call("progress")
    assert kept(database, "answers") == 0


async def test_nothing_that_can_be_pressed_answers_or_deletes_or_shares(tmp_path: Path) -> None:
    database = tmp_path / "chat.db"
    pressed: list[Handler] = []
    async with program(database) as one:
        *tools, _ = await one.tools()
        shown = [button for tool in tools for button in buttons(await one.call(tool.name)).values()]
        while shown:
            button = shown.pop(0)
            handler = REGISTRY.behind(button)
            assert handler is not None
            if pressed.count(handler) < 2:
                pressed.append(handler)
                shown += buttons(await one.press(button)).values()
    assert {"sit", "turn", "mark", "away-since", "forget", "export"} <= {handler.name for handler in pressed}
    assert not any(handler.by_hand or handler.manager for handler in pressed)
    assert (kept(database, "answers"), kept(database, "members"), kept(database, "rounds")) == (0, 1, 1)


async def test_todays_question_is_shown_without_its_letters(tmp_path: Path) -> None:
    async with program(tmp_path / "chat.db") as one:
        await one.call("help")
        today = await one.call("daily")
    assert today.endswith("Only by hand, with `studybot chat`: A, B, C, D, Don't know")
    assert buttons(today) == {}


def test_what_is_left_to_people_is_declared_with_it() -> None:
    assert {name for name, made in REGISTRY.presses.items() if made.by_hand} == BY_HAND


async def test_a_press_that_is_left_to_people_says_so(tmp_path: Path) -> None:
    async with program(tmp_path / "chat.db") as one:
        for name in BY_HAND | MANAGERS:
            assert await one.press(f"sb1:{name}:1") == LEFT_TO_PEOPLE, name


async def test_no_command_of_managers_is_there(tmp_path: Path) -> None:
    async with program(tmp_path / "chat.db") as one:
        await one.call("help")
        assert "There is no command /config." in await one.call("config", time="10:00")
        assert await one.press("sb1:run:config:time=10:00") == LEFT_TO_PEOPLE
        assert "config" not in await one.call("help")


async def test_a_form_is_filled_in_by_hand(tmp_path: Path) -> None:
    async with program(tmp_path / "chat.db") as one:
        asked = await one.press(buttons(await one.call("progress"))["Away"])
        begun = await one.press(buttons(asked)["From now on"])
        form = await one.press(buttons(begun)["Until a date"])
    assert "Away until is a form, to be filled in by hand, with `studybot chat`." in form
