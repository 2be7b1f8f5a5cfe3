"""The whole content check: what the loader refuses, and everything the bar for questions asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from bot.authoring import accepted, seeds
from bot.authoring.lint.bank import lint_bank
from bot.authoring.lint.finding import Finding
from bot.authoring.lint.known import Known
from bot.authoring.lint.one_question import lint_question
from bot.authoring.lint.overlap import Runs
from bot.authoring.lint.profiles import Profile, in_rows, sorted_out
from bot.authoring.lint.versions import Accepted
from bot.catalog.entry import Entry
from bot.catalog.load import Read, read
from bot.catalog.problem import Problem
from bot.domain.content import ContentFiles
from bot.domain.faults import Level
from bot.domain.term import Term


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
    known = known_to(files, today, versions, Runs.of(articles))
    findings = [finding for question in files.questions for finding in lint_question(question, known)]
    findings += lint_bank(files)
    told, advice = sorted_out(findings, profile)
    problems += _placed(found, name, told)
    if profile is Profile.BANK:
        problems += accepted.not_accepted(files.questions, versions, name)
    return Checked(files, tuple(sorted(problems)), tuple(in_rows(advice, len(files.questions))), versions)


def known_to(files: ContentFiles, today: date, versions: Mapping[str, Accepted], runs: Runs) -> Known:
    """What questions are held against, from a content folder."""
    return Known(
        today=today,
        # What learners can look up is known too.
        acronyms=frozenset(files.words.short_forms) | _terms(files),
        avoided={one.word: one.instead for one in files.words.avoid},
        accepted=versions,
        runs=runs,
    )


def _terms(files: ContentFiles) -> frozenset[str]:
    terms = [entry for entry in files.knowledge if isinstance(entry, Term)]
    return frozenset(name for term in terms for name in (term.title, *term.aliases) if name.isupper())


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
