"""The content commands through their door."""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from pathlib import Path

import pytest

from bot.authoring.lint.rules import EXAMPLES, RULES
from bot.authoring.writing import as_yaml, file_of
from bot.catalog.load import load
from bot.domain.identifiers import ConceptId, MythId, ObjectiveId, QuestionId, RoleId, StepId, TermId
from tests.authoring.lint.samples import CLEAN
from tests.catalog.base import TEACHING, write
from tests.catalog.biology import BIOLOGY, biology
from tests.cli.running import OURS, ROOT, studybot

SECOND = replace(
    CLEAN,
    id=QuestionId("rag-002"),
    roadmap=StepId("orientation"),
    objectives=(ObjectiveId("O1"),),
    myth=MythId("maths-only"),
    concept=ConceptId("stale-index"),
    terms=(TermId("embedding"),),
    takeaway="An answer is as fresh as the embeddings behind it.",
)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A small content folder with warnings only: there is too little of everything."""
    return write(tmp_path, {"questions/rag.yaml": f"{TEACHING}\n{as_yaml(SECOND)}"})


def edit(content: Path, old: str, new: str) -> str:
    """Change the questions on retrieval; the text before."""
    path = content / "questions" / "rag.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return text


def test_warnings_pass_and_fail_when_strict(tmp_path: Path, content: Path) -> None:
    edit(content, "A bot answers", "The CTO hears that a bot answers")
    told = studybot(tmp_path, "content", "check", str(content))
    assert told.returncode == 0, told.stdout + told.stderr
    assert "content/questions/rag.yaml:12:5 L23 rag-001: warning: " in told.stdout
    assert studybot(tmp_path, "content", "check", str(content), "--strict").returncode == 1
    listed = studybot(tmp_path, "content", "check", str(content), "--json")
    (problem,) = [one for one in map(json.loads, listed.stdout.splitlines()) if one["rule"] == "L23"]
    assert (problem["level"], problem["item_id"], problem["line"]) == ("warning", "rag-001", 12)
    assert "2 questions" in listed.stderr


def test_infos_are_summed_up_or_told_one_by_one(tmp_path: Path, content: Path) -> None:
    edit(content, "A bot answers from last year's policy.", f"A bot answers from {'the old and ' * 8}last policy.")
    assert (
        "info L12 1 of 2 have a stem too long for Kahoot" in studybot(tmp_path, "content", "check", str(content)).stdout
    )
    each = studybot(tmp_path, "content", "check", str(content), "--infos").stdout
    assert "rag.yaml:12:5 L12 rag-001: info: stem has" in each


def test_a_community_gets_advice_in_rows(tmp_path: Path, content: Path) -> None:
    edit(content, "Retrieve passages", "Retrieve, passages")
    told = studybot(tmp_path, "content", "check", str(content), "--profile", "community", "--strict")
    assert (told.returncode, told.stdout.splitlines()[0]) == (
        0,
        "advice L17 1 of 2 give the key away: only it is specific",
    )
    assert studybot(tmp_path, "content", "check", str(content), "--profile", "x").returncode == 2


def test_what_is_mechanical_is_mended(tmp_path: Path, content: Path) -> None:
    text = edit(content, "bot answers", "bot\u200b answers  ")
    text = text.replace("bot answers", "bot answers  ")
    edit(content, "\n", "  \r\n")
    assert studybot(tmp_path, "content", "check", str(content)).returncode == 1
    told = studybot(tmp_path, "content", "check", str(content), "--fix")
    assert told.returncode == 0
    assert "mended questions/rag.yaml" in told.stderr
    assert (content / "questions" / "rag.yaml").read_bytes().decode() == text


def test_versions_are_accepted_and_guarded(tmp_path: Path, content: Path) -> None:
    assert "L10" in studybot(tmp_path, "content", "check", str(content)).stdout
    assert studybot(tmp_path, "content", "check", str(content), "--accept").returncode == 0
    assert "L10" not in studybot(tmp_path, "content", "check", str(content)).stdout
    edit(content, "last year's policy", "the policy of last year")
    told = studybot(tmp_path, "content", "check", str(content), "--accept")
    assert told.returncode == 1
    assert "changed within version 1: write version: 2" in told.stdout


def test_sources_are_compared_where_a_folder_is_named(tmp_path: Path, content: Path) -> None:
    told = studybot(tmp_path, "content", "check", str(content), "--seeds", str(tmp_path))
    assert told.returncode == 2
    assert "holds none of the source articles" in told.stderr
    article = "4. Role 1: AI / Software Engineer\n11. Common Mistakes\nIt varies the words, it adds no missing facts.\n"
    (tmp_path / "careers.txt").write_text(article, encoding="utf-8")
    told = studybot(tmp_path, "content", "check", str(content), STUDYBOT_SEEDS=str(tmp_path))
    assert told.returncode == 1
    assert "L25 rag-001" in told.stdout


def test_a_draft_is_begun_checked_and_shown(tmp_path: Path, content: Path) -> None:
    where = ("--content", str(content))
    told = studybot(tmp_path, "content", "new", "question", "--topic", "rag", "--level", "hard", *where)
    assert told.returncode == 0, told.stderr
    id = told.stdout.split()[0]
    assert id == "rag-003"
    checked = studybot(tmp_path, "content", "check", str(content))
    assert checked.returncode == 0
    assert f"L29 {id}: warning: still to be written: the right answer" in checked.stdout
    assert "TO WRITE" in studybot(tmp_path, "content", "show", id, *where).stdout
    wrong = studybot(tmp_path, "content", "new", "question", "--topic", "rags", *where)
    assert wrong.returncode == 2
    assert "did you mean 'rag'?" in wrong.stderr
    assert studybot(tmp_path, "content", "new", "question", "--topic", "rag", "--level", "x", *where).returncode == 2


def test_a_question_is_shown_as_people_will_see_it(tmp_path: Path) -> None:
    told = studybot(tmp_path, "content", "show", "sql-001").stdout
    for part in (
        "--- the post",
        "[A] [B] [C] [D]",
        "--- the verdict, right",
        "Not this one",
        "--- the reveal",
        "Take away",
    ):
        assert part in told
    assert max(map(len, told.splitlines())) <= 80
    assert "did you mean 'sql-001'?" in studybot(tmp_path, "content", "show", "sql-0001").stderr
    on_discord = studybot(tmp_path, "content", "show", "sql-001", "--face", "discord").stdout
    assert "### Question 42" in on_discord
    assert "[A] [B] [C] [D]" in on_discord
    assert "would refuse" not in on_discord
    on_slack = studybot(tmp_path, "content", "show", "sql-001", "--face", "slack").stdout
    assert "Question 42" in on_slack
    assert "[A] [B] [C] [D]" in on_slack
    refused = studybot(tmp_path, "content", "show", "sql-001", "--face", "fax").stderr
    assert "use one of terminal, discord, slack, mcp." in refused


def test_the_bank_in_figures(tmp_path: Path) -> None:
    told = studybot(tmp_path, "content", "stats").stdout
    assert re.search(r"\d+ questions are live", told)
    assert "| joins " in told
    counted = json.loads(studybot(tmp_path, "content", "stats", "--json").stdout)
    assert sum(count["least"] for topic in counted["topics"] for count in topic["counts"]) == 0
    assert sum(count["have"] for topic in counted["topics"] for count in topic["counts"]) == counted["live"] > 0
    cues = {"key is the longest option", "key is the only option with a word of the stem"}
    assert {one["name"] for one in counted["cues"]} >= cues


def test_guessers_and_habits_are_told(tmp_path: Path) -> None:
    told = studybot(tmp_path, "content", "guess", "--content", OURS, "--json")
    found = json.loads(told.stdout)
    assert told.returncode == (not all(one["passes"] for one in found["guesses"]))
    assert {"longest option", "surface, learned", "a sister's answer"} <= {one["name"] for one in found["guesses"]}
    small = json.loads(studybot(tmp_path, "content", "guess", "--json").stdout)
    read = studybot(tmp_path, "content", "guess")
    assert (read.returncode, read.stderr) == (0, "")
    assert all(f"| {one['name']} " in read.stdout for one in small["guesses"])
    assert all(one["sign"] in read.stdout for one in small["habits"]["found"])
    assert all(line in read.stdout.splitlines() for line in small["habits"]["one_sided"])


def test_without_the_development_tools_the_simple_ones_guess(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text("import sys\nsys.modules['sklearn'] = None\n", encoding="utf-8")
    told = studybot(tmp_path, "content", "guess", PYTHONPATH=f"{tmp_path}{os.pathsep}{ROOT}")
    assert told.stderr == (
        "The learned guessers need the development tools (scikit-learn); only the simple ones were asked.\n"
    )
    assert "longest option" in told.stdout
    assert "learned" not in told.stdout


def test_every_rule_has_its_example() -> None:
    assert list(EXAMPLES) == list(RULES)
    assert list(RULES) == [f"L{number:02d}" for number in range(1, 42)]


QUIZ = (
    "::new::A bot answers in the wrong language. What should be looked at first?{\n"
    "=The language the prompt asks for\n~The size of the vector index\n~The number of the tokens left\n}\n\n"
    "Is it?{T}\n"
)


def test_questions_come_in_as_drafts_and_nothing_is_written_before(tmp_path: Path, content: Path) -> None:
    (tmp_path / "quiz.gift").write_text(QUIZ, encoding="utf-8")
    where = ("--topic", "rag", "--content", str(content))
    before = (content / "questions" / "rag.yaml").read_bytes()
    dry = studybot(tmp_path, "content", "import", "quiz.gift", "--dry-run", *where)
    assert (dry.returncode, dry.stdout.splitlines()) == (
        1,
        [
            "quiz.gift:1: rag-003 in rag; look at L18",
            "quiz.gift:7: left out: a true-false question, not a multiple-choice question",
            "1 would come in as drafts, 1 left out.",
        ],
    )
    assert (content / "questions" / "rag.yaml").read_bytes() == before
    assert studybot(tmp_path, "content", "import", "quiz.gift", *where).returncode == 1
    after = (content / "questions" / "rag.yaml").read_bytes()
    assert after.startswith(before)
    assert b"id: rag-003\n    version: 1\n    status: draft\n" in after
    assert studybot(tmp_path, "content", "check", str(content)).returncode == 0
    again = studybot(tmp_path, "content", "import", "quiz.gift", *where)
    assert "quiz.gift:1: left out: the same stem as rag-003: keep one of them" in again.stdout


def test_what_would_break_the_content_is_left_out(tmp_path: Path, content: Path) -> None:
    cook = replace(CLEAN, id=QuestionId("rag-007"), stem="Who cooks?", roles=(RoleId("cook"),))
    fits = replace(SECOND, id=QuestionId("rag-008"), stem="Which of these is the newest text?")
    (tmp_path / "more.yaml").write_text(file_of([cook, fits]), encoding="utf-8")
    told = studybot(tmp_path, "content", "import", "more.yaml", "--content", str(content))
    assert told.stdout.splitlines()[1:] == [
        "more.yaml:25: rag-008 in rag",
        "1 came in as drafts, 1 left out.",
    ]
    assert told.stdout.startswith("more.yaml:3: left out: no ")
    assert studybot(tmp_path, "content", "check", str(content)).returncode == 0


def test_a_question_that_names_a_shelf_not_here_is_left_out_alone(tmp_path: Path) -> None:
    folder = biology(tmp_path / "biology")
    (base,) = load(folder).files.questions
    good = replace(base, id=QuestionId("cell-002"), stem="Which part of a plant makes sugar from light?")
    bad = replace(
        base, id=QuestionId("cell-003"), stem="What do ribosomes build, link by link?", terms=(TermId("ribosome"),)
    )
    (tmp_path / "more.yaml").write_text(file_of([bad, good]), encoding="utf-8")
    told = studybot(tmp_path, "content", "import", "more.yaml", "--content", str(folder))
    assert "more.yaml:3: left out: terms names what this bank has none of\n" in told.stdout
    assert "1 came in as drafts, 1 left out." in told.stdout
    assert {one.id for one in load(folder).files.questions} == {"cell-001", "cell-002"}


def test_an_installed_package_is_not_written_to(tmp_path: Path, content: Path) -> None:
    installed = content.rename(tmp_path / "_content")
    (tmp_path / "quiz.gift").write_text(QUIZ, encoding="utf-8")
    for words in (
        ("content", "new", "question", "--topic", "rag"),
        ("content", "import", "quiz.gift", "--topic", "rag"),
        ("content", "check", "--fix"),
        ("content", "check", "--accept"),
    ):
        told = studybot(tmp_path, *words, STUDYBOT_CONTENT_DIR=str(installed))
        assert told.returncode == 2
        assert "Copy the folder" in told.stderr
    assert studybot(tmp_path, "content", "check", STUDYBOT_CONTENT_DIR=str(installed)).returncode == 0


def test_a_file_that_is_no_quiz_is_refused(tmp_path: Path, content: Path) -> None:
    (tmp_path / "quiz.csv").write_bytes(b"PK\x03\x04 and more")
    told = studybot(tmp_path, "content", "import", "quiz.csv", "--content", str(content))
    assert (told.returncode, told.stderr) == (
        2,
        "quiz.csv cannot be read as a workbook: open it, and save it again as .xlsx or as CSV (UTF-8).\n",
    )
    assert studybot(tmp_path, "content", "import", "gone.csv").returncode == 2
    assert "did you mean" in studybot(tmp_path, "content", "import", "quiz.csv", "--topic", "join").stderr


def test_questions_go_out(tmp_path: Path) -> None:
    told = studybot(tmp_path, "content", "export", "--format", "csv", "--topic", "joins", "--output", "joins.csv")
    assert told.returncode == 0
    assert "questions written as csv" in told.stderr
    assert (tmp_path / "joins.csv").read_bytes().startswith(b"\xef\xbb\xbfid,topic")
    assert studybot(tmp_path, "content", "export", "--format", "gift").stdout.startswith("$CATEGORY: ")
    assert "schema: 1" in studybot(tmp_path, "content", "export", "--format", "yaml").stdout
    assert studybot(tmp_path, "content", "export", "--format", "pdf").returncode == 2
    assert studybot(tmp_path, "content", "export", "--format", "csv", "--topic", "cooking").returncode == 2
    nowhere = studybot(tmp_path, "content", "export", "--format", "csv", "--output", "no/where.csv")
    assert (nowhere.returncode, nowhere.stderr) == (2, "no/where.csv cannot be written: no such file or directory.\n")


def test_a_folder_from_before_there_were_banks_is_said_and_passes(tmp_path: Path, content: Path) -> None:
    (content / "bank.yaml").unlink()
    told = studybot(tmp_path, "content", "check", str(content))
    assert told.returncode == 0, told.stdout
    assert f"{content} has questions and no bank.yaml, as before there were banks." in told.stderr
    examined = studybot(tmp_path, "doctor", STUDYBOT_CONTENT_DIR=str(content))
    assert f"2 questions, 1 roles. {content} has questions and no bank.yaml" in examined.stdout
    begun = studybot(tmp_path, "chat", "--plain", typed="/help\nquit\n", STUDYBOT_CONTENT_DIR=str(content))
    said = " ".join(begun.stdout.split())
    assert "It is read as one bank, and replies cannot name its subject." in said
    assert "One question a day. Press a letter" in said


def test_every_bank_of_a_folder_is_checked_and_the_default_is_worked_on(tmp_path: Path, content: Path) -> None:
    biology(tmp_path / "banks" / "biology")
    content.rename(tmp_path / "banks" / "small")
    banks = str(tmp_path / "banks")
    told = studybot(tmp_path, "content", "check", banks)
    assert told.returncode == 0, told.stdout
    assert "banks/small/versions.lock:1:1 L10" in told.stdout
    counted = [line.partition(",")[0] for line in told.stdout.splitlines() if " roles, " in line]
    assert counted == ["banks/biology: 1 questions", "banks/small: 2 questions"]
    begun = studybot(tmp_path, "content", "new", "question", "--topic", "cell-walls", "--content", banks)
    assert begun.returncode == 0, begun.stderr
    drafted = tmp_path / "banks" / "biology" / "questions" / "cell-walls.yaml"
    assert f"cell-walls-001 is a draft in {drafted}." in begun.stdout
    assert "topic: cell-walls" in drafted.read_text(encoding="utf-8")
    (tmp_path / "banks" / "small" / "questions" / "cells.yaml").write_text(BIOLOGY, encoding="utf-8")
    told = studybot(tmp_path, "content", "check", banks)
    assert told.returncode == 1
    assert "banks/small/questions/cells.yaml:3:5 L03 cell-001: id 'cell-001' is taken by" in told.stdout
    locks = [path.read_bytes() for path in (tmp_path / "banks").glob("*/versions.lock")]
    assert studybot(tmp_path, "content", "check", banks, "--accept").returncode == 1
    assert [path.read_bytes() for path in (tmp_path / "banks").glob("*/versions.lock")] == locks, "nothing is accepted"
    examined = studybot(tmp_path, "doctor", STUDYBOT_CONTENT_DIR=banks)
    assert (
        "2 questions, 0 roles. All questions are from banks/biology; nothing asks from banks/small yet."
        in examined.stdout
    )
