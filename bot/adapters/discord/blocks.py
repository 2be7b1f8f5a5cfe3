"""The blocks of a card as Discord's Markdown."""

from __future__ import annotations

import io
from typing import assert_never

import discord

from bot.adapters.discord.text import escaped, markdown
from bot.replies.card import Block, Document, Facts, Paragraph, Picture, Points
from bot.replies.markup import Markup


def heading(title: str) -> str:
    """A title as Discord shows it."""
    return f"### {escaped(title)}"


def block_text(block: Block, files: list[discord.File]) -> str:
    """A block as Markdown; what is a file is put aside for the message."""
    match block:
        case Paragraph(text, small):
            return small_print(text) if small else markdown(text)
        case Points(items):
            return "\n".join(_point(mark, text) for mark, text in items)
        case Facts(rows):
            return "\n".join(f"**{escaped(label)}:** {markdown(text)}" for label, text in rows)
        case Picture(_, alt):
            return f"-# {escaped(alt)}"
        case Document(name, text):
            files.append(discord.File(io.BytesIO(text.encode()), name))
            return f"-# {escaped(name)}"
        case _:
            assert_never(block)


def small_print(text: Markup) -> str:
    """A paragraph that stands back."""
    return "\n".join(f"-# {line}" for line in markdown(text).split("\n"))


def _point(mark: str, text: Markup) -> str:
    if not mark:
        return f"- {markdown(text)}"
    if len(mark) <= 3 or mark.rstrip(".").isdigit():
        return f"**{escaped(mark).replace(chr(92) + '.', '.')}**  {markdown(text)}"
    return f"**{escaped(mark)}**\n{markdown(text)}"
