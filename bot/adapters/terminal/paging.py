"""A long reply, a screen at a time: what does not fit waits for Enter, and for a script nothing waits."""

from __future__ import annotations

from collections.abc import Sequence

from bot.adapters.terminal.screen import Screen
from bot.adapters.terminal.wrapping import Line, Look, Piece

FEWEST = 8
"""Rows of the lowest screen; on a lower one the beginning scrolls away."""


class Paging:
    """Shows lines on a screen and keeps those that do not fit."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._rest: tuple[Line, ...] = ()

    def show(self, lines: Sequence[Line]) -> None:
        """Show what fits; the rest waits, and what waited before is dropped."""
        rows = self._screen.rows()
        self._rest = ()
        if rows is None or len(lines) <= max(rows, FEWEST):
            self._screen.show(lines)
            return
        here = max(rows, FEWEST) - 1
        self._rest = tuple(lines[here:])
        left = len([line for line in self._rest if line.text])
        self._screen.show([*lines[:here], Line((Piece(f"[Enter] {left} more lines", Look.CHOICE),))])

    def more(self) -> None:
        """Show the next screen of what waits, if anything does."""
        if self._rest:
            self.show(self._rest)

    def drop(self) -> None:
        """Forget what waits: something else was typed."""
        self._rest = ()
