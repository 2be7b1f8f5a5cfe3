"""Reading a message or a view of Slack as a person does: its texts, and what can be pressed."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from tests.fakes.slack.elements import elements_of, option_text

Block = dict[str, Any]
_MARKS = re.compile(
    r"```(?P<block>.*?)```|(?<!\u200b)`(?P<code>[^`]*)`(?!\u200b)|(?<!\u200b)[*_`](?!\u200b)", re.DOTALL
)
"""Emphasis, and code, within which no character is a mark."""


def text(blocks: Sequence[Block]) -> str:
    """All text, with emphasis, entities and marks without width taken away as the client does."""
    return "\n".join(unmarked(raw) for block in blocks for raw in _texts(block))


def _texts(block: Block) -> Iterator[str]:
    match block["type"]:
        case "header" | "section":
            yield from (one["text"] for one in (block.get("text"), *block.get("fields", ())) if one)
        case "context":
            yield from (element["text"] for element in block["elements"] if "text" in element)
        case "image":
            yield block["alt_text"]
        case "input":
            yield block["label"]["text"]


@cache
def unmarked(raw: str) -> str:
    """mrkdwn as it reads."""
    raw = re.sub(r"<!date\^(\d+)\^[^|>]*\|([^>]*)>", r"\2", raw)
    raw = re.sub(r"<(https?://[^|>]*)>", r"\1", raw)
    raw = re.sub(r"<https?://[^|>]*\|([^>]*)>", r"\1", raw)
    raw = _MARKS.sub(lambda found: found["block"] or found["code"] or "", raw)
    return html.unescape(raw).replace("\u200b", "")


def pressable(blocks: Sequence[Block]) -> list[tuple[str, str]]:
    """Labels with what they lead to; options of lists too."""
    found: list[tuple[str, str]] = []
    for element in elements_of(list(blocks)):
        if element.type == "button":
            found.append((element.label, element.body["value"]))
        elif element.type == "static_select" and not element.is_input:
            found += [(option_text(option), option["value"]) for option in element.options()]
    return found
