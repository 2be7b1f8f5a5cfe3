"""Nothing a running bot leaves behind is ever committed: its data, its log, its process id, its secrets."""

from __future__ import annotations

import subprocess
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).parents[2]
LEFT_BEHIND = (
    ".env",
    "*.pid",
    "*.db",
    "*.db-wal",
    "*.db-shm",
    "*.db.lock",
    "*.db.set-aside-*",
    "*.sqlite",
    "*.sqlite3",
    "*.log",
    "*.pyc",
)


def git(*words: str) -> subprocess.CompletedProcess[str]:
    # In a container the checkout may belong to another user, which git refuses by default.
    command = ["git", "-c", "safe.directory=*", "-C", str(ROOT), *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_none_is_tracked() -> None:
    listed = git("ls-files", "-z")
    assert listed.returncode == 0, listed.stderr
    tracked = listed.stdout.split("\0")
    assert "pyproject.toml" in tracked
    assert [path for path in tracked if any(PurePosixPath(path).match(one) for one in LEFT_BEHIND)] == []


@pytest.mark.parametrize("pattern", LEFT_BEHIND)
@pytest.mark.parametrize("folder", ["", "deploy/"])
def test_each_is_ignored(pattern: str, folder: str) -> None:
    path = folder + pattern.replace("*", "studybot")
    ignored = git("check-ignore", "--no-index", "--quiet", path)
    assert ignored.returncode == 0, f"{path} could be committed by mistake: add it to .gitignore"
