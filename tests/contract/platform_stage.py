"""A stage as it is on every platform: the bot in a process of the test's, its clock, and what came of a day."""

from __future__ import annotations

import asyncio
import logging
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from bot.app.core import FixedDice, RunningFace
from bot.app.run import Bot, bot
from bot.config import Settings
from bot.domain.track import Track
from bot.ports.storage import UnitOfWork
from tests.contract.stage import Shown
from tests.dialogues.telling import Logged
from tests.fakes.clock import FakeClock
from tests.fakes.patience import PATIENCE

S = TypeVar("S", bound="PlatformStage")


class PlatformStage(ABC):
    """The bot as it runs, on one platform."""

    def __init__(self, clock: FakeClock, database: Path) -> None:
        self.clock = clock
        self.clock_off = timedelta()
        """How far the bot's clock is ahead of the platform's."""
        self.said: list[str] = []
        self.database_url = f"sqlite:///{database}"
        self.bot: Bot
        self.logged = Logged()
        """Errors in the log: at the end there must be none that no test took away as meant."""
        self._open = AsyncExitStack()
        self._read: dict[str, str] = {}

    @abstractmethod
    def settings(self) -> Settings:
        """The settings the bot is started with."""

    def platform_time(self) -> datetime:
        """The time by the platform's own clock."""
        return self.clock.now() - self.clock_off

    @abstractmethod
    def channel(self, name: str) -> object:
        """The channel of that name, made on first use."""

    @abstractmethod
    async def say(self, who: str, line: str, place: str = "#general") -> Shown:
        """Use a command."""

    @abstractmethod
    async def press(self, who: str, label: str, on: Shown) -> Shown:
        """Press something that was shown to that person."""

    @abstractmethod
    def standing(self) -> Iterable[tuple[str, str]]:
        """Every message that stands in a channel, by its id, as it reads."""

    @property
    def part(self) -> RunningFace:
        return self.bot.faces[0]

    async def begin(self) -> None:
        at_work = bot(self.settings(), self.said.append, self.clock, FixedDice(7))
        self.bot = await self._open.enter_async_context(at_work)
        async with asyncio.timeout(PATIENCE):
            await self.part.loops.begun.wait()

    async def end(self) -> None:
        await self._open.aclose()

    async def restart(self) -> None:
        await self._open.aclose()
        self._open = AsyncExitStack()
        await self.begin()

    async def until_tracks(self, are: Callable[[list[Track]], bool]) -> None:
        """Wait until the bot has made of its tracks what an event asks for."""

        def every(uow: UnitOfWork) -> list[Track]:
            return [track for id in uow.tracks.every() if (track := uow.tracks.get(id)) is not None]

        async with asyncio.timeout(PATIENCE):
            while not are(await self.bot.core.storage.read(every)):  # noqa: ASYNC110 - a row tells nobody it changed
                await asyncio.sleep(0.01)

    async def until(self, holds: Callable[[], object], what: str) -> None:
        """Wait until something holds that tells nobody when it does."""
        try:
            async with asyncio.timeout(PATIENCE):
                while not holds():  # noqa: ASYNC110 - that is what it is for
                    await asyncio.sleep(0.01)
        except TimeoutError:
            raise AssertionError(f"it never came: {what}") from None

    async def tomorrow(self) -> str:
        self._news()
        due = await self.part.loops.next_due(self.clock.now() + timedelta(days=3))
        if due is not None and due < self.clock.now():
            due = None  # of a track that cannot be dealt with
        self.clock.go_to(due or self.clock.now() + timedelta(days=1))
        await self.part.loops.tick()
        await self.part.loops.settled()
        await self.part.loops.reconcile()
        return self._news()

    def passes(self) -> None:
        """A moment: nobody types faster, and nobody may for long."""
        self.clock.advance(timedelta(seconds=3))

    def _news(self) -> str:
        """Everything that came or changed in the channels since the last look."""
        new = [(id, reads) for id, reads in self.standing() if self._read.get(id) != reads]
        self._read |= dict(new)
        return "\n\n".join(reads for _, reads in new)


@asynccontextmanager
async def set_up(stage: S) -> AsyncIterator[S]:
    """The stage once ``boss`` has set up a daily question, the first of which stands there."""
    logging.getLogger().addHandler(stage.logged)
    try:
        stage.channel("#general")
        await stage.begin()
        try:
            saved = await stage.say("boss", "/config time:00:00 zone:utc weekdays:every day")
            await stage.press("boss", "Post the first one now", saved)
            await stage.part.loops.settled()
            yield stage
        finally:
            await stage.end()
    finally:
        logging.getLogger().removeHandler(stage.logged)
    assert stage.logged.errors == []
