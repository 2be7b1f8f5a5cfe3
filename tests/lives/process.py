"""The process that lives: the bot as ``studybot run`` puts it together, its time told to it line by line."""

from __future__ import annotations

import asyncio
import logging
import secrets
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import bot.app.discord  # noqa: F401  # what is loaded before a life begins need not be loaded in it
from bot.adapters.discord import publisher
from bot.app import core
from bot.app.core import FixedDice
from bot.app.run import bot as running_bot
from bot.config import Settings
from bot.domain.community import Platform
from bot.ports.publisher import Seen
from bot.scheduler import publish
from bot.scheduler.face_loops import FaceLoops
from tests.fakes.clock import FakeClock
from tests.fakes.patience import PATIENCE
from tests.lives.stopping import Kill, Stopper, StoppingStorage


@dataclass(frozen=True, slots=True)
class Setting:
    """Everything a life begins with."""

    database: Path
    content: Path | None
    token: str
    api_url: str
    now: datetime
    sent_at_once: int | None = None
    """Fewer than the product sends at once, so that there is more than one claim to be killed in."""
    hasty: bool = False
    """The control: a new nonce for each request, and nobody looks whether a post is there."""
    kill: Kill | None = None
    """Where to end, if that is reached before the first order is carried out."""


@dataclass(frozen=True, slots=True)
class Order:
    """Live until a moment and do what is due then; or end on the way."""

    until: datetime
    kill: Kill | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A message from a life: that it has begun, is done, or ends itself."""

    what: str
    where: str = ""
    errors: tuple[str, ...] = ()


async def heard(line: Connection) -> Any:
    """Wait for what comes next on the line; ``EOFError`` if its other end is gone."""
    loop = asyncio.get_running_loop()
    came = asyncio.Event()
    loop.add_reader(line.fileno(), came.set)
    try:
        await came.wait()
    finally:
        loop.remove_reader(line.fileno())
    return line.recv()


def live(line: Connection, setting: Setting) -> None:
    """A life, from its first line to its end."""
    asyncio.run(_Life(line, setting).live())


class _Errors(logging.Handler):
    """Keeps what was logged as an error."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.kept: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.kept.append(self.format(record))


class _Life:
    def __init__(self, line: Connection, setting: Setting) -> None:
        self._line = line
        self._setting = setting
        self._clock = FakeClock(setting.now)
        self._errors = _Errors()
        self._stopper = Stopper(lambda where: line.send(Told("killed", where)))

    async def live(self) -> None:
        self._prepare()
        self._stopper.arm(self._setting.kill)
        asyncio.get_running_loop().set_task_factory(self._stopper.task_factory)
        setting = self._setting
        settings = Settings(
            database_url=f"sqlite:///{setting.database}",
            content_dir=setting.content,
            discord_token=setting.token,
            discord_api_url=setting.api_url,
        )
        async with running_bot(settings, lambda said: None, self._clock, FixedDice(7)) as at_work:
            loops = at_work.faces[0].loops
            async with asyncio.timeout(PATIENCE):
                await loops.begun.wait()
            self._tell("begun")
            while order := await heard(self._line):
                await self._obey(order, loops, at_work.core)
                self._tell("done")

    def _prepare(self) -> None:
        logging.getLogger().handlers[:] = [self._errors]
        StoppingStorage.stopper = self._stopper
        # The rooms are put together by these names; none of them gives the others away.
        setattr(core, "Storage", StoppingStorage)  # noqa: B010
        if self._setting.sent_at_once is not None:
            setattr(publish, "SENT_AT_ONCE", self._setting.sent_at_once)  # noqa: B010
        if self._setting.hasty:
            _hasten()

    async def _obey(self, order: Order, loops: FaceLoops, core: core.Core) -> None:
        self._clock.go_to(order.until)
        now = self._clock.now()
        # A beat came every minute, of which only the last one is left to see.
        await core.storage.write(lambda uow: uow.health.beat(Platform.DISCORD, now))
        if order.kill is not None:
            self._stopper.arm(order.kill)
        await asyncio.create_task(loops.tick())
        await loops.settled()
        await asyncio.create_task(loops.reconcile())
        self._stopper.arm(None)

    def _tell(self, what: str) -> None:
        errors, self._errors.kept = tuple(self._errors.kept), []
        self._line.send(Told(what, errors=errors))


def _hasten() -> None:
    """Leave out what keeps a post from standing there twice."""

    async def nothing_seen(*_: object) -> Seen:
        return Seen.ABSENT

    setattr(publisher, "nonce", lambda *_: secrets.token_hex(12))  # noqa: B010
    setattr(publisher.DiscordPublisher, "look_back", nothing_seen)  # noqa: B010
