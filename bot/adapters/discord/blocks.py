"""The blocks of a card as Discord's Markdown."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from itertools import starmap
from typing import assert_never

import discord

from bot.adapters.discord.text import escaped, markdown
from bot.domain.grading import LETTERS
from bot.replies.card import Block, Document, Facts, Paragraph, Picture, Points, Table, Verbatim
from bot.replies.markup import Emphasis, Markup, Run

WRAPS = 80
"""A fact longer than this takes two lines and more."""


def heading(title: str) -> str:
    """A title as Discord shows it."""
    return f"### {escaped(title)}"


def block_texts(blocks: Sequence[Block], files: list[discord.File]) -> list[str]:
    """The blocks as the texts of a message, each with a little space around it; files are put aside for the message.

    Options stand apart from each other: on a phone most of them take two lines or more. A line that heads a list keeps
    to it.
    """
    made: list[str] = []
    for before, block in zip((None, *blocks), blocks, strict=False):
        if isinstance(block, Points) and _lettered(block):
            made += [_point(mark, text) for mark, text in block.items]
        elif _heads(before) and isinstance(block, Points | Facts):
            made[-1] += f"\n{block_text(block, files)}"
        elif text := block_text(block, files):
            made.append(text)
    return made


def _heads(block: Block | None) -> bool:
    match block:
        case Paragraph((Run(_, Emphasis.BOLD),), False):
            return True
        case _:
            return False


def _lettered(points: Points) -> bool:
    return all(mark and mark in LETTERS for mark, _ in points.items)


def block_text(block: Block, files: list[discord.File]) -> str:
    """A block as Markdown; what is a file is put aside for the message."""
    match block:
        case Paragraph(text, small):
            return small_print(text) if small else markdown(text)
        case Points(items):
            return _points(items)
        case Facts(rows):
            return _facts(rows)
        case Table(columns, table_rows):
            # Discord has no tables, and letters of one width do not wrap on a phone.
            told = ((label, zip(columns, both, strict=True)) for label, *both in table_rows)
            return "\n".join(f"**{escaped(label)}**\n{_bulleted(starmap(_fact, cells))}" for label, cells in told)
        case Verbatim(text, language):
            return f"```{language}\n{text}\n```"
        case Picture(url, alt):
            return f"-# {escaped(alt)}" if url else f"-# Picture: {escaped(alt)}"
        case Document(name, text):
            files.append(discord.File(io.BytesIO(text.encode()), name))
            return ""  # Discord shows the name with the file.
        case _:
            assert_never(block)


def small_print(text: Markup) -> str:
    """A paragraph that stands back."""
    return "\n".join(f"-# {line}" for line in markdown(text).split("\n"))


def _points(items: Sequence[tuple[str, Markup]]) -> str:
    first, *others = items
    if _short(first[0]):
        return "\n".join(_point(mark, text) for mark, text in items)
    if others and all(mark for mark, _ in items):
        return _bulleted(_fact(mark, text) for mark, text in items)
    # The first mark heads the others.
    told = [markdown(text) for _, text in items]
    listed = _bulleted(told) if others or not first[0] else told[0]
    return f"**{escaped(first[0])}**\n{listed}" if first[0] else listed


def _short(mark: str) -> bool:
    return 0 < len(mark) <= 3 or mark.rstrip(".").isdigit()


def _point(mark: str, text: Markup) -> str:
    return f"**{escaped(mark).replace(chr(92) + '.', '.')}**  {markdown(text)}"


def _facts(rows: Sequence[tuple[str, Markup]]) -> str:
    told = [_fact(label, text) for label, text in rows]
    # Lines that wrap need something to begin with.
    return _bulleted(told) if len(told) > 1 and any(len(line) > WRAPS for line in told) else "\n".join(told)


def _fact(label: str, text: Markup) -> str:
    return f"**{escaped(label)}:** {markdown(text)}"


def _bulleted(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)
