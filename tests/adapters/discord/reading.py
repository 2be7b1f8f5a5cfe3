"""Reading a message of Discord as a person does: its texts, and what can be pressed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.adapters.discord.limits import walked

Component = Mapping[str, Any]


def everything(components: Sequence[Component]) -> Iterator[Component]:
    """Every component, nested ones too, in the order they are read."""
    for component in components:
        yield from walked(component)


def text(components: Sequence[Component]) -> str:
    """All text and the names of files, with emphasis and escapes taken away as the client does."""
    raw = "\n".join(one["content"] for one in everything(components) if one["type"] == 10)
    files = [one["file"]["url"].removeprefix("attachment://") for one in everything(components) if one["type"] == 13]
    return "\n".join([unmarked(raw), *files])


def unmarked(raw: str) -> str:
    """Markdown as it reads; what is fenced stands as it was typed."""
    parts = raw.split("```")
    parts[::2] = [_unmarked(part) for part in parts[::2]]
    return "".join(parts).replace("\u200b", "")


def _unmarked(raw: str) -> str:
    raw = re.sub(r"(?m)^(### |-# )", "", raw)
    parts = re.split(r"(?<!\\)`", raw)  # every other part is code, in which no character is a mark
    parts[::2] = [re.sub(r"\\(.)", r"\1", re.sub(r"(?<!\\)\*\*", "", part)) for part in parts[::2]]
    return "".join(parts)


def pressable(components: Sequence[Component]) -> list[tuple[str, str]]:
    """Labels with custom ids; options of lists with their values."""
    found: list[tuple[str, str]] = []
    for one in everything(components):
        if one["type"] == 2:
            found.append((one["label"], one["custom_id"]))
        elif one["type"] == 3:
            found += [(option["label"], option["value"]) for option in one["options"]]
    return found
