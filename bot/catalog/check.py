"""The whole content check: what the loader refuses, and everything the bar for questions asks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from bot.catalog import accepted, seeds
from bot.catalog.entry import Entry
from bot.catalog.load import Read, read
from bot.catalog.problem import Problem
from bot.domain.content import ContentFiles
from bot.domain.lint import RULES, Finding, Known, Level, lint_bank, lint_question
from bot.domain.lint.overlap import Runs
from bot.domain.lint.profiles import NOT_OF_COMMUNITIES, Profile
from bot.domain.lint.versions import Accepted


@dataclass(frozen=True, slots=True)
class Checked:
    """What content/ holds, and everything there is to mend or to know."""

    files: ContentFiles
    problems: tuple[Problem, ...]
    rows: tuple[str, ...]
    """Advice summed up, such as "7 of 60 questions are hard to read"."""
    accepted: dict[str, Accepted]

    def count(self, level: Level) -> int:
        """How many problems there are of one level."""
        return sum(problem.level is level for problem in self.problems)


def check(folder: Path, today: date, seeds_folder: Path | None = None, profile: Profile = Profile.BANK) -> Checked:
    """Check a content folder; the articles are compared only where a folder with them is named."""
    found = read(folder)
    files = found.files
    name = folder.absolute().name
    versions, problems = accepted.read(folder, name)
    articles = seeds.articles(seeds_folder, files.sources) if seeds_folder else {}
    problems += found.problems
    problems += seeds.wrong_sections(found.entries, articles)
    known = Known(
        today=today,
        # Terms learners can look up are known short forms too, once there are any.
        acronyms=frozenset(files.words.short_forms),
        avoided={one.word: one.instead for one in files.words.avoid},
        accepted=versions,
        runs=Runs.of(articles),
    )
    findings = [finding for question in files.questions for finding in lint_question(question, known)]
    findings += lint_bank(files)
    advice: list[Finding] = []
    if profile is Profile.COMMUNITY:
        asked = [one for one in findings if one.rule not in NOT_OF_COMMUNITIES]
        advice = [one for one in asked if not RULES[one.rule].community]
        findings = [one for one in asked if RULES[one.rule].community]
    problems += _placed(found, name, findings)
    if profile is Profile.BANK:
        problems += accepted.not_accepted(files.questions, versions, name)
    return Checked(files, tuple(sorted(problems)), tuple(_rows(advice, len(files.questions))), versions)


def _placed(found: Read, name: str, findings: list[Finding]) -> Iterator[Problem]:
    """The findings where their items stand; what is about the bank stands at its folder."""
    entries: dict[tuple[type, str], Entry] = {}
    for entry in found.entries:
        entries.setdefault((entry.kind, entry.id), entry)
    for one in findings:
        if one.about is None:
            yield Problem(f"{name}/questions", 1, 1, one.rule, "", one.text, one.level)
        else:
            entry = entries[type(one.about), one.about.id]
            yield replace(entry.problem(one.rule, one.at, one.text), level=one.level)


def _rows(advice: list[Finding], total: int) -> Iterator[str]:
    """Advice by rule: a count of questions where the rule is about one, the finding itself where about the bank."""
    by_rule: dict[str, list[Finding]] = defaultdict(list)
    for one in advice:
        by_rule[one.rule].append(one)
    for id in sorted(by_rule):
        rule, found = RULES[id], by_rule[id]
        about = {one.about.id for one in found if one.about is not None}
        if rule.row and about:
            yield f"{id} {len(about)} of {total} {rule.row}"
        else:
            yield from (f"{id} {one.text}" for one in found)
