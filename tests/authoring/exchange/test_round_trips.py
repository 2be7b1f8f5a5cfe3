"""Exported questions come back whole: stem, options, key and reasons, whatever characters they hold."""

from __future__ import annotations

import csv
import io
import sqlite3
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.authoring.exchange import anki, csv_table, formats
from bot.authoring.exchange.found import FileRefused, FoundQuestion
from bot.authoring.exchange.importing import Importing
from bot.catalog import load
from bot.domain.common_fields import Status
from bot.domain.content import ContentFiles
from bot.domain.question import Question
from tests.authoring.lint.samples import CLEAN, KNOWN, with_texts, with_why
from tests.catalog.base import write
from tests.domain.artefacts import ARTEFACTS, CODE, SQL, bank_of
from tests.domain.samples import CONTENT

TEXT_FORMATS = ("yaml", "csv", "gift")
Said = tuple[str, list[tuple[str, bool, str]]]


def said(question: Question) -> Said:
    return question.stem, [(option.text, option.correct, option.why) for option in question.options]


def is_only_words(question: Question) -> bool:
    return question.block is None and question.picture is None and not any(one.code for one in question.options)


def back(data: bytes, format: str, path: Path) -> list[FoundQuestion]:
    path.write_bytes(data)
    found = formats.read(path, format)
    assert all(isinstance(one, FoundQuestion) for one in found), found
    return [one for one in found if isinstance(one, FoundQuestion)]


def test_what_questions_show_comes_back_from_our_yaml_and_stands_under_the_stem_elsewhere(tmp_path: Path) -> None:
    files = load(bank_of(tmp_path / "bank", *ARTEFACTS)).files
    found = back(formats.FORMATS_WRITTEN["yaml"](ARTEFACTS), "yaml", tmp_path / "out")
    taken = Importing(replace(files, questions=()), (), "out", KNOWN, files.topics[0]).take(found)
    assert [replace(one.question, id=was.id) for one, was in zip(taken.taken, ARTEFACTS, strict=True)] == [
        replace(one, status=Status.DRAFT, readings=()) for one in ARTEFACTS
    ]
    for format in ("csv", "gift"):
        (one,) = back(formats.FORMATS_WRITTEN[format]([CODE]), format, tmp_path / format)
        assert one.stem == f"{CODE.stem}\n\n{SQL}"


@pytest.mark.parametrize("format", TEXT_FORMATS)
def test_our_whole_bank_comes_back(format: str, tmp_path: Path) -> None:
    files = load(CONTENT).files
    if format != "yaml":
        # What a question shows stands under its stem there, which may be longer then than a stem may be.
        files = replace(files, questions=tuple(one for one in files.questions if is_only_words(one)))
    found = back(formats.FORMATS_WRITTEN[format](files.questions), format, tmp_path / "out")
    empty = replace(files, questions=())
    taken = Importing(empty, (), "out", KNOWN).take(found)
    assert taken.left_out == ()
    drafts = [one.question for one in taken.taken]
    assert [said(one) for one in drafts] == [said(one) for one in files.questions]
    assert [(one.id, one.topic, one.takeaway) for one in drafts] == [
        (one.id, one.topic, one.takeaway) for one in files.questions
    ]
    assert {one.status for one in drafts} == {Status.DRAFT}
    assert {one.readings for one in drafts} == {()}
    if format == "yaml":
        assert drafts == [replace(one, status=Status.DRAFT, readings=()) for one in files.questions]
    if format == "csv":
        assert [(one.difficulty, one.bloom, one.refs[0]) for one in drafts] == [
            (one.difficulty, one.bloom, one.refs[0]) for one in files.questions
        ]


AWKWARD = [
    "=SUM(A1:A9)", "+1", "-1", "@here", "'=1", "''-1", "\uff1d1", "a;b", 'a "quoted" word', "a, b", "100% of {it}",
    "%50% of it", "~tilde #hash = ::colons:: \\n \\\\", "it's # not a comment", "- [x] list", "<b>&amp;</b>",
    "\u00fcber \u4e2d\u6587", "####",
]  # fmt: skip


@pytest.mark.parametrize("format", TEXT_FORMATS)
@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_texts_come_back(format: str, text: str, tmp_path: Path) -> None:
    right = with_texts("one", text, "three", "four")
    wrong = with_texts(text, "two", "three", "four")
    asked = replace(CLEAN, stem=f"{text} what?")
    why = with_why(0, f"{text} and some more so that it is long enough.")
    questions = [right, wrong, asked, why]
    found = back(formats.FORMATS_WRITTEN[format](questions), format, tmp_path / "out")
    assert [(one.stem, [(o.text, o.correct, o.why) for o in one.options]) for one in found] == [
        said(one) for one in questions
    ]


PRINTABLE = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=75)


@pytest.mark.parametrize("format", ["csv", "gift"])
@given(text=PRINTABLE)
def test_any_text_comes_back(format: str, text: str) -> None:
    assume(text.casefold() not in ("one", "three", "four"))
    question = replace(with_texts("one", text, "three", "four"), stem=text)
    reader = formats.FORMATS_READ[format]
    data = formats.FORMATS_WRITTEN[format]([question])
    read = reader(Path("x"), data.decode("utf-8-sig").replace("\r\n", "\n"))
    (found,) = (one for one in read if isinstance(one, FoundQuestion))
    assert (found.stem, found.options[1].text) == (text, text)


def test_no_cell_of_a_table_is_a_formula() -> None:
    table = csv_table.write([with_texts(text, "two", "three", "four") for text in AWKWARD])
    assert table.startswith(b"\xef\xbb\xbf")
    for row in csv.reader(io.StringIO(table.decode("utf-8-sig"))):
        for cell in row:
            assert cell[:1] not in tuple("=+-@\t\r\uff1d"), cell


def test_three_options_stay_three(tmp_path: Path) -> None:
    three = replace(CLEAN, options=CLEAN.options[:3])
    for format in TEXT_FORMATS:
        (found,) = back(formats.FORMATS_WRITTEN[format]([three]), format, tmp_path / "out")
        assert len(found.options) == 3


def test_an_id_that_is_taken_becomes_another_and_twins_are_told(tmp_path: Path) -> None:
    files = load(write(tmp_path)).files
    new = replace(CLEAN, roadmap=files.steps[0].id, objectives=(files.objectives[0].id,))
    near = replace(new, stem=new.stem.replace("dropped last week", "had until March"))
    other = replace(near, options=tuple(replace(o, correct=o.id == "d") for o in near.options))
    (same, *_) = files.questions
    found = back(formats.FORMATS_WRITTEN["yaml"]([new, new, other, same]), "yaml", tmp_path / "in.yaml")
    taken = Importing(files, {"rag-002"}, "in.yaml", KNOWN).take(found)
    assert [(one.question.id, one.remarks) for one in taken.taken] == [
        ("rag-003", ("rag-001 is taken, so this one is rag-003",)),
        (
            "rag-004",
            ("rag-001 is taken, so this one is rag-004", "stem 67% like rag-003: make sure it asks something else"),
        ),
    ]
    assert [one.why for one in taken.left_out] == [
        "the same stem as rag-003: keep one of them",
        "the same stem as rag-001: keep one of them",
    ]


def test_a_topic_is_known_by_its_names(tmp_path: Path) -> None:
    files = load(write(tmp_path)).files
    (found,) = back(formats.FORMATS_WRITTEN["csv"]([replace(CLEAN, id="x-1")]), "csv", tmp_path / "in.csv")  # type: ignore[arg-type]
    for named in ("rag", "Retrieval (RAG)", "EMBEDDINGS"):
        taken = Importing(files, (), "in.csv", KNOWN).take([replace(found, topic=named)])
        assert [one.question.topic for one in taken.taken] == ["rag"]
    for unknown in ("cooking", ""):
        left = Importing(files, (), "in.csv", KNOWN).take([replace(found, topic=unknown)]).left_out
        assert ["--topic" in one.why for one in left] == [True]
        taken = Importing(files, (), "in.csv", KNOWN, files.topics[1]).take([replace(found, topic=unknown)])
        assert [one.question.topic for one in taken.taken] == ["maths"]


def test_anki_cards_hold_texts_and_no_markup_of_theirs() -> None:
    question = replace(with_texts("<b>one</b>", "two & a half", "three", "four"), stem="Is 1 < 2?")
    assert anki.front(question).startswith("<p>Is 1 &lt; 2?</p><ol type=A><li>&lt;b&gt;one&lt;/b&gt;</li>")
    back = anki.back(question)
    assert "<span class=right>two &amp; a half (right)</span><br>Retrieval can return" in back
    assert "Lewis et al. 2020" in back


def test_without_its_package_an_anki_deck_is_refused_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "genanki", None)
    with pytest.raises(FileRefused, match=r"pip install 'studybot\[anki\]'"):
        anki.write([CLEAN])


def test_an_anki_deck_holds_every_question(tmp_path: Path) -> None:
    questions = load(CONTENT).files.questions
    with zipfile.ZipFile(io.BytesIO(anki.write(ContentFiles(questions=questions).questions))) as package:
        (tmp_path / "collection.anki2").write_bytes(package.read("collection.anki2"))
    with sqlite3.connect(tmp_path / "collection.anki2") as collection:
        notes = collection.execute("SELECT guid, flds, tags FROM notes").fetchall()
        cards = collection.execute("SELECT count(DISTINCT nid), count(*) FROM cards").fetchone()
    collection.close()
    assert [fields.split("\x1f")[2] for _, fields, _ in notes] == [one.id for one in questions]
    assert len({guid for guid, _, _ in notes}) == len(questions)
    assert cards == (len(questions), len(questions))
    assert all(f" {one.topic} " in tags for one, (_, _, tags) in zip(questions, notes, strict=True))
