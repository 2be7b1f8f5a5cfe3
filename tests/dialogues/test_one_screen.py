"""At the terminal a reply fits 24 rows of 80 columns; what does not waits for Enter, and all of it comes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.dialogues.telling import TellingScreen, dialogue, letter

ROWS = 24
WAITS = "[Enter] "


class SmallScreen(TellingScreen):
    """Eighty columns and 24 rows, one of which is the prompt."""

    def width(self) -> int:
        return 80

    def rows(self) -> int | None:
        return ROWS - 1


class LongScreen(SmallScreen):
    """Rows without end."""

    def rows(self) -> int | None:
        return None


ASKED = (
    "/help",
    "/role",
    "/role genai engineer",
    "/role ai engineer vs ml engineer",
    "/roadmap",
    "/roadmap 3",
    "/find rag",
    "/find",
    "interview questions",
    "/privacy",
    "/privacy export",
    "/config",
)
IN_ONE = (
    "/role",
    "/role genai engineer",
    "/role versus:ai engineer",
    "titles",
    "/daily",
    "/quiz rag",
    "/find rag",
    "/find how do i get a job",
    "/find",
    "terms",
    "interview questions",
    "myths",
)
"""What is made to fit without waiting."""


@pytest.mark.parametrize("asked", ASKED)
async def test_a_reply_comes_a_screen_at_a_time(tmp_path: Path, asked: str) -> None:
    async with dialogue(tmp_path / "long.db", screen=LongScreen()) as talk:
        await talk.opened()
        whole = (await talk.say(asked)).splitlines()
    async with dialogue(tmp_path / "small.db", screen=SmallScreen()) as talk:
        await talk.opened()
        pages = [(await talk.say(asked)).splitlines()]
        while pages[-1][-1].startswith(WAITS):
            pages.append((await talk.say("")).splitlines())
        assert (await talk.say("")) == "", "nothing more waits"
    assert all(len(page) < ROWS for page in pages)
    assert [line for page in pages for line in page if not line.startswith(WAITS)] == whole


@pytest.mark.parametrize("asked", IN_ONE)
async def test_lists_and_questions_fit_without_waiting(tmp_path: Path, asked: str) -> None:
    async with dialogue(tmp_path / "small.db", screen=SmallScreen()) as talk:
        await talk.opened()
        assert WAITS not in await talk.say(asked)


async def test_what_waits_is_pressed_by_its_number_and_dropped_by_anything_else(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "small.db", screen=SmallScreen()) as talk:
        opened = await talk.opened()
        assert WAITS in await talk.say("/help")
        assert "Question 1" in await talk.say("1"), "a button further down can be pressed at once"
        assert WAITS in await talk.say("/help")
        await talk.say(letter(opened))
        assert "How this works" not in await talk.say("")
