"""The banks of a content folder: found, one of them the default, and no id in two of them."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from bot.app.core import load_catalog
from bot.catalog import load
from bot.catalog.banks import across_banks, banks_in, older_layout, which_is_asked
from bot.config import packaged
from bot.domain.bank import Shelf
from tests.catalog.base import BANK, FILES, RAG, write
from tests.catalog.biology import BIOLOGY, biology


def told(content: Path) -> list[str]:
    return [str(problem) for problem in across_banks(content)]


def beside(content: Path, name: str, questions: str = RAG, about: str = BANK) -> Path:
    """A further bank of the folder."""
    changed = {"bank.yaml": about.replace("id: small", f"id: {name}"), "questions/rag.yaml": questions}
    return write(content / "made", changed).rename(content / name)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A folder with two banks, ``first`` and ``second``."""
    folder = tmp_path / "content"
    beside(folder, "first")
    beside(folder, "second", RAG.replace("rag-001", "rag-002"))
    shutil.rmtree(folder / "made")
    return folder


def test_the_bank_we_ship_is_the_default() -> None:
    assert [bank.name for bank in banks_in(packaged("content"))] == ["content/genai-careers", "content/sql"]
    loaded = load(banks_in(packaged("content"))[0].path)
    assert loaded.files.bank
    assert loaded.files.bank.subject == "careers in generative AI"
    assert told(packaged("content")) == []


def test_a_folder_of_banks_asks_from_the_first_by_name(content: Path) -> None:
    assert [bank.name for bank in banks_in(content)] == ["content/first", "content/second"]
    assert [question.id for question in load_catalog(content).questions] == ["rag-001"]
    assert told(content) == []


def test_a_folder_of_banks_asks_from_its_default(content: Path) -> None:
    (content / "second" / "bank.yaml").write_text(f"{BANK}  default: true\n", encoding="utf-8")
    assert [bank.name for bank in banks_in(content)] == ["content/second", "content/first"]
    assert [question.id for question in load_catalog(content).questions] == ["rag-002"]
    assert which_is_asked(content) == ("All questions are from content/second; nothing asks from content/first yet.")
    assert which_is_asked(content / "second") == ""


def test_a_default_with_a_slip_beside_it_is_still_asked(content: Path) -> None:
    slip = BANK.replace("  licence: MIT\n", "")
    (content / "second" / "bank.yaml").write_text(f"{slip}  default: true\n", encoding="utf-8")
    catalog = load_catalog(content)
    assert [question.id for question in catalog.questions] == ["rag-002"]
    assert [problem.file for problem in catalog.left_out] == ["content/second/bank.yaml"]


@pytest.mark.parametrize("written", ["schema: 1\nbank: {default: true", BANK.replace("  licence: MIT\n", "")])
def test_a_slip_in_another_banks_own_words_is_said_at_the_start(written: str, content: Path) -> None:
    (content / "second" / "bank.yaml").write_text(written, encoding="utf-8")
    catalog = load_catalog(content)
    assert [question.id for question in catalog.questions] == ["rag-001"]
    assert [problem.file for problem in catalog.left_out] == ["content/second/bank.yaml"]


def test_hidden_folders_hold_neither_banks_nor_strays(content: Path) -> None:
    (content / "second").rename(content / ".first.bak")
    for hidden in (content / ".github", content / "first" / ".git"):
        hidden.mkdir()
        (hidden / "ci.yml").write_text("on: push\n", encoding="utf-8")
    assert [bank.name for bank in banks_in(content)] == ["content/first"]
    assert told(content) == []
    assert load_catalog(content).left_out == ()


def test_a_bank_is_a_content_folder_too(content: Path) -> None:
    assert [bank.name for bank in banks_in(content / "second")] == ["second"]
    assert told(content / "second") == []
    assert older_layout(content / "second") == ""


def test_a_folder_from_before_there_were_banks_is_one_bank(tmp_path: Path) -> None:
    older = write(tmp_path, {"bank.yaml": None})
    loaded = load(banks_in(older)[0].path)
    assert (loaded.problems, loaded.files.bank, len(loaded.files.questions)) == ((), None, 1)
    assert str(older / "bank.yaml") in older_layout(older)
    assert older_layout(tmp_path / "nowhere") == ""
    biology(older / "biology")
    assert [bank.path for bank in banks_in(older)] == [older], "a bank within it does not take its place"


def test_no_question_id_stands_in_two_banks(content: Path) -> None:
    (content / "second" / "questions" / "rag.yaml").write_text(RAG, encoding="utf-8")
    assert told(content) == [
        "content/second/questions/rag.yaml:3:5 L03 rag-001: id 'rag-001' is taken by "
        "content/first/questions/rag.yaml:3: choose another, ids differ over all banks"
    ]


def test_no_bank_is_called_as_another_and_one_is_the_default(content: Path) -> None:
    for name in ("first", "second"):
        (content / name / "bank.yaml").write_text(f"{BANK}  default: true\n", encoding="utf-8")
    assert told(content) == [
        "content/second/bank.yaml:3:3 L03 small: id 'small' is taken by content/first/bank.yaml:3: "
        "choose another, ids differ over all banks",
        "content/second/bank.yaml:9:3 L03: content/first/bank.yaml:9 is the default already: keep one of them",
    ]


def test_a_file_beside_the_banks_is_told(content: Path) -> None:
    (content / "topics.yaml").write_text(FILES["topics.yaml"], encoding="utf-8")
    said = (
        "content/topics.yaml:1:1 L02: nothing reads this file: move it into the folder of a bank, which has a bank.yaml"
    )
    assert told(content) == [said]
    assert [str(problem) for problem in load_catalog(content).left_out] == [said], "it is said at the start"


@pytest.mark.parametrize(
    ("line", "at", "text"),
    [
        ("  id: small\n", "3:3", "id 'Small one' must be lower-case words joined by hyphens, at most 32 characters"),
        ("  language: en\n", "6:3", "language 'English' must be a tag such as en or pt-BR"),
        ("  licence: MIT\n", "2:1", "licence is missing: add it"),
    ],
)
def test_what_a_bank_says_of_itself_is_checked(line: str, at: str, text: str, tmp_path: Path) -> None:
    wrong = {"id": "  id: Small one\n", "language": "  language: English\n"}.get(
        line.split(":", maxsplit=1)[0].strip(), ""
    )
    (problem,) = load(write(tmp_path, {"bank.yaml": BANK.replace(line, wrong)})).problems
    assert f"{problem.line}:{problem.column}" == at
    assert problem.text == text


def test_a_bank_needs_questions_and_nothing_else(tmp_path: Path) -> None:
    catalog = load_catalog(biology(tmp_path / "biology"))
    assert (catalog.left_out, catalog.subject) == ((), "the biology of the cell")
    assert [(topic.id, topic.title) for topic in catalog.topics_asked] == [("cell-division", "Cell division")]
    assert catalog.topic_names.name(catalog.topics_asked[0].id) == "Cell division"
    assert not any(catalog.has(shelf) for shelf in Shelf)


def test_a_topic_that_is_no_slug_is_told(tmp_path: Path) -> None:
    folder = biology(tmp_path / "biology")
    wrong = BIOLOGY.replace("topic: cell-division", "topic: Cell division")
    (folder / "questions" / "cells.yaml").write_text(wrong, encoding="utf-8")
    assert [str(problem) for problem in load(folder).problems] == [
        "biology/questions/cells.yaml:6:5 L03 cell-001: topic 'Cell division' must be lower-case words joined by "
        "hyphens, at most 32 characters"
    ]


def test_what_names_a_shelf_that_is_absent_is_told_in_the_file_it_would_stand_in(tmp_path: Path) -> None:
    folder = biology(tmp_path / "biology")
    named = BIOLOGY.replace("    bloom: remember\n", "    bloom: remember\n    roles: [nurse, midwife]\n")
    (folder / "questions" / "cells.yaml").write_text(named, encoding="utf-8")
    loaded = load(folder)
    assert [str(problem) for problem in loaded.problems] == [
        "biology/roles/*.yaml:1:1 L02: no role is listed, and biology/questions/cells.yaml:9 names one: add it here"
    ]
    assert len(loaded.usable.questions) == 1, "the question itself can be asked"


@pytest.mark.parametrize("name", ["roadmap", "roles", "objectives"])
def test_a_question_names_what_its_bank_has_a_shelf_of(name: str, tmp_path: Path) -> None:
    (line,) = [one for one in RAG.splitlines(keepends=True) if one.startswith(f"    {name}: ")]
    (problem,) = load(write(tmp_path, {"questions/rag.yaml": RAG.replace(line, "")})).problems
    assert str(problem) == f"content/questions/rag.yaml:3:5 L02 rag-001: {name} is missing: add it"


def test_sisters_share_a_concept(tmp_path: Path) -> None:
    second = BIOLOGY.partition("questions:\n")[2].replace("cell-001", "cell-002")
    both = (BIOLOGY + second).replace("    bloom:", "    concept: mitosis\n    bloom:")
    folder = biology(tmp_path / "biology")
    (folder / "questions" / "cells.yaml").write_text(both, encoding="utf-8")
    one, other = load_catalog(folder).questions
    assert one.is_sister_of(other)
    assert not one.is_sister_of(one)
    assert not replace(one, concept=None).is_sister_of(replace(other, concept=None))
