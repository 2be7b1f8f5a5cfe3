"""Whose content is checked: ours, held to the whole bar, or a community's own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from enum import StrEnum

from bot.authoring.lint.finding import Finding
from bot.authoring.lint.rules import RULES


class Profile(StrEnum):
    """How strictly the rules are taken."""

    BANK = "bank"
    """Every rule at its own level."""
    COMMUNITY = "community"
    """Structure, key, limits, duplicates and safety are errors; the rest is advice, summed up by rule."""


NOT_OF_COMMUNITIES = frozenset(["L34", "L35", "L39"])
"""What only our bank owes: so many questions of everything. A community's own may be as few as it likes."""


def sorted_out(findings: Iterable[Finding], profile: Profile) -> tuple[list[Finding], list[Finding]]:
    """What is to be mended, and what is only advice."""
    if profile is Profile.BANK:
        return list(findings), []
    asked = [one for one in findings if one.rule not in NOT_OF_COMMUNITIES]
    return [one for one in asked if RULES[one.rule].community], [one for one in asked if not RULES[one.rule].community]


def in_rows(advice: Iterable[Finding], total: int) -> Iterator[str]:
    """Advice by rule, such as "L22 7 of 60 are hard to read"; what is about the whole bank keeps its own words."""
    by_rule: dict[str, list[Finding]] = defaultdict(list)
    for one in advice:
        by_rule[one.rule].append(one)
    for id in sorted(by_rule):
        about = {one.about.id for one in by_rule[id] if one.about is not None}
        if about and RULES[id].row:
            yield f"{id} {len(about)} of {total} {RULES[id].row}"
        yield from (f"{id} {one.text}" for one in by_rule[id] if one.about is None or not RULES[id].row)
