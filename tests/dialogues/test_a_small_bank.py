"""A group that studies something else, with questions and no shelf beside them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.config import Settings
from tests.catalog.biology import biology
from tests.dialogues.telling import Dialogue, dialogue

OURS = ("generative", "/roadmap", "/role", "] Roles", "] Roadmap")


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Dialogue]:
    database = tmp_path / "chat.db"
    settings = Settings(database_url=f"sqlite:///{database}", content_dir=biology(tmp_path / "biology"))
    async with dialogue(database, settings=settings) as talk:
        yield talk


async def test_it_is_asked_and_told_in_its_own_words(talk: Dialogue) -> None:
    assert "Cell division, easy." in await talk.opened()
    assert "One question a day on the biology of the cell." in await talk.say("/help")
    assert "Mitosis makes two alike." in await talk.say("A")


async def test_what_needs_a_shelf_that_is_not_there_is_offered_nowhere(talk: Dialogue) -> None:
    opened = await talk.opened()
    for said in (await talk.press("More", opened), await talk.say("/help")):
        assert "Practise" in said
        assert [word for word in OURS if word in said] == []


@pytest.mark.parametrize("line", ["what should I learn next", "/roadmp", "/find xylophone", "A"])
async def test_no_answer_leads_to_a_shelf_that_is_not_there(line: str, talk: Dialogue) -> None:
    await talk.opened()
    said = await talk.say(line)
    assert [word for word in (*OURS, "My next step") if word in said] == []


@pytest.mark.parametrize("line", ["/role", "/role nurse", "role nurse vs midwife", "/roadmap", "/roadmap step:3"])
async def test_what_is_typed_all_the_same_is_answered_with_a_sentence(talk: Dialogue, line: str) -> None:
    await talk.opened()
    what = "roles" if "role" in line else "a roadmap"
    assert f"The questions here come without {what}, so there is no /" in await talk.say(line)
