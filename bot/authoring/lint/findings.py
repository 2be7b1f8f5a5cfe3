"""Findings of the rules, and how strictly they are taken: all of them in our bank, fewer in a community's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.authoring.lint.rules import RULES
from bot.domain.common_fields import Objective, Topic
from bot.domain.content_faults import At, Level
from bot.domain.knowledge import Myth
from bot.domain.question import Question
from bot.domain.roadmap import Step
from bot.domain.role import Role

About = Question | Topic | Objective | Role | Step | Myth | None
"""The item a finding is about; None for the bank as a whole."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend or to know, in a sentence for the author."""

    rule: str
    about: About
    at: At
    text: str
    level: Level


def finding(rule: str, about: About, at: At, text: str, level: Level | None = None) -> Finding:
    """A finding at the rule's own level, or at another where the rule has two."""
    return Finding(rule, about, at, text, level or RULES[rule].level)


class Profile(StrEnum):
    """The strictness with which the rules are taken."""

    BANK = "bank"
    """Every rule at its own level."""
    COMMUNITY = "community"
    """Structure, key, limits, duplicates and safety are errors; the rest is advice, summed up by rule."""


NOT_OF_COMMUNITIES = frozenset(["L34", "L35", "L39"])
"""Rules for our bank alone: enough questions of everything. A community's bank may be as small as it likes."""


def sorted_out(findings: Iterable[Finding], profile: Profile) -> tuple[list[Finding], list[Finding]]:
    """Part what is to be mended from what is only advice."""
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
