"""docs/round-life.md, drawn from the table of a round's moves."""

from __future__ import annotations

from itertools import groupby

from bot.domain.round_life import MOVES, Move

BEFORE = """# A round's life

A *round* is one question of one daily question's track on one local date. This page is drawn from the table in
`bot/domain/round_life.py`. Storage writes a change of state only through that table: a move that is not in it raises
`IllegalMove` and changes nothing.

```mermaid
stateDiagram-v2
"""


def as_markdown() -> str:
    """The page: the picture, then every move with its causes."""
    return f"{BEFORE}{_arrows()}```\n\n{_table()}"


def _arrows() -> str:
    between = sorted(MOVES, key=_ends)
    lines = [
        f"    {source} --> {target}: {', '.join(move.event for move in moves)}\n"
        for (source, target), moves in groupby(between, key=_ends)
    ]
    return "".join(lines)


def _ends(move: Move) -> tuple[str, str]:
    return move.source or "[*]", move.target


def _table() -> str:
    rows = (
        f"| {move.source or ''} | {move.event} | {move.target} | {', '.join(move.causes)} | {move.meaning} |\n"
        for move in MOVES
    )
    return "| From | Event | To | Set off by | What it means |\n| --- | --- | --- | --- | --- |\n" + "".join(rows)
