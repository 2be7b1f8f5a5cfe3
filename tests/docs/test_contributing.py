"""The samples of CONTRIBUTING.md do what it says of them, taken from there as they stand."""

from __future__ import annotations

import asyncio
import re
import shutil
import sys
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol

import pytest

from bot.adapters.discord.commands import payload
from bot.adapters.discord.commands import suggestions as on_discord
from bot.app.core import FixedDice
from bot.app.features import all_commands
from bot.authoring.check import check
from bot.catalog.communities import OneCatalog
from bot.cli.command_list import as_markdown
from bot.commands.dispatch import Answered, Dispatch
from bot.commands.parser import parse_line
from bot.commands.registry import Registry
from bot.domain.community import Platform
from bot.domain.identifiers import PlaceRef
from bot.ports.call import Call, Effect
from bot.ports.clock import Clock, Dice
from bot.replies.card import Card, Paragraph, Reply
from bot.replies.markup import as_text
from tests.dialogues.telling import CATALOG, MONDAY, FixedClock
from tests.docs.printed import blocks
from tests.domain.samples import CONTENT

CALL = Call(Platform.TERMINAL, "home", PlaceRef("here"), "me", MONDAY, seed=1)


def sample(language: str, holds: str) -> str:
    """The one block of a language that holds a text."""
    found = [block for name, block in blocks(language) if name == "CONTRIBUTING.md" and holds in block]
    assert len(found) == 1, f"{len(found)} blocks hold {holds!r}"
    return found[0]


@pytest.fixture
def imported(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], ModuleType]:
    """Import a sample under the name its first line says."""

    def load(text: str) -> ModuleType:
        path = re.match(r"# (bot/[\w/]+)\.py", text)
        assert path, text.partition("\n")[0]
        module = ModuleType(path[1].replace("/", "."))
        monkeypatch.setitem(sys.modules, module.__name__, module)
        exec(compile(text, f"{path[1]}.py", "exec"), vars(module))
        return module

    return load


class NoDatabase:
    """Storage that is not asked."""

    async def write(self, work: object) -> Any:
        raise AssertionError

    async def read(self, work: object) -> Any:
        raise AssertionError


async def nothing(_: Call, effects: tuple[Effect, ...]) -> Reply | None:
    assert not effects
    return None


async def no_manager(_: Call, __: bool) -> bool:
    return False


def dispatch(registry: Registry) -> Dispatch:
    return Dispatch(registry, OneCatalog(CATALOG), NoDatabase(), nothing, no_manager)


def shown(card: Card) -> str:
    return "\n".join([card.title, *(as_text(block.text) for block in card.blocks if isinstance(block, Paragraph))])


async def said(registry: Registry, line: str) -> str:
    answered = await dispatch(registry).line(CALL, line)
    assert isinstance(answered, Answered)
    return shown(answered.reply.as_card())


async def test_the_command_answers_completes_and_is_listed_everywhere(
    imported: Callable[[str], ModuleType],
) -> None:
    registry = Registry((imported(sample("python", '@command("term"')),))
    assert "Retrieval" in await said(registry, "/term rag")
    assert "Terms" in await said(registry, "/term")
    assert "'zzzzzz' is not a term." in await said(registry, "/term zzzzzz")
    offered = on_discord(registry, CATALOG, "term", "word", "halluc")
    assert ("Hallucination", "hallucination") in offered
    assert "Look up a word of the field." in as_markdown(registry)
    (native,) = payload(registry)
    assert native["name"] == "term"
    assert [option["name"] for option in native["options"]] == ["word"]


async def test_the_option_is_offered_read_and_refused(imported: Callable[[str], ModuleType]) -> None:
    registry = Registry((imported(sample("python", "class Level(StrEnum)")),))
    assert parse_line(registry, CATALOG, "/count rag hard").given == {"topic": "rag", "level": "hard"}
    hard = sum(one.topic == "rag" and one.difficulty == "hard" for one in CATALOG.questions)
    assert f"{hard} hard questions." in await said(registry, "/count rag level:hard")
    assert "easy questions." in await said(registry, "/count rag")
    assert "easy, hard" in await said(registry, "/count rag level:endless")
    level = payload(registry)[0]["options"][1]
    assert [choice["value"] for choice in level["choices"]] == ["easy", "hard"]
    assert on_discord(registry, CATALOG, "count", "topic", "rag")


def test_the_question_passes_the_content_check(tmp_path: Path) -> None:
    folder = tmp_path / "content"
    shutil.copytree(CONTENT, folder)
    questions = folder / "questions" / "rag.yaml"
    written = questions.read_text(encoding="utf-8")
    questions.write_text(f"{written.rstrip()}\n\n{sample('yaml', 'rag-900')}", encoding="utf-8")
    before = check(CONTENT, date(2026, 11, 30), name="content")
    after = check(folder, date(2026, 11, 30))
    assert len(after.files.questions) == len(before.files.questions) + 1
    assert [*_unlike(after.problems, before.problems)] == []


def _unlike(problems: tuple[Any, ...], before: tuple[Any, ...]) -> Iterator[Any]:
    """Problems found now and not before, wherever they stand in their file."""
    known = {replace(problem, line=0, column=0) for problem in before}
    return (problem for problem in problems if replace(problem, line=0, column=0) not in known)


class Face(Protocol):
    async def run(self) -> None: ...


class MakesFace(Protocol):
    def __call__(
        self,
        dispatch: Dispatch,
        clock: Clock,
        dice: Dice,
        hear: Callable[[], Awaitable[str]],
        say: Callable[[str], Awaitable[None]],
    ) -> Face: ...


async def test_the_face_answers(imported: Callable[[str], ModuleType]) -> None:
    make: MakesFace = imported(sample("python", "class EchoFace")).EchoFace
    typed, printed = asyncio.Queue[str](), asyncio.Queue[str]()
    face = make(dispatch(all_commands()), FixedClock(MONDAY), FixedDice(1), typed.get, printed.put)
    running = asyncio.create_task(face.run())
    for line in ("/role ai engineer", "/find hallucination", "/nonsense"):
        typed.put_nowait(line)
    assert "AI Engineer" in await printed.get()
    assert "hallucination" in (await printed.get()).casefold()
    assert "/help" in await printed.get()
    running.cancel()
