"""Sources in the words people read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.domain.common_fields import Reference, Source
from bot.domain.identifiers import SourceId
from bot.replies.markup import listed

Sources = Mapping[SourceId, Source]


def cited(sources: Sources, refs: Iterable[Reference]) -> str:
    """The references as a line: each article once with its sections, then citations."""
    articles: dict[str, list[str]] = {}
    citations: list[str] = []
    for ref in refs:
        if ref.source is None:
            citations.append(f"{ref.general} ({ref.citation})")
            continue
        title = _title(sources, ref.source)
        sections = articles.setdefault(title, [])
        if ref.section and ref.section != title:
            sections.append(ref.section)
    lines = [f"{title}, {listed(sections)}" if sections else title for title, sections in articles.items()]
    return "; ".join([*lines, *citations])


def articles_cited(sources: Sources, refs: Iterable[Reference]) -> tuple[str, ...]:
    """The articles alone, for a card that draws on many sections of each."""
    titles = (_title(sources, ref.source) if ref.source else f"{ref.general} ({ref.citation})" for ref in refs)
    return tuple(dict.fromkeys(titles))


def _title(sources: Sources, id: SourceId) -> str:
    """The article's title; its id if the catalog no longer has it."""
    source = sources.get(id)
    return source.title if source else id
