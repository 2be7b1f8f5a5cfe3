"""One press on Discord, followed at run time from the wire to the streak rule and back to the wire.

``python -m tests.press_trace`` prints it; docs/architecture.md shows its steps.
"""

from __future__ import annotations

import asyncio
import importlib
import inspect
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, FrameType
from unittest.mock import patch

import discord

import bot
from bot.adapters.discord import door
from bot.adapters.discord.client import Client
from bot.commands import dispatch
from bot.domain import streak
from bot.replies.judged import DailyVerdict
from tests.contract.discord_stage import discord_stage
from tests.contract.test_contract import letter

BOT = Path(bot.__file__).parent
ROOM_CHANGES = 41
"""Most calls from one room into another."""
RULE = streak.answered.__code__
CARD = DailyVerdict.as_card.__code__
HEARD = Client.on_interaction.__code__
SENT = discord.InteractionResponse.send_message.__code__


@dataclass(frozen=True, slots=True)
class Step:
    """A function of ours with a name of its own: no lambda, no comprehension, no ``__init__``."""

    file: str
    name: str

    @property
    def room(self) -> str:
        """The folder of ``bot/`` it lies in."""
        return self.file.split("/")[1]

    @property
    def says(self) -> str:
        """The first line of its docstring, which a method that fulfils a port has there."""
        found: object = importlib.import_module(self.file.removesuffix(".py").replace("/", "."))
        for part in self.name.split("."):
            found = getattr(found, part, None)
        return (inspect.getdoc(found) or "").partition("\n")[0]


@dataclass(frozen=True, slots=True)
class PressTrace:
    """Steps a press ran through until its answer was sent."""

    there: tuple[Step, ...]
    """Everything that was running when the streak rule was asked."""
    rule: Step
    back: tuple[Step, ...]
    """What was running, beside that, as the answer became a card and was sent."""
    room_changes: Counter[tuple[str, str]]
    """Calls from one room into another. Going on after waiting counts as a call, as the interpreter does it."""


@dataclass
class _Recorder:
    there: list[CodeType] = field(default_factory=list)
    back: list[CodeType] = field(default_factory=list)
    room_changes: Counter[tuple[str, str]] = field(default_factory=Counter)
    _handed_over: list[CodeType] = field(default_factory=list)
    """What the event loop was at when it last called something: what waits while a thread works for it."""
    _running: set[FrameType] = field(default_factory=set)
    over: bool = True

    def __call__(self, frame: FrameType, event: str, arg: object) -> None:
        if self.over or event != "call":
            return
        code = frame.f_code
        if _ours(code):
            self._running.add(frame)
        if not _of_the_press(frame):
            return
        if code is SENT:
            self.back += self._stack(frame.f_back)
            self.over = True
        elif _ours(code):
            caller = frame.f_back
            while caller is not None and not _ours(caller.f_code):
                caller = caller.f_back
            if caller is not None and _room(caller.f_code) != _room(code):
                self.room_changes[_room(caller.f_code), _room(code)] += 1
            if threading.current_thread() is threading.main_thread():
                self._handed_over = self._stack(frame.f_back)
            if code is RULE:
                self.there = [*self._handed_over, *self._stack(frame.f_back)]
            elif code is CARD and self.there:
                self.back += self._stack(frame)

    def _stack(self, frame: FrameType | None) -> list[CodeType]:
        """Our functions that run, outermost first, of those called since the press."""
        found: list[CodeType] = []
        while frame is not None:
            if frame in self._running:
                found.append(frame.f_code)
            frame = frame.f_back
        return found[::-1]


def _of_the_press(frame: FrameType | None) -> bool:
    """Return whether a call is part of the press, as loops in the background come in between.

    On the event loop it comes from the client that heard the press, on a thread of storage's from dispatch.
    """
    while frame is not None:
        if frame.f_code is HEARD or frame.f_code.co_filename == dispatch.__file__:
            return True
        frame = frame.f_back
    return False


def _ours(code: CodeType) -> bool:
    return code.co_filename.startswith(f"{BOT}/")


def _step(code: CodeType) -> Step:
    return Step(f"bot/{Path(code.co_filename).relative_to(BOT).as_posix()}", code.co_qualname.replace(".<locals>", ""))


def _room(code: CodeType) -> str:
    return _step(code).room


def _named(codes: list[CodeType]) -> Iterator[Step]:
    for code in dict.fromkeys(codes):
        if not code.co_name.startswith(("<", "__")):
            yield _step(code)


@contextmanager
def _profiled(recorder: _Recorder) -> Iterator[None]:
    """Calls of this thread, and of those it starts from now on, reported to a recorder."""
    before = sys.getprofile(), threading.getprofile()
    sys.setprofile(recorder)
    threading.setprofile(recorder)
    try:
        yield
    finally:
        sys.setprofile(before[0])
        threading.setprofile(before[1])


async def press_trace(folder: Path) -> PressTrace:
    """Let two people press the right letter of a daily question, one after the other, and follow the second."""
    recorder = _Recorder()
    # However slow the machine is, the answer comes first and no "thinking".
    with _profiled(recorder), patch.object(door, "PUT_OFF_AFTER", 3600.0):
        async with discord_stage(folder) as stage:
            right = letter(await stage.post())
            await stage.answer("ana", right)
            recorder.over = False
            await stage.answer("ben", right)
    there = tuple(_named(recorder.there))
    back = tuple(step for step in _named(recorder.back) if step not in there)
    return PressTrace(there, _step(RULE), back, recorder.room_changes)


def follow() -> PressTrace:
    """Follow a press."""
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(press_trace(Path(folder)))


def press_as_markdown(trace: PressTrace) -> str:
    """The steps of a press as a table."""
    lines = ["| | runs | in | does |", "|---|---|---|---|"]
    for number, step in enumerate(trace.there, 1):
        lines.append(_row(str(number), step))
    lines.append(_row("rule", trace.rule))
    lines += [_row("back", step) for step in trace.back]
    lines += [
        "",
        f"{len(trace.there)} named steps from the wire to the rule; a test keeps the calls from one room into another "
        f"at {ROOM_CHANGES} or fewer.",
    ]
    return "\n".join(lines)


def _row(number: str, step: Step) -> str:
    says = step.says.replace("``", "`").replace("|", "\\|")
    return f"| {number} | `{step.name}` | `{step.file}` | {says} |"


def main() -> None:
    """Print the steps and the room changes."""
    trace = follow()
    for step in (*trace.there, trace.rule, *trace.back):
        print(f"{step.file:42}{step.name:40}{step.says}")
    print(f"{len(trace.there)} named steps to the rule, {len(trace.back)} more on the way back")
    print(f"{trace.room_changes.total()} room changes")
    for (before, after), times in trace.room_changes.most_common():
        print(f"{times:5}  {before} -> {after}")


if __name__ == "__main__":
    main()
