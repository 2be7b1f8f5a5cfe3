"""Sentences that people and contributors read are plain English: the worst words do not come back."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
QUAINT = re.compile(r"\b(anew|afresh|puts? right|putting right|so many|are told of|is told of)\b", re.IGNORECASE)
INSTEAD = "write 'again', 'start over', 'settle', 'correct', 'that number of' instead"
QUESTION_WORD = re.compile(r"(What|Whether|How|Who|Whom|Whose|So)\b")


def _tracked() -> list[str]:
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "-C", str(ROOT), "ls-files", "--cached", "--others", "--exclude-standard"],
        capture_output=True,
        text=True,
        check=True,
    )
    return [path for path in listed.stdout.split("\n") if (ROOT / path).is_file()]


READ = [
    path
    for path in _tracked()
    if (path.endswith((".py", ".md", ".yaml", ".toml", ".sh")) or path == "Makefile")
    and not path.startswith("content/")
    and path not in ("CHANGELOG.md", "tests/structure/test_plain_english.py")
]


def test_no_quaint_words() -> None:
    found = {}
    for path in READ:
        lines = (ROOT / path).read_text(encoding="utf-8").split("\n")
        for number, line in enumerate(lines, 1):
            if QUAINT.search(line):
                found[f"{path}:{number}"] = line.strip()
    assert found == {}, INSTEAD


def test_a_docstring_begins_with_what_it_does_or_is() -> None:
    found = []
    for path in READ:
        if not path.endswith(".py"):
            continue
        for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                said = ast.get_docstring(node) or ""
                if QUESTION_WORD.match(said):
                    found.append(f"{path}: {said.partition(chr(10))[0]}")
    assert found == [], "begin with a verb ('Return whether ...') or a noun"
