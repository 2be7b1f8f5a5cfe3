"""The contract's stage on the terminal."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime
from pathlib import Path

from bot.app.features import all_commands
from tests.contract.stage import LETTERS, Shown
from tests.dialogues.telling import MONDAY, Dialogue, Logged, dialogue

REGISTRY = all_commands()
_NUMBERED = re.compile(r"\[(\d+)\] (.+?)(?=\s{2,}\[|\s*$)", re.MULTILINE)


class TerminalStage:
    """One terminal, taken by one person after the other."""

    def __init__(self, database: Path, now: datetime = MONDAY) -> None:
        self._database = database
        self._open = AsyncExitStack()
        self._now = now
        self._talk: Dialogue
        self._post = ""
        self.opened = ""
        """What was printed before the first prompt."""
        self._who = ""

    async def begin(self) -> None:
        self._talk = await self._open.enter_async_context(dialogue(self._database, now=self._now))
        self.opened = await self._talk.opened()
        self._keep_post(self.opened)
        self._who = "boss"

    @property
    def logged(self) -> Logged:
        """Errors since the chat was opened."""
        return self._talk.logged

    async def end(self) -> None:
        await self._open.aclose()

    async def say(self, who: str, line: str, place: str = "#general") -> Shown:
        await self._be(who)
        await self._talk.say(f":in {place}")
        return self._shown(await self._talk.say(line))

    async def press(self, who: str, label: str, on: Shown) -> Shown:
        assert who == self._who, "at a terminal only what was shown last can be pressed"
        if label in LETTERS:
            return self._shown(await self._talk.say(label))
        assert label in on.labels, f"no {label!r} among {on.labels} in:\n{on.text}"
        return self._shown(await self._talk.say(on.handle[label]))

    async def fill(self, who: str, form: Shown, name: str, values: Mapping[str, str]) -> Shown:
        said = form.text
        for option in REGISTRY.forms[name].options:
            said = await self._talk.say(values.get(option.name, ""))
        return self._shown(said)

    async def correct(self, who: str, wrong: Shown, values: Mapping[str, str]) -> Shown:
        said = wrong.text
        for value in values.values():
            said = await self._talk.say(value)
        return self._shown(said)

    async def answer(self, who: str, letter: str) -> Shown:
        await self._come_afresh(who)
        return self._shown(await self._talk.say(letter))

    async def more(self, who: str) -> Shown:
        await self._be("nobody")
        await self._be(who)
        return self._shown(await self._talk.say("1"))

    async def post(self) -> str:
        return self._post

    async def tomorrow(self) -> str:
        return await self._live("tomorrow")

    async def until(self, time: str) -> str:
        """Live on until a time of day; everything that came or changed meanwhile."""
        return await self._live(f":at {time}")

    async def _live(self, line: str) -> str:
        await self._be("boss")
        came = await self._talk.say(line)
        self._keep_post(came)
        return came

    async def restart(self) -> None:
        await self._open.aclose()
        self._open = AsyncExitStack()
        await self.begin()

    async def _come_afresh(self, who: str) -> None:
        """A newcomer has the post's letters before them."""
        if who == self._who:
            await self._be("nobody")
        await self._be(who)

    async def _be(self, who: str) -> None:
        if who == self._who:
            return
        await self._talk.say(f":as {'you' if who == 'boss' else who}")
        if "boss" in (who, self._who):
            await self._talk.say(f":manager {'on' if who == 'boss' else 'off'}")
        self._who = who

    def _keep_post(self, came: str) -> None:
        found = re.findall(r"Posted in #general.*?\n(Question \d+\n.*?\[A\].*?)(?:\n\n|$)", came, re.DOTALL)
        if found:
            self._post = found[-1]

    def _shown(self, said: str) -> Shown:
        numbers = {label.strip(): number for number, label in _NUMBERED.findall(said)}
        return Shown(said, tuple(numbers), said.startswith("Only "), numbers)


@asynccontextmanager
async def terminal_stage(folder: Path) -> AsyncIterator[TerminalStage]:
    stage = TerminalStage(folder / "terminal.db")
    await stage.begin()
    try:
        yield stage
    finally:
        await stage.end()


STAGES = {"terminal": terminal_stage}
