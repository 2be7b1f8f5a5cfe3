"""Do the generated documents still say what the code does? ``--write`` makes them anew."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from bot.cli.command_list import as_markdown
from bot.commands.all import all_commands
from tests.gallery.page import PAGE as GALLERY
from tests.gallery.page import page as gallery
from tests.transcript import transcript

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
COMMANDS = ROOT / "docs" / "commands.md"
BLOCK = re.compile(r"(<!-- transcript -->\n```text\n).*?(```\n<!-- /transcript -->)", re.DOTALL)


def generated() -> dict[Path, str]:
    """What each generated document should be."""
    said = transcript()
    readme = BLOCK.sub(lambda found: found[1] + said + found[2], README.read_text(encoding="utf-8"))
    return {COMMANDS: as_markdown(all_commands()), README: readme, GALLERY: gallery()}


def main(write: bool) -> int:
    """Compare, or write; 1 if anything has drifted."""
    drifted = 0
    for path, wanted in generated().items():
        if path.exists() and path.read_text(encoding="utf-8") == wanted:
            continue
        if write:
            path.write_text(wanted, encoding="utf-8")
            print(f"wrote {path.relative_to(ROOT)}")
        else:
            print(f"{path.relative_to(ROOT)} has drifted; run `.venv/bin/python -m tests.docs_drift --write`")
            drifted = 1
    return drifted


if __name__ == "__main__":
    sys.exit(main("--write" in sys.argv[1:]))
