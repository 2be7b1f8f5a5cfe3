"""What the rules find."""

from __future__ import annotations

from dataclasses import dataclass

from bot.authoring.lint.rules import RULES
from bot.domain.faults import At, Level
from bot.domain.myth import Myth
from bot.domain.question import Question
from bot.domain.role import Role
from bot.domain.source import Objective, Topic
from bot.domain.step import Step

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
    """A finding at the rule's own level, or at a milder one where the rule has two."""
    return Finding(rule, about, at, text, level or RULES[rule].level)
