"""The content commands through their door."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from bot.domain.lint import RULES
from bot.domain.lint.examples import EXAMPLES
from tests.cli.running import ROOT, studybot


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    shutil.copytree(ROOT / "content", folder)
    return folder


def test_warnings_pass_and_fail_when_strict(tmp_path: Path, content: Path) -> None:
    path = content / "questions" / "rag.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Retrieve passages from", "Retrieve passages, whole, from"), encoding="utf-8")
    told = studybot(tmp_path, "content", "check", str(content))
    assert told.returncode == 0, told.stdout + told.stderr
    assert "L17 rag-001: warning: only the right option has a comma" in told.stdout
    assert studybot(tmp_path, "content", "check", str(content), "--strict").returncode == 1
    listed = studybot(tmp_path, "content", "check", str(content), "--json")
    problems = [json.loads(line) for line in listed.stdout.splitlines()]
    assert {"rule": "L17", "level": "warning", "item_id": "rag-001"}.items() <= next(
        one for one in problems if one["rule"] == "L17"
    ).items()
    assert "questions" in listed.stderr


def test_a_community_gets_advice_in_rows(tmp_path: Path, content: Path) -> None:
    told = studybot(tmp_path, "content", "check", str(content), "--profile", "community")
    assert told.returncode == 0
    assert "have a stem too long for Kahoot" in told.stdout
    assert "L35" not in told.stdout
    assert studybot(tmp_path, "content", "check", str(content), "--profile", "x").returncode == 2


def test_what_is_mechanical_is_mended(tmp_path: Path, content: Path) -> None:
    path = content / "questions" / "rag.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("support bot", "support\u200b bot").replace("\n", "  \n"), encoding="utf-8")
    assert studybot(tmp_path, "content", "check", str(content)).returncode == 1
    told = studybot(tmp_path, "content", "check", str(content), "--fix")
    assert told.returncode == 0
    assert "mended questions/rag.yaml" in told.stderr
    assert path.read_text(encoding="utf-8") == text


def test_versions_are_accepted_and_guarded(tmp_path: Path, content: Path) -> None:
    assert studybot(tmp_path, "content", "check", str(content), "--accept").returncode == 0
    path = content / "questions" / "rag.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("The budget is small.", "Money is short."), encoding="utf-8")
    told = studybot(tmp_path, "content", "check", str(content), "--accept")
    assert told.returncode == 1
    assert "changed within version 1: write version: 2" in told.stdout


def test_sources_are_compared_where_a_folder_is_named(tmp_path: Path, content: Path) -> None:
    told = studybot(tmp_path, "content", "check", str(content), "--seeds", str(tmp_path))
    assert told.returncode == 2
    assert "holds none of the source articles" in told.stderr
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    name = "003_b18c100eb97f879c.txt"
    assert name in (content / "sources.yaml").read_text(encoding="utf-8")
    (seeds / name).write_text("A support bot still answers from last year's policy, say many.", encoding="utf-8")
    told = studybot(tmp_path, "content", "check", str(content), STUDYBOT_SEEDS=str(seeds))
    assert told.returncode == 1
    assert "L25 rag-001" in told.stdout


def test_a_draft_is_begun_checked_and_shown(tmp_path: Path, content: Path) -> None:
    where = ("--content", str(content))
    told = studybot(tmp_path, "content", "new", "question", "--topic", "rag", "--level", "hard", *where)
    assert told.returncode == 0, told.stderr
    id = told.stdout.split()[0]
    checked = studybot(tmp_path, "content", "check", str(content))
    assert checked.returncode == 0
    assert f"L29 {id}: warning: still to be written: the right answer" in checked.stdout
    assert "TO WRITE" in studybot(tmp_path, "content", "show", id, *where).stdout
    wrong = studybot(tmp_path, "content", "new", "question", "--topic", "rags", *where)
    assert wrong.returncode == 2
    assert "did you mean 'rag'?" in wrong.stderr
    assert studybot(tmp_path, "content", "new", "question", "--topic", "rag", "--level", "x", *where).returncode == 2


def test_a_question_is_shown_as_people_will_see_it(tmp_path: Path) -> None:
    told = studybot(tmp_path, "content", "show", "rag-001").stdout
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
    assert "did you mean 'rag-001'?" in studybot(tmp_path, "content", "show", "rag-0001").stderr
    assert "there is terminal" in studybot(tmp_path, "content", "show", "rag-001", "--face", "fax").stderr


def test_the_bank_in_figures(tmp_path: Path) -> None:
    told = studybot(tmp_path, "content", "stats").stdout
    assert "of 366 wanted" in told
    assert "| rag " in told
    counted = json.loads(studybot(tmp_path, "content", "stats", "--json").stdout)
    assert sum(count["least"] for topic in counted["topics"] for count in topic["counts"]) == 366
    assert {one["name"] for one in counted["cues"]} >= {"key is the longest option", "key echoes the stem most"}
    guessed = studybot(tmp_path, "content", "guess", "--json")
    assert guessed.returncode == 0
    assert all(one["passes"] for one in json.loads(guessed.stdout))


def test_every_rule_has_its_example() -> None:
    assert list(EXAMPLES) == list(RULES)
    assert list(RULES) == [f"L{number:02d}" for number in range(1, 40)]


QUIZ = (
    "::new::A bot answers in the wrong language. What should be looked at first?{\n"
    "=The language the prompt asks for\n~The size of the vector index\n~The number of the tokens left\n}\n\n"
    "Is it?{T}\n"
)


def test_questions_come_in_as_drafts_and_nothing_is_written_before(tmp_path: Path, content: Path) -> None:
    (tmp_path / "quiz.gift").write_text(QUIZ, encoding="utf-8")
    where = ("--topic", "rag", "--content", str(content))
    before = (content / "questions" / "rag.yaml").read_bytes()
    id = f"rag-{before.count(b'- id: rag-') + 1:03d}"
    dry = studybot(tmp_path, "content", "import", "quiz.gift", "--dry-run", *where)
    assert (dry.returncode, dry.stdout.splitlines()) == (
        1,
        [
            f"quiz.gift:1: {id} in rag",
            "quiz.gift:7: left out: a true-false question, not a multiple-choice question",
            "1 would come in as drafts, 1 left out.",
        ],
    )
    assert (content / "questions" / "rag.yaml").read_bytes() == before
    assert studybot(tmp_path, "content", "import", "quiz.gift", *where).returncode == 1
    after = (content / "questions" / "rag.yaml").read_bytes()
    assert after.startswith(before)
    assert f"id: {id}\n    version: 1\n    status: draft\n".encode() in after
    assert studybot(tmp_path, "content", "check", str(content)).returncode == 0
    again = studybot(tmp_path, "content", "import", "quiz.gift", *where)
    assert f"quiz.gift:1: left out: the same stem as {id}: keep one of them" in again.stdout


def test_a_file_that_is_no_quiz_is_refused(tmp_path: Path, content: Path) -> None:
    (tmp_path / "quiz.csv").write_bytes(b"PK\x03\x04 and more")
    told = studybot(tmp_path, "content", "import", "quiz.csv", "--content", str(content))
    assert (told.returncode, told.stderr) == (
        2,
        "quiz.csv is a zip or an Excel workbook: save the sheet as CSV (UTF-8).\n",
    )
    assert studybot(tmp_path, "content", "import", "gone.csv").returncode == 2
    assert "did you mean" in studybot(tmp_path, "content", "import", "quiz.csv", "--topic", "rags").stderr


def test_questions_go_out(tmp_path: Path) -> None:
    told = studybot(tmp_path, "content", "export", "--format", "csv", "--topic", "rag", "--output", "rag.csv")
    assert told.returncode == 0
    assert "questions written as csv" in told.stderr
    assert (tmp_path / "rag.csv").read_bytes().startswith(b"\xef\xbb\xbfid,topic")
    assert studybot(tmp_path, "content", "export", "--format", "gift").stdout.startswith("$CATEGORY: ")
    assert "schema: 1" in studybot(tmp_path, "content", "export", "--format", "yaml").stdout
    assert studybot(tmp_path, "content", "export", "--format", "pdf").returncode == 2
    assert studybot(tmp_path, "content", "export", "--format", "csv", "--topic", "cooking").returncode == 2
    nowhere = studybot(tmp_path, "content", "export", "--format", "csv", "--output", "no/where.csv")
    assert (nowhere.returncode, nowhere.stderr) == (2, "no/where.csv cannot be written: no such file or directory.\n")
