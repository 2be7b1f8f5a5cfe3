"""The roadmap can be walked: one order, and no step waits for itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from graphlib import CycleError, TopologicalSorter

from bot.catalog.entry import Entry
from bot.catalog.problem import Problem
from bot.domain.step import Step


def check(entries: Sequence[Entry]) -> Iterator[Problem]:
    """Places in the order taken twice, and circles of needs."""
    steps = [(entry, entry.value) for entry in entries if isinstance(entry.value, Step)]
    taken: dict[int, Step] = {}
    for entry, step in steps:
        first = taken.setdefault(step.order, step)
        if first is not step:
            told = f"order {step.order} is taken by {first.id}: give each step its own number"
            yield entry.problem("L03", ("order",), told)
    needs = {str(step.id): step.needs for _, step in steps}
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as error:
        circle: list[str] = error.args[1]
        # graphlib gives the circle from prerequisite to dependent; authors read "needs" the other way.
        told = " needs ".join(reversed(circle))
        entry = next(entry for entry, step in steps if step.id == circle[-1])
        yield entry.problem("L04", ("needs",), f"{told}: drop one of these needs")
