"""The part of a content folder that can be used although something else in it is wrong."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence

from bot.catalog.entry import Entry
from bot.catalog.problem import Problem
from bot.domain.faults import Level


def usable(entries: Sequence[Entry], problems: Iterable[Problem]) -> tuple[Entry, ...]:
    """The items nothing is wrong with.

    An item that refers to one left out stays; replies skip references that are missing.
    """
    in_file: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, entry in enumerate(entries):
        in_file[entry.file.name].append((entry.file.place(entry.at)[0], number))
    wrong = set()
    for problem in problems:
        begun = in_file[problem.file]
        # The item that the line stands in: the last to begin at or before it.
        found = bisect_right(begun, problem.line, key=lambda begins: begins[0])
        if problem.item_id and problem.level is Level.ERROR and found:
            wrong.add(begun[found - 1][1])
    return tuple(entry for number, entry in enumerate(entries) if entry.value is not None and number not in wrong)
