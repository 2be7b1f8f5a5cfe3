"""The report on a file of questions, line by line and in sum."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.authoring.exchange.importing import Incoming


def as_report(name: str, incoming: Incoming) -> Iterator[str]:
    """A line for each draft, for what was left out and for what was passed over, in the order of the file."""
    told = [
        (one.sheet, one.line, "; ".join((f"{one.question.id} in {one.question.topic}", *one.remarks)))
        for one in incoming.taken
    ]
    told += [(one.sheet, one.line, f"left out: {one.why}") for one in incoming.left_out]
    told += [(one.sheet, one.line, f"passed over: {one.told}") for one in incoming.passed_over]
    for sheet, line, said in sorted(told):
        yield f"{name}:{f'{sheet}:' if sheet else ''}{line}: {said}"


def in_sum(incoming: Incoming, *, dry_run: bool) -> str:
    """The last line: the number of drafts, and of what was left out or passed over."""
    came = "would come" if dry_run else "came"
    passed = len(incoming.passed_over)
    beside = f" {passed} passed over." if passed else ""
    return f"{len(incoming.taken)} {came} in as drafts, {len(incoming.left_out)} left out.{beside}"
