"""Every file, folder and name that the documents and comments point to is there."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
POINTER = re.compile(r"(?<![\w/.`-])`?((?:bot|tests|docs|tools|bench|deploy|migrations)/[\w./*-]*\w)")
LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")
NAMED = re.compile(r"`(bot/[\w/]+\.py)` \(`(\w+)`\)")
ELSEWHERE = {
    "bot/_content",  # inside the wheel
    "bot/_migrations",
    "bot/features/term.py",  # the samples of CONTRIBUTING.md
    "bot/features/level.py",
    "bot/adapters/echo/face.py",
    "bench/test_bench.py",  # below tests/
}


def _tracked() -> list[str]:
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "-C", str(ROOT), "ls-files", "--cached", "--others", "--exclude-standard"],
        capture_output=True,
        text=True,
        check=True,
    )
    return [path for path in listed.stdout.split("\n") if (ROOT / path).is_file()]


TRACKED = _tracked()
PROSE = [path for path in TRACKED if path.endswith(".md")]
OTHERS = [path for path in TRACKED if path.endswith((".py", ".toml", ".yml", ".service")) or path == "Makefile"]


def _dead(path: str) -> Iterator[str]:
    text = (ROOT / path).read_text(encoding="utf-8")
    for found in POINTER.finditer(text):
        pointer = found[1].rstrip(".")
        if pointer not in ELSEWHERE and not any(ROOT.glob(pointer)):
            yield pointer


@pytest.mark.parametrize("path", PROSE)
def test_what_a_document_points_to_is_there(path: str) -> None:
    assert [*_dead(path)] == []
    text = (ROOT / path).read_text(encoding="utf-8")
    links = {found[1] for found in LINK.finditer(text)}
    assert [link for link in links if not ((ROOT / path).parent / link).exists()] == []


def test_what_code_and_settings_point_to_is_there() -> None:
    assert {path: dead for path in OTHERS if (dead := [*_dead(path)])} == {}


def test_each_name_beside_a_file_is_defined_there() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = NAMED.findall(text)
    assert named
    for file, name in named:
        tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
        defined = {
            node.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        }
        assert name in defined, f"docs/architecture.md: {file} has no {name}"


def test_each_decision_has_a_number_of_its_own_and_says_it() -> None:
    files = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    heads = [file.read_text(encoding="utf-8").split(".", 1)[0] for file in files]
    assert [int(file.name[:4]) for file in files] == [*range(1, len(files) + 1)]
    assert heads == [f"# {number}" for number in range(1, len(files) + 1)]


def test_the_changelog_tells_of_the_version_that_is_built() -> None:
    built = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    heads = re.findall(r"^## (\S+), \d+ \w+ \d{4}$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert built in heads
