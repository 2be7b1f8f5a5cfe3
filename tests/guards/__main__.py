"""Breaks each promise of the list in a copy of the project and sees its test turn red.

``python -m tests.guards [WORD ...]``: only the promises that hold one of the words. Ends with 1 if a test stays green.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue

from tests.guards.guard import Guard, guards
from tests.project_copy import copy_project

FAILED = 1
"""How pytest ends when a test failed; anything else above 0 says that it could not even run."""
PATIENCE = 180.0
"""Seconds for one test: without its guard it may wait for what never comes."""
AT_ONCE = 2


def main(words: Sequence[str]) -> int:
    """Try every guard; the exit code."""
    chosen = [guard for guard in guards() if not words or _named(guard, words)]
    began, green = time.monotonic(), 0
    with _copies() as copies, ThreadPoolExecutor(AT_ONCE) as pool:
        tried = pool.map(lambda guard: _try(guard, copies), chosen)
        for number, (guard, trouble) in enumerate(zip(chosen, tried, strict=True), 1):
            print(f"[{number}/{len(chosen)}] {'STAYS GREEN' if trouble else 'red'}  {guard.promise}", flush=True)
            if trouble:
                green += 1
                print(f"    {guard.file}, {guard.red}\n    {trouble}", flush=True)
    print(f"{time.monotonic() - began:.0f} s")
    print(f"{len(chosen) - green} passed, {green} failed")
    return 1 if green or not chosen else 0


def _named(guard: Guard, words: Sequence[str]) -> bool:
    return any(word.casefold() in guard.promise.casefold() for word in words)


@contextmanager
def _copies() -> Iterator[SimpleQueue[Path]]:
    """Copies of the project, one for each test that runs at a time."""
    copies: SimpleQueue[Path] = SimpleQueue()
    with tempfile.TemporaryDirectory(prefix="studybot-guards-") as folder:
        for number in range(AT_ONCE):
            copy = Path(folder) / str(number) / "project"
            copy_project(copy)
            copies.put(copy)
        yield copies


def _try(guard: Guard, copies: SimpleQueue[Path]) -> str:
    """The fault of a guard; empty if its test turns red."""
    copy = copies.get()
    file = copy / guard.file
    whole = file.read_text(encoding="utf-8")
    try:
        file.write_text(guard.broken(whole), encoding="utf-8")
        return _ran(guard, copy)
    finally:
        file.write_text(whole, encoding="utf-8")
        copies.put(copy)


def _ran(guard: Guard, copy: Path) -> str:
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:randomly", "-p", "no:cacheprovider", guard.red]
    environ = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "STUDYBOT_TEST_PATIENCE": "30"}
    try:
        ended = subprocess.run(
            command, cwd=copy, env=environ, capture_output=True, text=True, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        return f"no end within {PATIENCE:.0f} s"
    if ended.returncode == FAILED:
        return ""
    return (
        "its test passed" if ended.returncode == 0 else f"pytest ended with {ended.returncode}: {ended.stdout[-400:]}"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
