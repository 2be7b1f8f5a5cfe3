"""The prompt of a person at a terminal: editing, history, completion, colour."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer
from prompt_toolkit.completion import Completion as Suggested
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.history import DummyHistory, InMemoryHistory
from prompt_toolkit.shortcuts import CompleteStyle
from rich.console import Console
from rich.text import Text

from bot.adapters.terminal.render import WIDEST
from bot.adapters.terminal.screen import Offers
from bot.adapters.terminal.wrapping import Line, Look

MENU = 5
"""Rows kept for what pops up."""
STYLES = {
    Look.TEXT: "",
    Look.TITLE: "bold underline",
    Look.GOOD: "bold green",
    Look.BAD: "bold magenta",
    Look.NOTICE: "bold",
    Look.STEM: "bold",
    Look.STRONG: "bold",
    Look.SOFT: "italic",
    Look.CODE: "cyan",
    Look.LINK: "underline blue",
    Look.LETTER: "bold cyan",
    Look.SMALL: "dim",
    Look.CHOICE: "bold cyan",
}
"""Right is green and wrong is not red: it does not shout. The words say both anyway."""


class PromptScreen:
    """Asks with completion and shows in colour; without colour nothing pops up, and Tab completes in the line."""

    def __init__(self, offers: Offers, *, colour: bool = True) -> None:
        self._offers = offers
        self._colour = colour
        self._menu = MENU if colour else 0
        self._console = Console(highlight=False, markup=False, emoji=False, no_color=not colour)
        self._commands: PromptSession[str] = PromptSession(history=InMemoryHistory())
        self._fields: PromptSession[str] = PromptSession(history=DummyHistory())

    def width(self) -> int:
        """The terminal's columns as they are now."""
        return min(self._console.width, WIDEST)

    def rows(self) -> int | None:
        """The terminal's rows but for the prompt and what pops up beneath it."""
        return self._console.height - 1 - self._menu

    def show(self, lines: Sequence[Line]) -> None:
        """Print the lines, each look in its colour."""
        for line in lines:
            text = Text.assemble(*((piece.text, STYLES[piece.look]) for piece in line.pieces))
            self._console.print(text, soft_wrap=True)

    async def ask(self, prompt: str, offers: Offers | None = None) -> str | None:
        """The next line; Ctrl-C clears it, Ctrl-D on an empty one ends."""
        session = self._commands if offers is None else self._fields
        while True:
            try:
                return await session.prompt_async(
                    FormattedText([("bold" if self._colour else "", prompt)]),
                    completer=_Completer(offers or self._offers),
                    complete_while_typing=self._colour,
                    reserve_space_for_menu=self._menu,
                    complete_style=CompleteStyle.COLUMN if self._colour else CompleteStyle.READLINE_LIKE,
                )
            except KeyboardInterrupt:
                continue
            except EOFError:
                return None


class _Completer(Completer):
    """Hands the offers to the prompt."""

    def __init__(self, offers: Offers) -> None:
        self._offers = offers

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Suggested]:
        for offer in self._offers(document.text_before_cursor):
            yield Suggested(offer.text, start_position=-offer.replaces, display=offer.label, display_meta=offer.meaning)
