"""Where lines come from and go to: a plain stream here, a prompt with completion in ``prompt``."""

from __future__ import annotations

import asyncio
import codecs
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Protocol, TextIO

from bot.adapters.terminal.completion import Completion, Offer
from bot.adapters.terminal.render import WIDEST
from bot.adapters.terminal.wrapping import Line, Look, Piece, one_line
from bot.commands.registry import Registry
from bot.ports.catalogs import Catalogs

Offers = Callable[[str], Sequence[Offer]]
"""From what stands before the cursor to what could be typed next."""
UNTOLD = 80
"""The columns of a stream that is no terminal."""
FEWEST = 8
"""Rows of the lowest screen; on a lower one the beginning scrolls away."""
_CHUNK = 65536


class Screen(Protocol):
    """Shows lines and asks for one."""

    def width(self) -> int:
        """Columns that a line may take."""
        ...

    def rows(self) -> int | None:
        """Rows of a reply that are seen at once; None where nobody looks."""
        ...

    def show(self, lines: Sequence[Line]) -> None:
        """Print the lines."""
        ...

    async def ask(self, prompt: str, offers: Offers | None = None) -> str | None:
        """The next line typed, completed by ``offers`` or else as a command; None when there are no more."""
        ...


class Paging:
    """Shows lines a screen at a time: what does not fit waits for Enter, and for a script nothing waits."""

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


def open_screen(
    registry: Registry, catalogs: Catalogs, *, plain: bool = False, environ: Mapping[str, str] | None = None
) -> Screen:
    """The prompt for a person at a terminal; plain lines with ``plain``, on a dumb terminal, and for scripts."""
    env = os.environ if environ is None else environ
    if plain or env.get("TERM") == "dumb" or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return PlainScreen(sys.stdin, sys.stdout)
    from bot.adapters.terminal.prompt import PromptScreen

    return PromptScreen(Completion(registry, catalogs).line, colour=not env.get("NO_COLOR"))


class PlainScreen:
    """Plain lines from one stream to another: no colour, no boxes, nothing that moves.

    A script's lines are printed after the prompt as if they had been typed, so that what comes out reads as the
    whole conversation.
    """

    def __init__(self, source: TextIO, sink: TextIO) -> None:
        self._source = source
        self._sink = sink
        self._typed = source.isatty()
        self._lines = _Lines(source)
        self._gone = False
        if hasattr(sink, "reconfigure"):
            # What the terminal's encoding lacks is better seen as "?" than not at all.
            sink.reconfigure(errors="replace")

    def width(self) -> int:
        """The columns that COLUMNS names, or the terminal's; 80 where nobody says."""
        if self._sink.isatty():
            return min(shutil.get_terminal_size((UNTOLD, 24)).columns, WIDEST)
        told = os.environ.get("COLUMNS", "")
        return min(int(told) if told.isdecimal() and told.isascii() else UNTOLD, WIDEST)

    def rows(self) -> int | None:
        """The terminal's rows but for the line that is typed; a script and a file have none."""
        if not (self._typed and self._sink.isatty()):
            return None
        return shutil.get_terminal_size((UNTOLD, 24)).lines - 1

    def show(self, lines: Sequence[Line]) -> None:
        """Print the lines as they are."""
        for line in lines:
            self._print(line.text)

    async def ask(self, prompt: str, offers: Offers | None = None) -> str | None:
        """The next line of the stream."""
        if self._gone:
            return None
        if not self._typed:
            line = await self._lines.next()
            if line is not None:
                self._print(f"{prompt}{one_line(line)}")
            return line
        with _interrupts(lambda: self._print(f"\n{prompt}", end="")):
            self._print(prompt, end="")
            line = await self._lines.next()
        if line is None:
            self._print("")
        return line

    def _print(self, text: str, end: str = "\n") -> None:
        if self._gone:
            return
        try:
            print(text, end=end, file=self._sink, flush=True)
        except BrokenPipeError:
            # Whoever read along has left, as in ``studybot chat <script | head``: nothing more can be said.
            self._gone = True
            os.dup2(os.open(os.devnull, os.O_WRONLY), self._sink.fileno())


class _Lines:
    """The lines of a stream, waited for without holding up anything else where the system allows it."""

    def __init__(self, source: TextIO) -> None:
        self._source = source
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._text = ""
        self._ended = False
        try:
            self._file: int | None = source.fileno()
        except OSError:
            self._file = None

    async def next(self) -> str | None:
        if self._file is None:
            whole = self._source.readline()
            return whole.rstrip("\r\n") if whole else None
        while "\n" not in self._text and not self._ended:
            chunk = await self._chunk(self._file)
            self._text += self._decode(chunk, final=not chunk)
            self._ended = not chunk
        if self._ended and not self._text:
            return None
        line, _, self._text = self._text.partition("\n")
        return line.rstrip("\r")

    async def _chunk(self, file: int) -> bytes:
        loop = asyncio.get_running_loop()
        ready = asyncio.Event()
        try:
            loop.add_reader(file, ready.set)
        except (NotImplementedError, OSError):
            return os.read(file, _CHUNK)  # a file, which never keeps one waiting; on Windows anything
        try:
            await ready.wait()
        finally:
            loop.remove_reader(file)
        return os.read(file, _CHUNK)


@contextmanager
def _interrupts(cleared: Callable[[], None]) -> Iterator[None]:
    """While a line is typed, Ctrl-C only clears it: the terminal has dropped it, we start a new line."""
    loop = asyncio.get_running_loop()
    try:
        loop.add_signal_handler(signal.SIGINT, cleared)
    except (NotImplementedError, ValueError, RuntimeError):
        yield
        return
    try:
        yield
    finally:
        loop.remove_signal_handler(signal.SIGINT)
