"""The rooms of ``bot/`` as a Mermaid picture, made from the import contract in pyproject.toml."""

from __future__ import annotations

import ast
import re
import tomllib
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).parent.parent
CORE = "the core: no platform, no database, no terminal"


def rooms_as_mermaid() -> str:
    """Every room at its height, with the first words of its docstring; an arrow means "may import"."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    core = next(contract["source_modules"] for contract in contracts if contract["name"].startswith("The core"))
    rows = [layer.split(" | ") for layer in layers]
    lines = ["```mermaid", "flowchart TD"]
    for height, row in enumerate(rows):
        nodes = [f'{_node(room)}["<b>{room}</b><br/>{_about(room)}"]' for room in row]
        side_by_side = [f'subgraph row{height}[" "]', "  direction TB", *(f"  {node}" for node in nodes), "end"]
        lines += [f"  {line}" for line in (side_by_side if len(row) > 1 else nodes)]
    ends = [f"row{height}" if len(row) > 1 else _node(row[0]) for height, row in enumerate(rows)]
    lines += [f"  {above} --> {below}" for above, below in pairwise(ends)]
    lines.append("  classDef core fill:#dff0e3,stroke:#3a7d4f,color:#111")
    lines.append(f"  class {','.join(_node(room.removeprefix('bot.')) for room in core)} core")
    lines.append("  classDef row fill:none,stroke-dasharray:3")
    lines.append(f"  class {','.join(end for end in ends if end.startswith('row'))} row")
    lines += ["```", "", f"Green is {CORE}."]
    return "\n".join(lines)


def _node(room: str) -> str:
    return f"room_{room.strip('_')}"


def _about(room: str) -> str:
    """The first words of a room's docstring, up to a colon, a semicolon or a full stop."""
    package = ROOT / "bot" / room
    file = package / "__init__.py" if package.is_dir() else package.with_suffix(".py")
    words = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    return re.split(r"[:;.](?:\s|$)", words)[0].replace('"', "'").replace("``", "")
