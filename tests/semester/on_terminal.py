"""The semester at a terminal, taken by one member after the other."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.contract.terminal_stage import TerminalStage
from tests.contract.test_contract import letter
from tests.semester import rows
from tests.semester.story import BEGINNING, HABITS, Day, Deed, Ending


class OnTerminal:
    """One terminal."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._stage = TerminalStage(file, BEGINNING)
        self._lived = -1

    async def begin(self) -> None:
        await self._stage.begin()
        said = await self._stage.say("boss", "/config time:08:00 zone:utc weekdays:mon-fri")
        assert "at 08:00 UTC, Mon to Fri" in said.text

    async def end(self) -> None:
        await self._stage.end()

    async def due(self, day: Day) -> None:
        # The terminal asks its first question as soon as it is opened; the others come on the way.
        for _ in range(day.number - self._lived):
            await self._stage.until("09:00")
        self._lived = day.number

    async def evening(self, day: Day) -> None:
        await self._stage.until("22:00")

    async def do(self, who: str, deed: Deed) -> None:
        stage = self._stage
        match deed:
            case Deed.RIGHT | Deed.WRONG:
                await self._answer(who, right=deed is Deed.RIGHT)
            case Deed.UNSURE:
                await stage.press(who, "Don't know", await stage.more(who))
            case Deed.GUESSED:
                verdict = await stage.answer(who, letter(await stage.post()))
                await stage.press(who, "I guessed", verdict)
            case Deed.TWICE:
                for right in (True, True, False):
                    await self._answer(who, right=right)
            case Deed.TOO_LATE:
                pass  # what was asked yesterday cannot be pressed at a terminal
            case Deed.AWAY | Deed.AWAY_THREE_DAYS:
                asked = await stage.press(who, "Away", await stage.say(who, "/progress"))
                await stage.press(who, "From now on" if deed is Deed.AWAY else "Since three days ago", asked)
            case Deed.BACK:
                await stage.press(who, "I am back", await stage.say(who, "/progress"))

    async def _answer(self, who: str, *, right: bool) -> None:
        await self._stage.answer(who, letter(await self._stage.post(), right=right))

    async def progress(self, who: str) -> str:
        return (await self._stage.say(who, "/progress")).text

    def ending(self) -> Ending:
        return rows.ending(self._file, {name: name for name in HABITS})


@asynccontextmanager
async def on_terminal(folder: Path) -> AsyncIterator[OnTerminal]:
    """A terminal, and a new database."""
    face = OnTerminal(folder / "terminal.db")
    try:
        yield face
    finally:
        await face.end()
