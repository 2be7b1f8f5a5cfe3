"""The whole content check: what the loader refuses, and everything the bar for questions asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from bot.authoring import accepted
from bot.authoring.lint.checks import lint_bank, lint_question
from bot.authoring.lint.context import Accepted, Context, Glossary, Runs, runs_in
from bot.authoring.lint.findings import Finding, Profile, in_rows, sorted_out
from bot.authoring.lint.words import plain
from bot.catalog.items import Entry
from bot.catalog.load import FolderRead, read_folder
from bot.catalog.yaml_file import Problem
from bot.domain.common_fields import Source
from bot.domain.content import ContentFiles
from bot.domain.content_faults import Level
from bot.domain.explained import Explained
from bot.domain.knowledge import Term


@dataclass(frozen=True, slots=True)
class Checked:
    """A checked bank: what it holds, and everything there is to mend or to know."""

    files: ContentFiles
    problems: tuple[Problem, ...]
    rows: tuple[str, ...]
    """Advice summed up, such as "7 of 60 questions are hard to read"."""
    accepted: dict[str, Accepted]

    def beside(self, others: Sequence[Problem]) -> Checked:
        """The same with what is wrong between it and other banks."""
        return replace(self, problems=tuple(sorted((*self.problems, *others))))

    def count(self, level: Level) -> int:
        """Count the problems of one level."""
        return sum(problem.level is level for problem in self.problems)


def check(
    folder: Path, today: date, seeds_folder: Path | None = None, profile: Profile = Profile.BANK, name: str = ""
) -> Checked:
    """Check a bank; the articles are compared only where a folder with them is named."""
    name = name or folder.absolute().name
    found = read_folder(folder, name)
    files = found.files
    versions, problems = accepted.read(folder, name)
    articles = articles_in(seeds_folder, files.sources) if seeds_folder else {}
    problems += found.problems
    problems += wrong_sections(found.entries, articles)
    context = context_of(files, today, versions, runs_in(articles))
    findings = [finding for question in files.questions for finding in lint_question(question, context)]
    findings += lint_bank(files)
    told, advice = sorted_out(findings, profile)
    problems += _placed(found, name, told)
    if profile is Profile.BANK:
        problems += accepted.not_accepted(files.questions, versions, name)
    return Checked(files, tuple(sorted(problems)), tuple(in_rows(advice, len(files.questions))), versions)


def context_of(files: ContentFiles, today: date, versions: Mapping[str, Accepted], runs: Runs) -> Context:
    """Return what a content folder's questions are compared with."""
    glossary = {entry.id: entry for entry in files.knowledge if isinstance(entry, Term)}
    return Context(
        today=today,
        # What learners can look up is known too.
        acronyms=frozenset(files.words.short_forms) | _short_forms(glossary),
        avoided={one.word: one.instead for one in files.words.avoid},
        accepted=versions,
        runs=runs,
        glossary=glossary,
    )


def _short_forms(glossary: Glossary) -> frozenset[str]:
    return frozenset(name for term in glossary.values() for name in (term.title, *term.aliases) if name.isupper())


def _placed(found: FolderRead, name: str, findings: list[Finding]) -> Iterator[Problem]:
    """The findings where their items stand; what is about the bank stands at its folder."""
    entries: dict[tuple[type, str], Entry] = {}
    for entry in found.entries:
        entries.setdefault((entry.kind, entry.id), entry)
    for one in findings:
        # A topic that is declared by being named stands nowhere.
        entry_of = entries.get((type(one.about), one.about.id)) if one.about else None
        if entry_of is None:
            about = one.about.id if one.about else ""
            yield Problem(f"{name}/questions", 1, 1, one.rule, about, one.text, one.level)
        else:
            yield replace(entry_of.problem(one.rule, one.at, one.text), level=one.level)


ARTICLE_LIMIT = 4 << 20


class NoSeeds(Explained):
    """The folder named holds no source article."""


def articles_in(folder: Path, sources: Sequence[Source]) -> dict[str, str]:
    """The text of each source, by id."""
    found: dict[str, str] = {}
    for source in sources:
        path = folder / source.file
        if path.is_file() and path.stat().st_size <= ARTICLE_LIMIT:
            found[source.id] = path.read_text(encoding="utf-8", errors="replace")
    if not found:
        names = ", ".join(source.file for source in sources[:3])
        raise NoSeeds(f"{folder} holds none of the source articles ({names} ...): name the folder that does.")
    return found


def wrong_sections(entries: Sequence[Entry], texts: dict[str, str]) -> Iterator[Problem]:
    """Sections that ``sources.yaml`` lists and the article does not have."""
    for entry in entries:
        if isinstance(entry.value, Source) and entry.value.id in texts:
            text = plain(texts[entry.value.id])
            for position, section in enumerate(entry.value.sections):
                if plain(section) not in text:
                    told = f"{entry.value.file} has no section {section!r}: write it as the article does"
                    yield entry.problem("L05", ("sections", position), told)
