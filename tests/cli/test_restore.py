"""``studybot restore`` as an operator meets it: after a kill, by the line that ``backup`` printed."""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.in_process import InFolder
from tests.cli.running import ROOT, SMALL, studybot

CHAT = ("chat", "--plain", "--database", "s.db")


def killed_in_a_chat(folder: Path, days: int) -> None:
    """Live on for some days in a chat, which is then killed."""
    chat = subprocess.Popen(
        [sys.executable, "-m", "bot", *CHAT],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TZ": "UTC", "STUDYBOT_CONTENT_DIR": SMALL},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert chat.stdin is not None
    assert chat.stdout is not None
    chat.stdin.write("tomorrow\nA\n" * days)
    chat.stdin.flush()
    seen = 0
    while seen < 2 * days:
        seen += chat.stdout.readline().startswith("you #general> ")
    chat.send_signal(signal.SIGKILL)
    chat.wait()
    chat.stdout.close()
    chat.stdin.close()
    assert (folder / "s.db-wal").stat().st_size > 0


def printed(output: str) -> list[str]:
    """The command that was printed last between backquotes, as words."""
    command = re.findall(r"`(studybot restore [^`]*)`", output)[-1]
    return shlex.split(command)[1:]


@pytest.mark.parametrize("by_hand", [False, True], ids=["by the printed line", "copied over by hand first"])
@pytest.mark.parametrize("days", [2, 9])
def test_what_was_backed_up_is_what_is_there(tmp_path: Path, by_hand: bool, days: int) -> None:
    assert studybot(tmp_path, *CHAT, typed="A\nquit\n").returncode == 0
    backed_up = studybot(tmp_path, "backup", "--database", "s.db", "b.db")
    killed_in_a_chat(tmp_path, days)
    if by_hand:
        (tmp_path / "s.db").write_bytes((tmp_path / "b.db").read_bytes())
        refused = studybot(tmp_path, *CHAT, typed="quit\n")
        assert refused.returncode != 0
        assert "nothing was opened or changed" in refused.stderr
        assert "Traceback" not in refused.stderr
        words = [word.replace("BACKUP", "b.db") for word in printed(refused.stderr)]
    else:
        words = printed(backed_up.stdout)
    restored = studybot(tmp_path, *words)
    assert restored.returncode == 0, restored.stderr
    assert "b.db is whole: 1 round, the newest of " in restored.stdout
    told = studybot(tmp_path, *CHAT, typed="/progress history\nquit\n")
    assert told.returncode == 0, told.stderr
    assert len(re.findall(r"^  \d+  ", told.stdout, re.MULTILINE)) == 1
    if not by_hand:
        back = studybot(tmp_path, *printed(restored.stdout))
        assert f"is whole: {days + 1} rounds" in back.stdout


def test_a_rehearsal_says_what_it_would_do(folder: InFolder) -> None:
    folder.run("db", "upgrade")
    folder.run("backup", "copy.db")
    told = folder.run("restore", "--dry-run", "copy.db")
    assert told.exit_code == 0, told.output
    assert "copy.db is whole: 0 rounds." in told.output
    assert "A rehearsal: nothing was changed." in told.output
    assert not list(folder.path.glob("*set-aside*"))


def test_refusals_are_sentences(folder: InFolder) -> None:
    folder.run("db", "upgrade")
    (folder.path / "words.db").write_text("only some words")
    (folder.path / "folder").mkdir()
    for words, says in (
        (("restore", "none.db"), "There is no backup none.db. Nothing was changed."),
        (("restore", "folder"), "folder is a folder. Name one backup, such as a file in it; nothing was changed."),
        (("restore", "words.db"), "words.db is damaged or is no database"),
        (("restore", "studybot.db"), "is the database itself"),
        (("restore", "--database", "postgresql://localhost/x", "words.db"), "pg_restore"),
    ):
        told = folder.run(*words)
        assert told.exit_code == 1
        assert says in told.output
