"""Questions written back as their authors wrote them, and drafts put into a topic's file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.authoring.check import check
from bot.authoring.drafting import draft
from bot.authoring.writing import NotWritten, append, as_yaml, file_of, next_ids
from bot.catalog import load, schema
from bot.catalog.yaml_file import read
from bot.domain.artefact import BLOCK_LINES, BLOCK_WIDTH, Block, BlockKind, Picture
from bot.domain.common_fields import Status
from bot.domain.content_faults import Level
from bot.domain.identifiers import ConceptId, MythId, QuestionId, TermId, TopicId
from bot.domain.question import Allowed, Exemption, Fix, Question
from tests.authoring.lint.samples import CLEAN, TODAY
from tests.catalog.base import FILES, RAG, write
from tests.domain.samples import CONTENT


def read_back(tmp_path: Path, text: str) -> list[Question | None]:
    path = tmp_path / "questions.yaml"
    path.write_text(text, encoding="utf-8")
    file = read(path, path.name)
    assert file.problems == ()
    assert isinstance(file.tree, dict)
    listed = file.tree["questions"]
    assert isinstance(listed, list)
    return [schema.build(Question, one)[0] for one in listed]


def test_every_question_of_ours_comes_back_as_it_is(tmp_path: Path) -> None:
    questions = load(CONTENT).files.questions
    assert read_back(tmp_path, file_of(questions)) == list(questions)


HOUSE_STYLE = """\
  - id: rag-001
    version: 1
    status: live
    topic: rag
    difficulty: medium
    bloom: apply
    roadmap: rag
    roles: [ai-engineer]
    objectives: [O2]
    stem: "A support bot cites a rule the handbook dropped last week. What should be checked first?"
    options:
      - {id: a, text: "Whether the prompt asks for short replies", why: "Length does not decide which facts it is given."}
      - {id: b, text: "Whether the index holds the new edition", correct: true, why: "Retrieval can return only what was indexed."}
      - {id: c, text: "Whether the model has enough parameters", why: "A larger one repeats the same passage as well."}
      - {id: d, text: "Whether the sampling is far too random", why: "Chance varies the words and not the facts given."}
    takeaway: "An answer is as fresh as the index behind it."
    refs:
      - {general: "Retrieval", citation: "Lewis et al. 2020"}
    readings:
      - {kind: blind, on: "2026-05-14", result: passed}
      - {kind: keyed, on: "2026-05-14", result: passed}
"""  # noqa: E501


def test_questions_are_laid_out_as_people_write_them() -> None:
    assert as_yaml(CLEAN) == HOUSE_STYLE


def test_every_field_comes_back(tmp_path: Path) -> None:
    full = replace(
        CLEAN,
        tags=("no", "cost"),
        myth=MythId("code-only"),
        concept=ConceptId("stale-index"),
        terms=(TermId("index"), TermId("no")),
        block=Block(BlockKind.CODE, '    if stale:\n\n  # "reload": yes\n        reload()', "c++"),
        picture=Picture("pictures/index.png", 'An "index": two columns'),
        options=(replace(CLEAN.options[0], code=True), *CLEAN.options[1:]),
        volatile=True,
        review_by=date(2027, 1, 1),
        fix=(Fix(date(2026, 1, 1), "two keys"),),
        allow=(Exemption(Allowed.NEGATIVE_STEM, 'a "reason"'),),
        note="a: # b",
    )
    assert read_back(tmp_path, file_of([full, CLEAN])) == [full, CLEAN]


def test_a_bank_with_roles_and_no_roadmap_reads_what_was_written_of_it(tmp_path: Path) -> None:
    without = "".join(line for line in RAG.splitlines(keepends=True) if not line.startswith("    roadmap: "))
    (roles,) = [line for line in RAG.splitlines(keepends=True) if line.startswith("    roles: ")]
    kept = ("bank.yaml", "topics.yaml", "sources.yaml", "pay.yaml", "words.yaml")
    changed: dict[str, str | bytes | None] = {name: None for name in FILES if "/" not in name and name not in kept}
    changed["questions/rag.yaml"] = without.replace(roles, "    roles: []\n")
    folder = write(tmp_path, changed)
    before = load(folder)
    assert before.problems == ()
    (folder / "questions/rag.yaml").write_text(file_of(before.files.questions), encoding="utf-8")
    assert load(folder) == before


@given(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=60))
def test_any_text_comes_back(text: str) -> None:
    import tempfile
    import unicodedata

    from bot.catalog.characters import refused

    text = unicodedata.normalize("NFC", text)
    if next(refused(text), None) is None:
        with tempfile.TemporaryDirectory() as folder:
            assert read_back(Path(folder), file_of([replace(CLEAN, stem=text)])) == [replace(CLEAN, stem=text)]


@given(
    st.lists(st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=BLOCK_WIDTH), max_size=BLOCK_LINES)
)
def test_any_block_comes_back(lines: list[str]) -> None:
    import tempfile
    import unicodedata

    from bot.catalog.characters import refused

    text = unicodedata.normalize("NFC", "\n".join(lines)).strip("\n").rstrip()
    fits = all(len(line) <= BLOCK_WIDTH for line in text.split("\n"))
    if text and fits and "```" not in text and next(refused(text), None) is None:
        full = replace(CLEAN, block=Block(BlockKind.LOG, text))
        with tempfile.TemporaryDirectory() as folder:
            assert read_back(Path(folder), file_of([full])) == [full]


def test_a_draft_stands_and_the_check_names_every_open_place(tmp_path: Path) -> None:
    folder = write(tmp_path)
    files = load(folder).files
    made = draft(files, files.topics[0], QuestionId("rag-002"))
    before = (folder / "questions/rag.yaml").read_text(encoding="utf-8")
    append(folder, {made.topic: [made]})
    assert (folder / "questions/rag.yaml").read_text(encoding="utf-8") == f"{before}\n{as_yaml(made)}"
    assert load(folder).problems == ()
    open_places = [one for one in check(folder, TODAY).problems if one.item_id == "rag-002"]
    assert {(one.rule, one.level) for one in open_places} == {("L29", Level.WARNING)}
    # stem, four options with their reasons, takeaway, source and citation, and the note on what was guessed
    assert len(open_places) == 1 + 8 + 1 + 2 + 1
    # Two drafts are alike in every word and yet no duplicates.
    append(folder, {made.topic: [replace(made, id=QuestionId("rag-003"))]})
    assert "L36" not in {one.rule for one in check(folder, TODAY).problems}
    done = (folder / "questions/rag.yaml").read_text(encoding="utf-8").replace("status: draft", "status: review")
    (folder / "questions/rag.yaml").write_text(done, encoding="utf-8")
    assert {one.level for one in check(folder, TODAY).problems if one.rule == "L29"} == {Level.ERROR}


def test_the_key_of_a_draft_stands_where_there_are_fewest(tmp_path: Path) -> None:
    files = load(write(tmp_path)).files
    assert draft(files, files.topics[0], QuestionId("rag-002")).key.id == "a"
    same_key = (replace(CLEAN, options=tuple(replace(o, correct=o.id == "a") for o in CLEAN.options)),)
    assert draft(replace(files, questions=same_key), files.topics[0], QuestionId("rag-002")).key.id == "b"


@pytest.mark.parametrize("text", [None, "schema: 1\nquestions: []\n", "schema: 1\nquestions:\n"])
def test_a_file_that_is_not_there_or_empty_is_begun(text: str | None, tmp_path: Path) -> None:
    folder = write(tmp_path, {"questions/maths.yaml": text})
    (path,) = append(folder, {TopicId("maths"): [replace(CLEAN, topic=TopicId("maths"))]})
    assert path.read_text(encoding="utf-8") == file_of([replace(CLEAN, topic=TopicId("maths"))])


def test_a_broken_file_is_left_as_it_is(tmp_path: Path) -> None:
    folder = write(tmp_path, {"questions/rag.yaml": RAG + "more: [\n"})
    with pytest.raises(NotWritten, match="content check"):
        append(folder, {TopicId("rag"): [CLEAN]})
    assert (folder / "questions/rag.yaml").read_text(encoding="utf-8") == RAG + "more: [\n"
    assert not list((folder / "questions").glob(".*"))
    questions_not_last = FILES["topics.yaml"]
    folder = write(tmp_path, {"questions/rag.yaml": questions_not_last})
    with pytest.raises(NotWritten):
        append(folder, {TopicId("rag"): [CLEAN]})


@pytest.mark.parametrize(
    ("ids", "taken", "free"),
    [
        ([], [], "rag-001"),
        (["rag-001", "rag-007"], [], "rag-008"),
        (["rag-001"], ["rag-031"], "rag-032"),
        (["retrieval-001"], [], "retrieval-002"),
        (["special"], [], "rag-001"),
    ],
)
def test_ids_go_on_with_the_series_and_are_never_used_twice(ids: list[str], taken: list[str], free: str) -> None:
    questions = [replace(CLEAN, id=QuestionId(id), status=Status.RETIRED) for id in ids]
    found = next_ids(TopicId("rag"), questions, taken)
    assert next(found) == free
    assert next(found)[-3:] == f"{int(free[-3:]) + 1:03d}"
