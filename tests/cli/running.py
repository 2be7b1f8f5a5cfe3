"""Running ``studybot`` as a person would, in a folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def studybot(
    folder: Path, *words: str, typed: str = "", python: str = sys.executable, **environ: str
) -> subprocess.CompletedProcess[str]:
    """Run a command with nothing set but what is given."""
    env = {
        "PATH": os.environ.get("PATH", ""),
        "HOME": str(folder),
        "TZ": "UTC",
        "PYTHONPATH": str(ROOT) if python == sys.executable else "",
        "PYTHONUTF8": "1",
        **environ,
    }
    return subprocess.run(
        [python, "-m", "bot", *words],
        cwd=folder,
        env=env,
        input=typed,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
