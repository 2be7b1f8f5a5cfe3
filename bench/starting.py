"""Starting: fresh processes, beside fresh processes that only import the same libraries."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench.figures import Chapter, Goal, Line, interleaved, middle, spread, took

ROOT = Path(__file__).parents[1]
HOW = (
    "Fresh processes. A chat is `studybot chat --plain` on a database it has used before, with nothing typed: until it "
    "has greeted, asked and, at the end of its input, left. *Its libraries* is a process that imports the same modules "
    "of other people, in the same order, and nothing else."
)
# Runs the command line, then notes which modules of other people it has imported.
_NOTED = """
import sys
from bot.__main__ import main
try:
    main()
finally:
    files = {name: getattr(module, "__file__", None) or "" for name, module in sys.modules.items()}
    with open(sys.argv[-1] + ".modules", "w") as noted:
        noted.write(" ".join(name for name, file in files.items() if "site-packages" in file))
"""
_IMPORTED = "import importlib, sys\nfor name in sys.argv[1:]: importlib.import_module(name)"


@dataclass(frozen=True, slots=True)
class Plan:
    rounds: int = 11


QUICK = Plan(rounds=3)


def run(folder: Path, plan: Plan) -> Chapter:
    database = str(folder / "chat.db")
    chat = ("chat", "--plain", "--database", database)
    _seconds(folder, sys.executable, "-m", "bot", *chat)
    _seconds(folder, sys.executable, "-c", _NOTED, *chat)
    libraries = Path(f"{database}.modules").read_text(encoding="utf-8").split()
    contenders = {
        "typer": partial(_seconds, folder, sys.executable, "-c", "import typer"),
        "help": partial(_seconds, folder, sys.executable, "-m", "bot", "--help"),
        "libraries": partial(_seconds, folder, sys.executable, "-c", _IMPORTED, *libraries),
        "chat": partial(_seconds, folder, sys.executable, "-m", "bot", *chat),
        # Says what it would do and does nothing: what make itself adds to a second chat.
        "make": partial(_seconds, folder, "make", "-n", "chat", cwd=ROOT),
    }
    interleaved(contenders, 1)
    found = interleaved(contenders, plan.rounds)
    chat_took, imports = middle(found["chat"]), middle(found["libraries"])
    second = chat_took + middle(found["make"])
    packages = sorted({name.partition(".")[0] for name in libraries if not name.startswith("_")})
    return Chapter(
        "Starting",
        HOW,
        (
            Line("`import typer`", spread(found["typer"], took)),
            Line("`studybot --help`", spread(found["help"], took)),
            Line(f"A chat's libraries ({', '.join(packages)})", spread(found["libraries"], took)),
            Line("A chat", spread(found["chat"], took)),
            Line(
                "... beside its libraries",
                f"{chat_took / imports:.2f}",
                chat_took / imports,
                Goal("at most", 1.3, 3, " times"),
            ),
            Line("A second `make chat`", took(second), second, Goal("at most", 2, 6, " s")),
        ),
    )


def _seconds(folder: Path, *command: str, cwd: Path | None = None) -> float:
    # Bytecode is kept, as it is for everyone from the second start on.
    known = {name: value for name, value in os.environ.items() if not name.startswith(("STUDYBOT_", "PYTHON"))}
    begun = time.perf_counter()
    done = subprocess.run(
        command,
        cwd=cwd or folder,
        env={**known, "PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": str(folder / "bytecode")},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    taken = time.perf_counter() - begun
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr}")
    return taken
