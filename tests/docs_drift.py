"""Compare the generated documents with the code; ``--write`` brings them up to date."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path

from bot.adapters.slack.manifest import manifest
from bot.app.features import all_commands
from bot.authoring.figures import figures
from bot.authoring.guessing.learned import can_learn
from bot.authoring.lint.rules import EXAMPLES, RULES
from bot.catalog import load
from bot.cli import bank_figures
from bot.cli.command_list import as_markdown
from bot.config import Settings, name_of
from tests.docs import round_life
from tests.domain.samples import CONTENT as BANK
from tests.gallery.page import CONTENTS, GALLERIES, contents
from tests.press_trace import follow, press_as_markdown
from tests.rooms import rooms_as_mermaid
from tests.transcript import transcript

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
COMMANDS = ROOT / "docs" / "commands.md"
CONTENT = ROOT / "docs" / "content.md"
AUTHORING = ROOT / "docs" / "authoring.md"
RUNNING = ROOT / "docs" / "running.md"
ROUND_LIFE = ROOT / "docs" / "round-life.md"
MANIFEST = ROOT / "docs" / "slack-manifest.json"
ARCHITECTURE = ROOT / "docs" / "architecture.md"


def generated() -> dict[Path, str]:
    """The text that each generated document should have."""
    architecture = {"rooms": rooms_as_mermaid(), "press": press_as_markdown(follow())}
    return {
        COMMANDS: as_markdown(all_commands()),
        ARCHITECTURE: _between(ARCHITECTURE, architecture),
        README: _between(README, {"transcript": f"```text\n{transcript()}```"}),
        **_counted(),
        RUNNING: _between(RUNNING, {"settings": _settings()}),
        MANIFEST: f"{json.dumps(manifest(all_commands()), indent=2)}\n",
        ROUND_LIFE: round_life.as_markdown(),
        CONTENTS: contents(),
        **{gallery.page: gallery.html() for gallery in GALLERIES},
        **{gallery.markdown: gallery.in_markdown() for gallery in GALLERIES},
        AUTHORING: _between(AUTHORING, {"rules": _rules()}),
    }


def _counted() -> dict[Path, str]:
    """The figures of the bank; nothing where the guessers that learn cannot be asked."""
    if not can_learn():
        print(f"{CONTENT.relative_to(ROOT)} is not compared: it needs scikit-learn, which `make test` installs")
        return {}
    return {CONTENT: _between(CONTENT, {"figures": bank_figures.as_markdown(figures(load(BANK).files))})}


def _settings() -> str:
    """Name, default and meaning of each setting, as a table."""
    rows = ["| name | default | |", "|---|---|---|"]
    for field, told in Settings.model_fields.items():
        default = "none" if told.default is None else f"`{told.default}`"
        rows.append(f"| `{name_of(field)}` | {default} | {told.description} |")
    return "\n".join(rows)


def _rules() -> str:
    """Each rule of the content check with its level, its sentence, and how not and how to do it."""
    lines: list[str] = []
    for rule in RULES.values():
        example = EXAMPLES[rule.id]
        lines.append(f"- **{rule.id}** ({rule.level}) {rule.sentence}")
        lines += [f"  - not: {example.bad}", f"  - but: {example.good}"]
    return "\n".join(lines) + "\n"


def _between(path: Path, parts: Mapping[str, str]) -> str:
    """The document with each part replaced that stands between ``<!-- its name -->`` and ``<!-- /its name -->``."""
    text = path.read_text(encoding="utf-8")
    for name, made in parts.items():
        markers = re.compile(rf"(<!-- {name} -->\n).*?(\n<!-- /{name} -->)", re.DOTALL)
        text, times = markers.subn(lambda found, made=made: found[1] + made + found[2], text)  # type: ignore[misc]
        assert times == 1, f"{path.name} has the markers of {name} {times} times"
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
