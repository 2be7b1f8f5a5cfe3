"""Change the rules of the domain one small step at a time, and list the changes that no test notices."""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tests.mutants.mutant import LIST, MODULES, Mutant, Verdict, listed
from tests.project_copy import copy_project

AT_ONCE = 2
TESTS = (
    "test_grading",
    "test_pauses",
    "test_round",
    "test_round_life",
    "test_schedule",
    "test_selection",
    "test_seven_dates",
    "test_streak",
)
"""Those of tests/domain/ that ask these rules and are fast: each mutant meets all that run its function."""
SETTINGS = """[mutmut]
source_paths = bot
only_mutate =
{mutated}
also_copy =
    content
    migrations
pytest_add_cli_args =
    -p
    no:cacheprovider
    -m
    not slow and not long
    --hypothesis-profile=mutants
pytest_add_cli_args_test_selection =
{tests}
timeout_multiplier = 4
timeout_constant = 5
use_git_change_detection = false
track_dependencies = false
"""
LINES_WHEN_IT_FAILS = 40
LINE_EVERY = 50
"""Mutants between two lines of progress where nobody watches."""
_TRIED = re.compile(r"(\d+)/(\d+) .* 🫥 (\d+) .* 🙁 (\d+)")
_NAME = re.compile(r"bot\.domain\.(\w+)\.x(?:_|ǁ(\w+)ǁ)(\w+)__mutmut_\d+")
_NOTICED = {"killed", "timeout"}
_UNNOTICED = {"survived", "no tests"}


class Failed(Exception):
    """Mutmut came to no result."""


def main(arguments: Sequence[str]) -> int:
    """Run mutmut in a copy and compare; the exit code."""
    modules = _parsed(arguments)
    may_stay = [one.mutant for one in listed(LIST.read_text(encoding="utf-8")) if one.mutant.module in modules]
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="studybot-mutants-") as folder:
        copy = Path(folder)
        copy_project(copy)
        (copy / "setup.cfg").write_text(_settings(modules), encoding="utf-8")
        try:
            made = _run(copy)
            survived = list(_survivors(copy))
        except Failed as failed:
            print(failed, file=sys.stderr)
            return 2
    print(f"{made} mutants, {len(survived)} noticed by no test, {time.monotonic() - began:.0f} s")
    return _told(Verdict.of(survived, may_stay))


def _parsed(arguments: Sequence[str]) -> tuple[str, ...]:
    parser = argparse.ArgumentParser(
        prog="python -m tests.mutants",
        description=f"{__doc__} Works in a temporary copy, with {AT_ONCE} processes, in under ten minutes.",
        epilog="Ends with 0 if docs/mutants.md lists every change that no test notices, with 1 if it does not, and "
        "with 2 if the tests fail without any change. A listed change that is noticed now leaves the list.",
    )
    parser.add_argument(
        "modules", nargs="*", metavar="MODULE", help=f"only these files of bot/domain/: {', '.join(MODULES)} (all)"
    )
    chosen: list[str] = parser.parse_args(arguments).modules
    if unknown := [module for module in chosen if module not in MODULES]:
        parser.error(f"not mutated here: {', '.join(unknown)}; one of {', '.join(MODULES)}")
    return tuple(chosen) or MODULES


def _settings(modules: Iterable[str]) -> str:
    return SETTINGS.format(
        mutated="\n".join(f"    bot/domain/{module}.py" for module in modules),
        tests="\n".join(f"    tests/domain/{test}.py" for test in TESTS),
    )


def _run(copy: Path) -> int:
    """Make and try every mutant, saying how far it is; the number of mutants."""
    told = _Progress()
    print("Running the tests once without a change", flush=True)
    with subprocess.Popen(
        _mutmut("run", "--max-children", str(AT_ONCE)),
        cwd=copy,
        env=_ENVIRON,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    ) as running:
        assert running.stdout is not None
        last: deque[str] = deque(maxlen=LINES_WHEN_IT_FAILS)
        for line in running.stdout:
            told.heard(line)
            last.append(line)
    told.end()
    if running.returncode != 0 or told.tried < told.made or not told.made:
        raise Failed("".join(last) + f"mutmut ended with {running.returncode}")
    return told.made


class _Progress:
    """The progress: one line that changes for a person, a line now and then for a program."""

    def __init__(self) -> None:
        self.tried = self.made = self._next = 0
        self._person = sys.stdout.isatty()

    def heard(self, line: str) -> None:
        """Take in a line of mutmut."""
        found = _TRIED.search(line)
        if found is None:
            return
        self.tried, self.made = int(found[1]), int(found[2])
        text = f"{self.tried} of {self.made} tried, {int(found[3]) + int(found[4])} noticed by no test"
        if self._person:
            print(f"\r{text}", end="", flush=True)
        elif self.tried >= self._next:
            self._next = self.tried + LINE_EVERY
            print(text, flush=True)

    def end(self) -> None:
        """Leave the line that changes."""
        if self._person and self.made:
            print()


def _survivors(copy: Path) -> Iterator[Mutant]:
    """The mutants no test noticed."""
    for line in _asked(copy, "results").splitlines():
        name, _, status = line.strip().partition(": ")
        found = _NAME.fullmatch(name)
        if found is None or status in _NOTICED:
            continue
        if status not in _UNNOTICED:
            raise Failed(f"{name}: {status}")
        function = f"{found[2]}.{found[3]}" if found[2] else found[3]
        yield Mutant.of(found[1], function, _asked(copy, "show", name).splitlines()[1:])


def _told(verdict: Verdict) -> int:
    if verdict.unlisted:
        print("\nNo test notices these. Write one that does; if none can, list the change with its reason:\n")
        print("\n\n".join(map(str, verdict.unlisted)))
    if verdict.gone:
        print("\nNoticed or no longer made, so take these out of docs/mutants.md:\n")
        print("\n\n".join(map(str, verdict.gone)))
    if not verdict.unlisted and not verdict.gone:
        print("docs/mutants.md lists each of them.")
    return 1 if verdict.unlisted else 0


# With a fixed seed for hashes, tests run in the same order each time.
_ENVIRON = {**os.environ, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "200"}


def _mutmut(*words: str) -> list[str]:
    return [sys.executable, "-m", "mutmut", *words]


def _asked(copy: Path, *words: str) -> str:
    ran = subprocess.run(_mutmut(*words), cwd=copy, env=_ENVIRON, capture_output=True, encoding="utf-8", check=False)
    if ran.returncode != 0:
        raise Failed(ran.stdout + ran.stderr)
    return ran.stdout


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
