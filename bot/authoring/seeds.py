"""The source articles, where they are at hand: their sections exist, and their sentences are not ours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.authoring.lint.words import plain
from bot.catalog.entry import Entry
from bot.catalog.problem import Problem
from bot.domain.source import Source

SIZE_LIMIT = 4 << 20


class NoSeeds(Exception):
    """The folder named holds no source article; the text says which were looked for."""


def articles(folder: Path, sources: Sequence[Source]) -> dict[str, str]:
    """The text of each source, by id."""
    found: dict[str, str] = {}
    for source in sources:
        path = folder / source.file
        if path.is_file() and path.stat().st_size <= SIZE_LIMIT:
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
