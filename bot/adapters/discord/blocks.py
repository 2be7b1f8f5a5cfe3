"""The blocks of a card as Discord's Markdown."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import assert_never

import discord

from bot.adapters.discord.text import escaped, markdown
from bot.domain.grading import LETTERS
from bot.replies.card import Block, Document, Facts, Paragraph, Picture, Points
from bot.replies.markup import Markup


def heading(title: str) -> str:
    """A title as Discord shows it."""
    return f"### {escaped(title)}"


def texts(blocks: Sequence[Block], files: list[discord.File]) -> list[str]:
    """The blocks as the texts of a message, each with a little space around it; files are put aside for the message.

    Options stand apart from each other: on a phone most of them take two lines or more.
    """
    made: list[str] = []
    for block in blocks:
        if isinstance(block, Points) and _lettered(block):
            made += [_point(mark, text) for mark, text in block.items]
        else:
            made.append(block_text(block, files))
    return made


def _lettered(points: Points) -> bool:
    return all(mark and mark in LETTERS for mark, _ in points.items)


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
