"""Under a verdict stands a word to know, and a press opens its entry."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.config import Settings
from tests.catalog.base import TEACHING, write
from tests.dialogues.telling import Dialogue, dialogue

SECOND = TEACHING.partition("questions:\n")[2].replace("rag-001", "rag-002").replace("last year's", "a dropped")
LINE = "Word to know: Embedding: A vector that stands for a text."


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Dialogue]:
    database = tmp_path / "chat.db"
    folder = write(tmp_path, {"questions/rag.yaml": TEACHING + SECOND})
    settings = Settings(database_url=f"sqlite:///{database}", content_dir=folder)
    async with dialogue(database, settings=settings) as talk:
        yield talk


@pytest.mark.parametrize("choice", ["A", "B", "C"])
async def test_every_verdict_names_it_and_a_press_tells_more(talk: Dialogue, choice: str) -> None:
    assert "Word to know" not in await talk.opened()
    verdict = await talk.say(choice)
    assert verdict.count(LINE) == 1
    assert verdict.index("Take away:") < verdict.index(LINE) < verdict.index("in a row")
    entry = await talk.press("More on this word", verdict)
    assert "Term: Embedding" in entry
    assert "Step: Large language models" in entry


async def test_it_stands_where_a_verdict_is_shown_again_and_in_practice(talk: Dialogue) -> None:
    await talk.opened()
    await talk.say("A")
    assert LINE in await talk.say("/daily")
    assert "Practice" in await talk.say("/quiz")
    practised = await talk.say("A")
    assert LINE in practised
    assert "Term: Embedding" in await talk.press("More on this word", practised)


async def test_the_reasons_and_the_reveal_do_without_it(talk: Dialogue) -> None:
    await talk.opened()
    verdict = await talk.say("A")
    assert "Word to know" not in await talk.press("Why not the others", verdict)
    assert "Word to know" not in await talk.say("tomorrow")
