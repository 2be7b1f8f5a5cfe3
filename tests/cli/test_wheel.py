"""The wheel carries content and migrations, and chats from an empty environment."""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from tests.cli.running import ROOT, studybot

pytestmark = [pytest.mark.slow, pytest.mark.long]


def test_an_installed_wheel_chats(tmp_path: Path) -> None:
    source = tmp_path / "source"
    shutil.copytree(
        ROOT,
        source,
        ignore=shutil.ignore_patterns(".venv", ".git", "*.db", "__pycache__", ".*_cache", ".hypothesis", "dist"),
    )
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", str(tmp_path), "."],
        cwd=source,
        check=True,
    )
    wheel = next(tmp_path.glob("studybot-*.whl"))
    empty = tmp_path / "empty"
    venv.create(empty, with_pip=True)
    python = empty / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    subprocess.run(
        [python, "-m", "pip", "install", "-q", "--require-hashes", "-r", str(ROOT / "requirements.lock")], check=True
    )
    subprocess.run([python, "-m", "pip", "install", "-q", "--no-deps", str(wheel)], check=True)
    home = tmp_path / "home"
    home.mkdir()
    told = studybot(home, "chat", typed="A\n/role ai engineer\nquit\n", python=str(python))
    assert told.returncode == 0, told.stderr
    assert "Question 1" in told.stdout
    assert "1 in a row" in told.stdout
    assert "AI Engineer" in told.stdout
    # The versions that were accepted came along, or the strict check would ask for them.
    checked = studybot(home, "content", "check", "--strict", python=str(python))
    assert checked.returncode == 0, checked.stdout + checked.stderr
