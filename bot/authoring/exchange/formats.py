"""Which formats there are, and which of them a file is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from bot.authoring.exchange import anki, csv_table, gift, incoming, markdown, own_yaml
from bot.authoring.exchange.found import MOST, Found, LeftOut, Read, Refused
from bot.domain.question import Question

READERS: Mapping[str, Callable[[Path, str], Read]] = MappingProxyType(
    {"yaml": own_yaml.read, "csv": csv_table.read, "gift": gift.read, "markdown": markdown.read}
)
WRITERS: Mapping[str, Callable[[Sequence[Question]], bytes]] = MappingProxyType(
    {"yaml": own_yaml.write, "csv": csv_table.write, "gift": gift.write, "anki": anki.write}
)
_SUFFIXES = {
    ".yaml": "yaml",
    ".yml": "yaml",
    ".csv": "csv",
    ".tsv": "csv",
    ".gift": "gift",
    ".md": "markdown",
    ".markdown": "markdown",
}


def read(path: Path, format: str | None = None) -> list[Found | LeftOut]:
    """What the file holds; ``Refused`` if nothing of it can be taken."""
    named = format or _SUFFIXES.get(path.suffix.casefold())
    reader = READERS.get(named or "")
    if reader is None:
        told = f"there is no format {format!r}" if format else f"{path.name} does not say its format"
        raise Refused(f"{told}: use --format {', '.join(READERS)}.")
    found: list[Found | LeftOut] = []
    for one in reader(path, incoming.text_of(path)):
        if len(found) == MOST:
            raise Refused(f"{path.name} holds more than {MOST:,} questions: split it and import the parts.")
        found.append(one)
    if not found:
        raise Refused(f"{path.name} holds no questions that read as {named}.")
    return found
