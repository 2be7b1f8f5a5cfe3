"""A community's own bank from the command line: a sheet comes in, is looked at first, and goes out again."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.config import packaged
from bot.domain.community import Platform
from bot.domain.question import Question
from bot.storage.storage import Storage
from tests.cli.in_process import InFolder

NOW = datetime(2026, 11, 23, tzinfo=UTC)
HEAD = "Question,Option A,Option B,Option C,Correct,Explanation,Topic\n"
SHEET = HEAD + "".join(
    f"In lesson {number} which organ of a {animal} takes in air?,Lung {number},Liver,Bone,A,,{topic}\n"
    for number, animal, topic in [(n, f"animal{n:02}", "Breathing" if n % 2 else "Bones") for n in range(1, 41)]
)
SMALL = HEAD + "What takes in air?,The lung,The liver,The bone,A,It is full of small sacs.,Breathing\n"


class Shell(InFolder):
    """A folder with a database in which two communities were seen."""

    def __init__(self, path: Path, patch: pytest.MonkeyPatch) -> None:
        super().__init__(path, patch)
        self.url = f"sqlite:///{path}/studybot.db"
        self.storage(lambda uow: [uow.communities.of(Platform.DISCORD, id) for id in ("G1", "G2")])

    def storage(self, work: object) -> object:
        storage = Storage(self.url, packaged("migrations"))
        storage.open(NOW)
        try:
            return asyncio.run(storage.write(work))  # type: ignore[arg-type]
        finally:
            storage.close()

    def bank(self, community: str = "G1") -> tuple[Question, ...]:
        found = self.storage(lambda uow: uow.own_bank.questions(uow.communities.of(Platform.DISCORD, community).id))
        assert isinstance(found, tuple)
        return found

    def take(self, sheet: str, *words: str, to: str = "discord:G1", typed: str = "y\n") -> tuple[int, str]:
        (self.path / "quiz.csv").write_text(sheet, encoding="utf-8")
        told = self.run(
            "content", "import", "quiz.csv", "--community", to, *words, typed=typed, STUDYBOT_DATABASE_URL=self.url
        )
        return told.exit_code, told.output

    def export(self, format: str, *words: str, of: str = "discord:G1") -> tuple[int, str]:
        told = self.run(
            "content", "export", "--format", format, "--community", of, *words, STUDYBOT_DATABASE_URL=self.url
        )
        return told.exit_code, told.output


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    return Shell(tmp_path, monkeypatch)


def test_forty_questions_in_a_sheet_are_in_the_bank_and_in_no_other(shell: Shell) -> None:
    code, told = shell.take(SHEET)
    assert code == 0, told
    assert "quiz.csv:2: new: in breathing" in told
    assert "40 found: 40 new, 0 changed, 0 copies, 0 left out." in told
    assert "40 questions are in the bank of discord:G1." in told
    assert len(shell.bank()) == 40
    assert {one.topic for one in shell.bank()} == {"breathing", "bones"}
    assert shell.bank("G2") == ()


def test_a_dry_run_and_a_no_change_nothing(shell: Shell) -> None:
    assert "1 found: 1 new" in shell.take(SMALL, "--dry-run")[1]
    code, told = shell.take(SMALL, typed="n\n")
    assert (code, "Nothing was changed." in told) == (1, True)
    assert shell.bank() == ()


def test_the_same_again_is_a_copy_and_a_mended_one_a_next_version(shell: Shell) -> None:
    shell.take(SMALL, "--yes")
    code, told = shell.take(SMALL, "--yes")
    assert (code, "quiz.csv:2: a copy: own-1 is the same" in told) == (0, True)
    mended = SMALL.replace("The bone", "The toe")
    told = shell.take(mended + "What takes in air?,Skin,Hair,Eye,A,,\n", "--yes")[1]
    assert "quiz.csv:2: changed: own-1 in breathing" in told
    assert "quiz.csv:3: a copy: it asks the same as line 2" in told
    (kept,) = shell.bank()
    assert (kept.version, kept.options[2].text) == (2, "The toe")


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("Who is @everyone here?,One,Two,Three,A,,", "a mention"),
        ("Which is a <b>bone</b> here?,One,Two,Three,A,,", "HTML"),
        ("See http://x.org and say?,One,Two,Three,A,,", "a link that is not https"),
        (f"{'x' * 4000}?,One,Two,Three,A,,", "at most 220 fit"),
        (f"Which one is it?,{'y' * 200},Two,Three,A,,", "at most 75 fit"),
        ("Which one is it?,One,one,Three,C,,", "two options say the same"),
        ("Which one is it?,One,Two,Three,,,", "left out"),
        (f"Which one is it?,One,Two,Three,A,{'z' * 300},", "at most 220 fit"),
    ],
)
def test_what_is_hostile_or_does_not_fit_is_left_out_alone(shell: Shell, row: str, why: str) -> None:
    code, told = shell.take(f"{SMALL}{row}\n", "--yes")
    assert code == 1
    (line,) = [line for line in told.splitlines() if line.startswith("quiz.csv:3: left out")]
    assert why in line
    assert "2 found: 1 new, 0 changed, 0 copies, 1 left out." in told
    assert len(shell.bank()) == 1


def test_what_cannot_be_seen_and_formulas_come_in_as_words_and_go_out_as_text(shell: Shell) -> None:
    shell.take(HEAD + '"=1+1 is what\u202e, \u200bsay?",\'=2,Three,Four,A,,\n', "--yes")
    (kept,) = shell.bank()
    assert kept.stem == "=1+1 is what, say?"
    assert "'=1+1 is what, say?" in shell.export("csv")[1]


@pytest.mark.parametrize("format", ["csv", "gift", "yaml"])
def test_what_goes_out_comes_in_again_as_the_same(shell: Shell, format: str) -> None:
    shell.take(SHEET, "--yes")
    code, _ = shell.export(format, "--output", f"out.{format}")
    assert code == 0
    told = shell.run(
        *("content", "import", f"out.{format}", "--community", "discord:G1", "--yes", "--topic", "bones"),
        STUDYBOT_DATABASE_URL=shell.url,
    ).output
    assert "40 found: 0 new" in told
    assert format == "gift" or "40 copies" in told, told
    assert "0 left out" in told


@pytest.mark.parametrize("format", ["yaml", "anki"])
def test_it_goes_out_in_other_formats(shell: Shell, format: str) -> None:
    shell.take(SMALL, "--yes")
    code, told = shell.export(format, "--output", "out")
    assert (code, "1 questions written" in told) == (0, True)
    assert shell.export(format, of="discord:G2")[0] == 2


@pytest.mark.parametrize(
    ("to", "why"),
    [
        ("discord:G9", "was never seen by this Studybot; known there: discord:G1, discord:G2"),
        ("slack:T1", "none is known on slack yet"),
        ("G1", "is no community"),
        ("discord", "is no community"),
        ("terminal", "is not there yet"),
    ],
)
def test_a_community_nobody_knows_is_told(shell: Shell, to: str, why: str) -> None:
    code, told = shell.take(SMALL, to=to)
    assert (code, why in told) == (2, True), told


def test_a_file_that_is_no_quiz_is_refused(shell: Shell) -> None:
    code, told = shell.take("%PDF-1.7")
    assert (code, "a PDF" in told) == (2, True)
