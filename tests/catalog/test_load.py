"""Reading a whole folder: what is missing, what is stray, and everything at once."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml

from bot.catalog import Loaded, LoadedCatalog, load
from bot.domain.common_fields import Status
from bot.domain.question import Bloom, ReadingKind
from bot.domain.roadmap import Need
from tests.catalog.base import FILES, RAG, SOURCES, write
from tests.domain.samples import CONTENT


def told(loaded: Loaded) -> list[str]:
    return [str(problem) for problem in loaded.problems]


def test_places_are_worked_out_only_where_something_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml, "compose", None)
    assert load(CONTENT).problems == ()


def test_a_sound_folder_gives_values_of_the_domain(tmp_path: Path) -> None:
    loaded = load(write(tmp_path))
    assert told(loaded) == []
    (question,) = loaded.files.questions
    assert (question.id, question.version, question.status) == ("rag-001", 1, Status.LIVE)
    assert (question.bloom, question.volatile, question.review_by) == (Bloom.APPLY, True, date(2027, 5, 1))
    assert [option.correct for option in question.options] == [False, False, True]
    assert [(reading.kind, reading.on) for reading in question.readings] == [
        (ReadingKind.BLIND, date(2026, 5, 14)),
        (ReadingKind.KEYED, date(2026, 5, 15)),
    ]
    assert [(step.id, dict(step.roles)) for step in loaded.files.steps] == [
        ("orientation", {"ai-engineer": Need.STATED}),
        ("llms", {"ai-engineer": Need.NEEDED}),
    ]
    assert loaded.files.roles[0].path[0].years == ""
    assert (loaded.files.pay[0].low, loaded.files.pay[0].high) == (150, 250)


def test_a_problem_reads_as_editors_expect(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, {"questions/rag.yaml": RAG.replace("topic: rag", "topic: rags")}))
    assert told(loaded) == [
        "content/questions/rag.yaml:6:5 L04 rag-001: no topic has the id 'rags': did you mean 'rag'?"
    ]


def test_all_problems_come_at_once_sorted_by_place(tmp_path: Path) -> None:
    long = RAG.replace("A bot answers", "A bot answers " + "so " * 80).replace("Raise the", "Raise " * 12 + "the")
    broken = {
        "questions/rag.yaml": long.replace("topic: rag", "topic: rags").replace("[O1]", "[O2]"),
        "sources.yaml": SOURCES.replace("title:", "titel:"),
    }
    assert [(p.file, p.line, p.rule) for p in load(write(tmp_path, broken)).problems] == [
        ("content/questions/rag.yaml", 6, "L04"),
        ("content/questions/rag.yaml", 11, "L04"),
        ("content/questions/rag.yaml", 12, "L11"),
        ("content/questions/rag.yaml", 15, "L11"),
        ("content/sources.yaml", 4, "L02"),
    ]


def test_a_missing_folder_is_a_problem(tmp_path: Path) -> None:
    loaded = load(tmp_path / "content")
    assert told(loaded) == ["content:1:1 L02: the content folder is missing: name a bank's folder, or one of banks"]
    assert loaded.files.questions == ()


NAMED = {
    "sources.yaml": "sources.yaml:1:1 L02: no source is listed, and content/pay.yaml:13",
    "topics.yaml": "topics.yaml:1:1 L02: no objective is listed, and content/questions/rag.yaml:11",
    "pay.yaml": "pay.yaml:1:1 L02: no pay row is listed, and content/roles/ai-engineer.yaml:17",
    "roadmap.yaml": "roadmap.yaml:1:1 L02: no step is listed, and content/terms.yaml:7",
    "roles/ai-engineer.yaml": "roles/*.yaml:1:1 L02: no role is listed, and content/roadmap.yaml:12",
}


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_told_once_if_it_is_missed(name: str, tmp_path: Path) -> None:
    missed = [f"content/{NAMED[name]} names one: add it here"] if name in NAMED else []
    if name == "questions/rag.yaml":
        missed = ["content/questions/*.yaml:1:1 L02: there is no such file: add it"]
    assert told(load(write(tmp_path, {name: None}))) == missed


def test_a_missing_folder_of_files_is_named(tmp_path: Path) -> None:
    content = write(tmp_path)
    shutil.rmtree(content / "questions")
    assert told(load(content)) == ["content/questions/*.yaml:1:1 L02: there is no such file: add it"]


@pytest.mark.parametrize(
    ("name", "fix"),
    [
        ("questions/prompting.yml", "end its name in .yaml"),
        ("topic.yaml", "did you mean 'topics.yaml'?"),
        ("role/ux.yaml", "did you mean 'roles/*.yaml'?"),
        ("questions/more/rag.yaml", "did you mean 'questions/*.yaml'?"),
    ],
)
def test_a_file_nothing_reads_is_told(name: str, fix: str, tmp_path: Path) -> None:
    problems = load(write(tmp_path, {name: "schema: 1\n"})).problems
    assert [(p.file, p.rule, p.text) for p in problems] == [
        (f"content/{name}", "L02", f"nothing reads this file: {fix}")
    ]


def test_notes_and_lock_files_beside_the_content_are_left_alone(tmp_path: Path) -> None:
    beside: dict[str, str | bytes | None] = {"README.md": "# Content\n", "questions/.#rag.yaml": "\t"}
    assert told(load(write(tmp_path, beside))) == []


def test_a_file_that_cannot_be_read_hides_no_other_problem_and_causes_none(tmp_path: Path) -> None:
    broken = {"topics.yaml": "schema: 1\ntopics: [\n", "questions/rag.yaml": RAG.replace("[O1]", "[]")}
    assert [(p.file, p.line, p.rule) for p in load(write(tmp_path, broken)).problems] == [
        ("content/questions/rag.yaml", 11, "L02"),
        ("content/topics.yaml", 3, "L01"),
    ]


def test_an_id_is_unique_over_all_files(tmp_path: Path) -> None:
    assert told(load(write(tmp_path, {"questions/second.yaml": RAG}))) == [
        "content/questions/second.yaml:3:5 L03 rag-001: "
        "question id 'rag-001' is taken by content/questions/rag.yaml:3: choose another"
    ]


def test_a_role_and_a_short_role_share_no_id(tmp_path: Path) -> None:
    short = FILES["short_roles.yaml"].replace("id: auditor", "id: ai-engineer")
    assert told(load(write(tmp_path, {"short_roles.yaml": short}))) == [
        "content/short_roles.yaml:3:5 L03 ai-engineer: role id 'ai-engineer' is taken by "
        "content/roles/ai-engineer.yaml:3: choose another, /role shows both kinds"
    ]


def test_a_question_that_cannot_stand_is_left_out_and_still_known_by_name(tmp_path: Path) -> None:
    role = FILES["roles/ai-engineer.yaml"].replace("name: AI Engineer", "")
    loaded = load(write(tmp_path, {"roles/ai-engineer.yaml": role}))
    assert [p.rule for p in loaded.problems] == ["L02"]
    assert loaded.files.roles == ()


def test_circles_of_needs_are_told_as_authors_wrote_them(tmp_path: Path) -> None:
    roadmap = FILES["roadmap.yaml"].replace("    order: 1\n", "    order: 1\n    needs: [llms]\n")
    (problem,) = load(write(tmp_path, {"roadmap.yaml": roadmap})).problems
    assert problem.rule == "L04"
    assert problem.text in (
        "llms needs orientation needs llms: drop one of these needs",
        "orientation needs llms needs orientation: drop one of these needs",
    )


def test_our_own_content_is_sound() -> None:
    loaded = load(CONTENT)
    assert told(loaded) == []
    catalog = LoadedCatalog(loaded.files)
    for found in (catalog.role_names, catalog.topic_names, catalog.step_names):
        assert len(found) > 0
