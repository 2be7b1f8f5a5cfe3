"""Sources and topics in the words people read."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.identifiers import SourceId, TopicId
from bot.domain.source import Reference
from bot.ports.catalog import Catalog
from bot.replies.markup import listed


def cited(catalog: Catalog, refs: Iterable[Reference]) -> str:
    """The references as a line: each article once with its sections, then citations."""
    articles: dict[str, list[str]] = {}
    citations: list[str] = []
    for ref in refs:
        if ref.source is None:
            citations.append(f"{ref.general} ({ref.citation})")
            continue
        title = _title(catalog, ref.source)
        sections = articles.setdefault(title, [])
        if ref.section and ref.section != title:
            sections.append(ref.section)
    lines = [f"{title}, {listed(sections)}" if sections else title for title, sections in articles.items()]
    return "; ".join([*lines, *citations])


def articles_cited(catalog: Catalog, refs: Iterable[Reference]) -> tuple[str, ...]:
    """The articles alone, for a card that draws on many sections of each."""
    titles = (_title(catalog, ref.source) if ref.source else f"{ref.general} ({ref.citation})" for ref in refs)
    return tuple(dict.fromkeys(titles))


def _title(catalog: Catalog, id: SourceId) -> str:
    source = catalog.source(id)
    return source.title if source else id


def topic_title(catalog: Catalog, id: TopicId) -> str:
    """The topic's title; its id if the catalog no longer has it."""
    topic = catalog.topic(id)
    return topic.title if topic else id
