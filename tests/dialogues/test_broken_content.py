"""One broken file of content never keeps the rest from being asked and told."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from bot.app.core import Broken, load_catalog
from bot.catalog.layout import LAYOUT
from bot.config import Settings
from tests.dialogues.telling import CATALOG, Dialogue, dialogue, letter
from tests.domain.samples import CONTENT

FILES = sorted(next(part.paths(CONTENT)).relative_to(CONTENT).as_posix() for part in LAYOUT)
ROLES = [role.name for role in CATALOG.roles]
LINES = [
    "/daily",
    "/quiz",
    "/quiz prompting",
    "/quiz rag hard",
    *(f"/role {name}" for name in ROLES[:3]),
    f"/role {ROLES[0]} vs {ROLES[1]}",
    "/roadmap",
    f"/roadmap {ROLES[0]}",
    *(f"/roadmap step:{step.title}" for step in CATALOG.steps[:3]),
    *(f"/find {word}" for word in ("rag", "salary", "token", "myth", "portfolio", "ethics", "interview", "finance")),
    "/progress",
    "/progress history",
    "/leaderboard",
    "/help",
    "/config",
]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    shutil.copytree(CONTENT, folder)
    return folder


def settings(content: Path, database: Path) -> Settings:
    return Settings(database_url=f"sqlite:///{database}", content_dir=content)


async def everything_is_told(talk: Dialogue) -> None:
    for line in LINES:
        said = await talk.say(line)
        assert "Sorry, that did not work" not in said, line
        for label in re.findall(r"\[\d+\] (Answer|More|Sources|Next steps|What next|Show all|See also)", said):
            assert "Sorry, that did not work" not in await talk.press(label, said), (line, label)


def holding(content: Path, question: str) -> Path:
    """The file a question stands in."""
    return next(path for path in content.glob("questions/*.yaml") if f"id: {question}\n" in path.read_text("utf-8"))


@pytest.mark.slow
@pytest.mark.parametrize("file", FILES)
async def test_a_file_that_cannot_be_read_is_left_out_and_said(content: Path, tmp_path: Path, file: str) -> None:
    (content / file).write_text("schema: 1\n\tthis: [is no YAML\n", encoding="utf-8")
    async with dialogue(tmp_path / "chat.db", settings=settings(content, tmp_path / "chat.db")) as talk:
        opened = await talk.opened()
        assert "Something is wrong in the content and was left out" in opened
        assert f"content/{file}:2:1 L01" in opened
        assert "[A]" in opened
        await everything_is_told(talk)
        assert re.search("Right|Not this one", await talk.say("tomorrow", "A"))


@pytest.mark.slow
@pytest.mark.parametrize("file", FILES)
async def test_a_file_that_is_not_there_is_left_out_and_said(content: Path, tmp_path: Path, file: str) -> None:
    (content / file).unlink()
    async with dialogue(tmp_path / "chat.db", settings=settings(content, tmp_path / "chat.db")) as talk:
        assert "[A]" in await talk.opened()
        await everything_is_told(talk)


async def test_an_item_that_names_what_is_not_there_is_left_out_alone(content: Path, tmp_path: Path) -> None:
    path = content / "questions" / "rag.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("topic: rag", "topic: rgg", 1), encoding="utf-8")
    catalog = load_catalog(content)
    gone = {question.id for question in CATALOG.questions} - {question.id for question in catalog.questions}
    assert len(gone) == 1
    assert len(catalog.left_out) == 1
    assert catalog.left_out[0].item_id in gone


async def test_what_is_open_is_judged_from_what_was_kept(content: Path, tmp_path: Path) -> None:
    database = tmp_path / "chat.db"
    async with dialogue(database, settings=settings(content, database)) as talk:
        asked = await talk.opened()
        right = letter(asked)
    (question,) = (one for one in CATALOG.questions if one.stem in asked)
    broken = holding(content, question.id)
    broken.write_text("schema: 1\n\tbroken", encoding="utf-8")
    async with dialogue(database, settings=settings(content, database)) as talk:
        await talk.opened()
        assert question.stem in await talk.say("/daily")
        verdict = await talk.say(right)
        assert "Right" in verdict
        assert question.takeaway in verdict
        closed = await talk.say("tomorrow")
        assert question.key.text in closed


async def test_a_daily_question_with_nothing_left_to_ask_pauses_and_its_manager_is_told(
    content: Path, tmp_path: Path
) -> None:
    database = tmp_path / "chat.db"
    async with dialogue(database, settings=settings(content, database)) as talk:
        await talk.opened()
        panel = await talk.press("Change #general", await talk.say("/config"))
        await talk.press("Topics and level", panel)
        assert "Saved." in await talk.say("rag", "all", "again")
    (content / "questions" / "rag.yaml").write_text("broken", encoding="utf-8")
    async with dialogue(database, settings=settings(content, database)) as talk:
        await talk.opened()
        told = await talk.say("tomorrow")
        assert "no question fits its topics and level now" in told
        assert "paused: no question fits its topics and level" in await talk.say("/config")


def test_content_without_any_question_is_refused_with_a_sentence(content: Path, tmp_path: Path) -> None:
    shutil.rmtree(content / "questions")
    with pytest.raises(Broken, match="no question that can be asked, so nothing was started"):
        load_catalog(content)
    with pytest.raises(Broken, match="the content folder is missing"):
        load_catalog(tmp_path / "nowhere")
