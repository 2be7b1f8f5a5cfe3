"""Do the generated documents still say what the code does? ``--write`` makes them anew."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from bot.adapters.slack.manifest import manifest
from bot.app.features import all_commands
from bot.authoring.figures import figures
from bot.catalog import load
from bot.cli import bank_figures
from bot.cli.command_list import as_markdown
from bot.cli.rule_list import rules_as_markdown
from bot.cli.setting_list import settings_as_markdown
from tests.gallery.page import CONTENTS, GALLERIES, contents
from tests.transcript import transcript

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
COMMANDS = ROOT / "docs" / "commands.md"
CONTENT = ROOT / "docs" / "content.md"
AUTHORING = ROOT / "docs" / "authoring.md"
RUNNING = ROOT / "docs" / "running.md"
MANIFEST = ROOT / "docs" / "slack-manifest.json"
BLOCK = re.compile(r"(<!-- transcript -->\n```text\n).*?(```\n<!-- /transcript -->)", re.DOTALL)
FIGURES = re.compile(r"(<!-- figures -->\n).*?(\n<!-- /figures -->)", re.DOTALL)
SETTINGS = re.compile(r"(<!-- settings -->\n).*?(\n<!-- /settings -->)", re.DOTALL)
RULES = re.compile(r"(<!-- rules -->\n).*?(\n<!-- /rules -->)", re.DOTALL)


def generated() -> dict[Path, str]:
    """What each generated document should be."""
    said = transcript()
    counted = bank_figures.as_markdown(figures(load(ROOT / "content").files))
    return {
        COMMANDS: as_markdown(all_commands()),
        README: _between(BLOCK, README, said),
        CONTENT: _between(FIGURES, CONTENT, counted),
        RUNNING: _between(SETTINGS, RUNNING, settings_as_markdown()),
        MANIFEST: f"{json.dumps(manifest(all_commands()), indent=2)}\n",
        CONTENTS: contents(),
        **{gallery.page: gallery.html() for gallery in GALLERIES},
        **{gallery.markdown: gallery.in_markdown() for gallery in GALLERIES},
        AUTHORING: _between(RULES, AUTHORING, rules_as_markdown()),
    }


def _between(markers: re.Pattern[str], path: Path, made: str) -> str:
    """The document with what stands between its markers made anew."""
    text, times = markers.subn(lambda found: found[1] + made + found[2], path.read_text(encoding="utf-8"))
    assert times == 1, f"{path.name} has its markers {times} times"
    return text


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
