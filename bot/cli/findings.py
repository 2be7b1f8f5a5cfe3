"""Findings of the content check, as lines for people and for programs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict

from bot.authoring.check import Checked
from bot.authoring.lint.rules import RULES
from bot.domain.content_faults import Level


def as_lines(checked: Checked, *, infos: bool) -> Iterator[str]:
    """Each problem at its place, then the advice summed up; infos on single items one by one only if wanted."""
    yield from (str(one) for one in checked.problems if infos or one.level is not Level.INFO or not one.item_id)
    if not infos:
        of_items = {(one.rule, one.item_id) for one in checked.problems if one.level is Level.INFO and one.item_id}
        counted = Counter(rule for rule, _ in of_items)
        total = len(checked.files.questions)
        yield from (f"info {rule} {many} of {total} {RULES[rule].row}" for rule, many in sorted(counted.items()))
    yield from (f"advice {row}" for row in checked.rows)


def as_json(checked: Checked) -> Iterator[str]:
    """One object a problem, then one a row of advice."""
    yield from (json.dumps(asdict(problem)) for problem in checked.problems)
    yield from (json.dumps({"rule": row[:3], "text": row[4:], "level": "advice"}) for row in checked.rows)


def in_short(checked: Checked) -> str:
    """Count the content, and how much of it needs mending."""
    files = checked.files
    counts = [_many(checked.count(level), level) for level in Level if checked.count(level)]
    return (
        f"{len(files.questions)} questions, {len(files.roles)} roles, {len(files.steps)} steps, "
        f"{len(files.pay)} pay rows, {len(files.knowledge)} other entries: {', '.join(counts) or 'no problems'}."
    )


def failing(checked: Checked, *, strict: bool) -> bool:
    """Return whether the check fails."""
    return bool(checked.count(Level.ERROR) or (strict and checked.count(Level.WARNING)))


def _many(count: int, level: Level) -> str:
    plural = "" if count == 1 or level is Level.INFO else "s"
    return f"{count} {level}{plural}"
