"""The bank's figures as tables, which read in a terminal and in a document alike, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict

from bot.authoring.figures import Figures, GuessRow, Have, Measure, Row
from bot.authoring.guessing.scoring import LIMIT
from bot.domain.question import Difficulty


def as_json(found: Figures) -> str:
    """The figures for other tools."""
    return json.dumps(asdict(found), indent=2)


def as_markdown(found: Figures) -> str:
    """The figures as Markdown tables; what falls short is marked with ``!``."""
    return "\n".join(_lines(found)) + "\n"


def guesses_as_markdown(found: Figures) -> str:
    """Return what a guesser gets right as a Markdown table, then the bank's habits."""
    lines = [*_guesses(found)]
    if found.habits.found:
        rows = ((one.sign, f"{one.right} of {one.of}", f"{one.expected:.1f}") for one in found.habits.found)
        lines += ["", *_table(("Habit", "Right", "By chance"), rows)]
    lines += ["", *found.habits.one_sided] if found.habits.one_sided else []
    return "\n".join(lines) + "\n"


def _lines(found: Figures) -> Iterator[str]:
    wanted = sum(row.total.least for row in found.topics)
    yield f"{found.live} questions are live of {wanted} wanted, {found.waiting} wait, {found.retired} are retired."
    yield ""
    yield from _table(("Topic", *(level.value for level in Difficulty), "all"), map(_topic, found.topics))
    yield ""
    for name, rows in (("Role", found.roles), ("Step", found.steps), ("Objective", found.objectives)):
        if rows:
            yield from _table((name, "live"), ((row.name, _have(row.total)) for row in rows))
            yield ""
    for name, measures in (("Concepts and terms", found.breadth), ("Shown beside the words", found.shown)):
        if measures:
            yield from _table((name, "Found", "Limit"), _measures(measures))
            yield ""
    yield from _table(("Mix", "Found", "Limit"), _measures(found.mix))
    yield ""
    yield from _table(("Cue", "Found", "Limit"), _measures(found.cues))
    yield ""
    yield from _guesses(found)


def _topic(row: Row) -> tuple[str, ...]:
    return (row.name, *map(_have, row.counts), _have(row.total))


def _have(one: Have) -> str:
    return f"{one.have} of {one.least}{'' if one.enough else ' !'}"


def _measures(rows: Iterable[Measure]) -> Iterator[tuple[str, ...]]:
    return ((row.name, f"{row.found}{'' if row.passes else ' !'}", row.limit) for row in rows)


def _guesses(found: Figures) -> Iterator[str]:
    def row(one: GuessRow) -> tuple[str, ...]:
        return (one.name, one.right + " !" * one.too_often, one.led + " !" * one.too_seldom, one.by_chance)

    head = ("Guessing by", f"Right, at most {LIMIT:.0%}", "Right where it leads", "By chance")
    return _table(head, map(row, found.guesses))


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    cells = [head, *rows]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    for number, row in enumerate(cells):
        yield "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        if number == 0:
            yield "|" + "|".join("-" * (width + 2) for width in widths) + "|"
