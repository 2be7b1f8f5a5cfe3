"""Each command that README, CONTRIBUTING and docs print runs as printed, on a fresh copy of the project."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import threading
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.docs.printed import ROOT, blocks, commands
from tests.fakes.patience import PATIENCE
from tests.project_copy import copy_project

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("printed lines")]

TOKEN = {"DISCORD_TOKEN": "MTIzNDU2Nzg5MDEyMzQ1Njc4.x.y", "DISCORD_API_URL": "http://127.0.0.1:9/api/v10"}


QUIZ = """stem,a,b,c,d,correct
Which part of an inverted index says in which documents a word stands?,A posting list,A header,A checksum,A footer,a
"""


@dataclass(frozen=True, slots=True)
class Runs:
    """Ends with 0 after what was typed, and prints this."""

    prints: str
    typed: str = ""
    with_token: bool = False
    filled: tuple[str, str] = ("", "")
    """A placeholder of the documents, and what stands for it here."""


@dataclass(frozen=True, slots=True)
class Stays:
    """Prints this, goes on, and ends cleanly when told to."""

    prints: str
    by_signal: bool = True


@dataclass(frozen=True, slots=True)
class Known:
    """Too long, or too far out, to be run here: another command shows that it is there."""

    shown_by: str
    prints: str


Tested = Runs | Stays | Known

STUDYBOT: dict[str, Tested] = {
    "studybot": Runs("Usage: studybot"),
    "studybot --help": Runs("Usage: studybot"),
    "studybot run": Stays("Studybot runs on Discord"),
    "studybot chat": Runs("you #general>", "quit\n"),
    "studybot chat --plain": Runs("you #general>", "quit\n"),
    "studybot mcp": Runs("Studybot serves a program over MCP here."),
    "studybot init": Runs("Wrote .env; only you can read it.", "\n" * 9),
    "studybot doctor": Runs("Everything is well."),
    "studybot invite": Runs("https://discord.com/oauth2/authorize?client_id=123456789012345678", with_token=True),
    "studybot secret-key": Runs("="),
    "studybot manifest slack": Runs('"display_information"'),
    "studybot manifest slack --prefix sg-": Runs("/sg-quiz"),
    "studybot manifest slack --http https://study.example.org": Runs("https://study.example.org/slack/"),
    "studybot backup PATH": Runs("and checked.", filled=("PATH", "fresh.db")),
    "studybot restore": Known("studybot restore --help", "BACKUP"),
    "studybot restore PATH": Runs("Restored studybot.db", filled=("PATH", "kept.db")),
    "studybot restore BACKUP": Runs("Restored studybot.db", filled=("BACKUP", "kept.db")),
    "studybot db current": Runs("the newest"),
    "studybot db upgrade": Runs("is up to date"),
    "studybot db recompute": Runs("Every standing was right."),
    "studybot content check": Runs(" questions, 14 roles"),
    "studybot content check --accept": Runs(" questions, 14 roles"),
    "studybot content stats": Runs("questions"),
    "studybot content show rag-009": Runs("--- the post ---"),
    "studybot content new question --topic rag": Runs("rag.yaml"),
    "studybot content export --format csv": Runs("question"),
    "studybot content import quiz.csv --topic rag --dry-run": Runs("1 would come in as drafts"),
    "studybot content import quiz.csv --community discord:119000000000000000": Known(
        "studybot content import --help", "--community"
    ),
    "studybot content export --format csv --community ...": Known("studybot content export --help", "--community"),
}

TESTED: dict[str, Tested] = {
    **STUDYBOT,
    **{f".venv/bin/{command}": tested for command, tested in STUDYBOT.items()},
    ". .venv/bin/activate": Runs(""),
    ".venv/bin/python -m tests.docs_drift --write": Runs(""),
    ".venv/bin/python -m tests.press_trace": Runs("named steps to the rule"),
    ".venv/bin/python -m tests.fakes.discord --port 8710": Stays("A Discord of our own is up", by_signal=False),
    ".venv/bin/python -m tests.fakes.slack --port 8720": Stays("Slack"),
    ".venv/bin/python -m bench --quick": Known(".venv/bin/python -m bench --help", "--quick"),
    ".venv/bin/python -m bench --write": Known(".venv/bin/python -m bench --help", "--write"),
    '.venv/bin/pip install "studybot[mcp]"': Known(
        '.venv/bin/pip install --dry-run --no-index "studybot[mcp]"', "Requirement already satisfied: mcp"
    ),
    "git pull": Known("git pull -h", "usage: git pull"),
    "make setup": Runs("Ready: .venv/bin/studybot"),
    "make chat": Runs("you #general>", "quit\n"),
    "make format": Runs(""),
    "make quick": Known("make --dry-run quick", "pytest"),
    "make test": Known("make --dry-run test", "pytest"),
    "make long": Known("make --dry-run long", "pytest"),
    "make guards": Known("make --dry-run guards", "tests.guards"),
    "make mutants": Known("make --dry-run mutants", "tests.mutants"),
    ".venv/bin/python -m tests.mutants streak": Known(".venv/bin/python -m tests.mutants --help", "docs/mutants.md"),
    "make cover": Known("make --dry-run cover", "--cov"),
    "make gallery": Known("make --dry-run gallery", "tests.gallery"),
    "make bench": Known("make --dry-run bench", "-m bench"),
}


ON_THE_FIRST_DAY = frozenset(
    {
        ". .venv/bin/activate",
        ".venv/bin/python -m tests.fakes.discord --port 8710",
        "git pull",
        "make chat",
        "make setup",
        "make test",
        "studybot",
        "studybot --help",
        "studybot backup PATH",
        "studybot doctor",
        "studybot init",
        "studybot restore BACKUP",
        "studybot run",
    }
)
"""What most people run; each other command, a process or more as well, is run in `make long`."""


class Copy:
    """A fresh copy of the project with its .venv, and a shell in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        copy_project(folder)
        self._link_environment()

    def _link_environment(self) -> None:
        made, real = self.folder / ".venv", ROOT / ".venv"
        made.mkdir()
        for name in ("bin", "lib"):
            (made / name).symlink_to(real / name)
        shutil.copy(real / "pyvenv.cfg", made)
        # Newer than the locks, or make would install everything again.
        for stamp in (".ready", ".ready-dev"):
            (made / stamp).write_text(f"{self.folder.resolve()}\n", encoding="utf-8")

    def environment(self, *, with_token: bool) -> dict[str, str]:
        return {
            "PATH": f"{self.folder}/.venv/bin:/usr/local/bin:/usr/bin:/bin",
            "HOME": str(self.folder),
            "TZ": "UTC",
            "PYTHONPATH": str(self.folder),  # the copy's own code, not that of the environment
            **(TOKEN if with_token else {}),
        }

    def run(self, command: str, typed: str = "", *, with_token: bool = False) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["sh", "-ec", command],
            cwd=self.folder,
            env=self.environment(with_token=with_token),
            input=typed,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    made = Copy(tmp_path_factory.mktemp("copy"))
    made.run(".venv/bin/studybot db upgrade && .venv/bin/studybot backup kept.db")
    (made.folder / "quiz.csv").write_text(QUIZ, encoding="utf-8")
    return made


def test_every_printed_command_is_tested_here() -> None:
    untested = sorted({f"{one.document}: {one.command}" for one in commands() if one.command not in TESTED})
    assert untested == [], "say in TESTED what each of these does"


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(command, marks=() if command in ON_THE_FIRST_DAY else pytest.mark.long)
        for command in sorted({one.command for one in commands()} & TESTED.keys())
    ],
)
def test_it_runs_as_printed(copy: Copy, command: str) -> None:
    tested = TESTED[command]
    if isinstance(tested, Stays):
        stays(copy, command.replace("--port 8710", "--port 0").replace("--port 8720", "--port 0"), tested)
        return
    if isinstance(tested, Known):
        shown = copy.run(tested.shown_by)
        assert tested.prints in shown.stdout + shown.stderr
        return
    if tested.filled[1] == "fresh.db":
        (copy.folder / "fresh.db").unlink(missing_ok=True)
    if "init" in command:
        (copy.folder / ".env").unlink(missing_ok=True)
    ran = copy.run(command.replace(*tested.filled), tested.typed, with_token=tested.with_token)
    # Without a command, the help is printed and counts as wrong usage.
    assert ran.returncode == (2 if command.endswith("studybot") else 0), ran.stdout + ran.stderr
    assert tested.prints in ran.stdout + ran.stderr
    assert "Traceback" not in ran.stderr


def stays(copy: Copy, command: str, tested: Stays) -> None:
    """Start it, wait for what it prints, and end it as a person would: Ctrl+C, or the end of the input."""
    with subprocess.Popen(
        ["sh", "-ec", f"exec {command}"],
        cwd=copy.folder,
        env={**copy.environment(with_token=True), "PYTHONUNBUFFERED": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        too_long = threading.Timer(90, process.kill)
        too_long.start()
        try:
            assert any(tested.prints in line for line in process.stdout)
            if tested.by_signal:
                process.send_signal(signal.SIGINT)
            elif process.stdin is not None:
                process.stdin.close()
            for _ in process.stdout:
                pass
            assert process.wait(PATIENCE) == 0
        finally:
            too_long.cancel()
            process.kill()


def test_no_bare_python_is_printed() -> None:
    """Many systems have no `python`, and their `python3` lacks the packages."""
    assert [one for one in commands() if one.command.startswith(("python", "pip"))] == []


POWERSHELL = [line for _, block in blocks("powershell") for line in block.splitlines()]


def test_powershell_takes_each_line() -> None:
    assert len(POWERSHELL) == 4
    for line in POWERSHELL:
        # Windows PowerShell 5 knows neither && nor ||, and a slash begins no path of a command.
        assert not re.search(r"&&|\|\||[;`\"']", line), line
        program = line.split()[0]
        assert program == "py" or re.fullmatch(r"\.venv\\Scripts\\\w+", program), line


def test_any_python_will_do_on_windows() -> None:
    assert POWERSHELL[0] == "py -m venv .venv"
    assert not any(re.search(r"py -3|python3\.", line) for line in POWERSHELL)


def test_windows_installs_what_make_installs() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for line in POWERSHELL[1:3]:
        words = line.split()[2:]
        assert "--require-hashes -r" in makefile
        assert set(words) - {"requirements.lock", "."} <= set(makefile.split()), line
    assert (ROOT / "requirements.lock").exists()
    assert os.access(ROOT / ".venv" / "bin" / "studybot", os.X_OK)
