"""A reply as its readers on Discord would see it: texts and labels, and what Discord would refuse of them."""

from __future__ import annotations

from bot.adapters.discord.cards import Names
from bot.adapters.discord.limits import BUTTON, ROW, TEXT_DISPLAY, faults, walked
from bot.adapters.discord.render import rendered
from bot.replies.card import Reply


def shown(reply: Reply) -> list[str]:
    """The reply, line after line."""
    found: list[str] = []
    for page in rendered(reply, Names()):
        for one in (each for component in page.components for each in walked(component)):
            if one["type"] == TEXT_DISPLAY:
                found += str(one["content"]).splitlines()
            elif one["type"] == ROW:
                inside = one["components"]
                found.append(" ".join(f"[{each['label']}]" for each in inside if each["type"] == BUTTON))
        found += [f"Discord would refuse: {fault}" for fault in faults(page.components)]
    return found
