"""A reply as its readers on Slack would see it: texts and labels of its blocks, as Slack gets them."""

from __future__ import annotations

from bot.adapters.slack.cards import Json, Names
from bot.adapters.slack.render import rendered
from bot.replies.card import Reply


def shown(reply: Reply) -> list[str]:
    """The reply, line after line."""
    return [line for page in rendered(reply, Names()) for block in page.blocks for line in _lines(block)]


def _lines(block: Json) -> list[str]:
    match block["type"]:
        case "header" | "section":
            return str(block["text"]["text"]).splitlines()
        case "context":
            return [line for one in block["elements"] for line in str(one["text"]).splitlines()]
        case "actions":
            return [" ".join(f"[{one['text']['text']}]" for one in block["elements"] if one["type"] == "button")]
        case _:
            return []
