"""The composition root: here, and only here, the rooms are put together."""

from __future__ import annotations

import gc
import logging
import os
import random
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bot.catalog.catalog import LoadedCatalog
from bot.catalog.load import load
from bot.commands.all import all_commands
from bot.commands.dispatch import Dispatch
from bot.commands.effects import Perform
from bot.commands.recounting import recount_everything
from bot.commands.registry import Registry
from bot.config import Settings, packaged
from bot.domain.community import Platform
from bot.domain.identifiers import PlaceRef
from bot.ports.call import Call
from bot.ports.clock import Clock
from bot.storage.storage import Storage

log = logging.getLogger(__name__)

if TYPE_CHECKING:
    from bot.adapters.terminal.screen import Screen


class Broken(Exception):
    """Studybot cannot start; the sentence says what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class SystemClock:
    """The real time."""

    def now(self) -> datetime:
        """The present moment in UTC."""
        return datetime.now(UTC)


class SystemDice:
    """Real chance."""

    def seed(self) -> int:
        """A fresh seed."""
        return random.SystemRandom().randrange(2**31)


def load_catalog(folder: Path) -> LoadedCatalog:
    """Read the content; ``Broken`` with the first problems if any of it is wrong."""
    loaded = load(folder)
    if loaded.problems:
        first = "\n".join(f"  {problem}" for problem in loaded.problems[:5])
        more = len(loaded.problems) - 5
        rest = f"\n  and {more} more" if more > 0 else ""
        raise Broken(
            f"The content has problems, so nothing was started:\n{first}{rest}\n"
            "Mend them, then see `studybot content check`."
        )
    return LoadedCatalog(loaded.files)


@dataclass(frozen=True, slots=True)
class Core:
    """What every face stands on."""

    registry: Registry
    catalog: LoadedCatalog
    storage: Storage
    support_url: str | None


@asynccontextmanager
async def open_core(settings: Settings, database_url: str, clock: Clock) -> AsyncIterator[Core]:
    """Load the content, open the database and bring it up to date; closed at the end."""
    catalog = load_catalog(settings.content)
    storage = Storage(database_url, packaged("migrations"), on_death=_end_process)
    storage.open(clock.now())
    settle_in()
    try:
        yield Core(all_commands(), catalog, storage, settings.support_url)
    finally:
        storage.close()


def settle_in() -> None:
    """Set the interpreter up for a process that answers people beside a thread that writes."""
    # A thread lets go of the interpreter every 5 ms by default; presses wait that long behind the writer.
    sys.setswitchinterval(0.001)
    # What is loaded by now stays: the collector need not walk through it again and again.
    gc.freeze()
    gc.enable()


def _end_process(death: BaseException) -> None:
    """The writer died: nothing can be kept any more, so the process ends with 1 and a supervisor starts it anew."""
    log.critical("the writer thread died; ending the process", exc_info=death)
    # A moment for the waiting callers to be answered, then the end whatever hangs.
    threading.Timer(1.0, os._exit, (1,)).start()


async def chat(
    settings: Settings,
    database_url: str,
    *,
    plain: bool,
    clock: Clock | None = None,
    seed: int | None = None,
    screen: Screen | None = None,
) -> int:
    """Run the terminal face until its person leaves; returns the exit code."""
    from bot.adapters.terminal.clock import ShiftedClock
    from bot.adapters.terminal.face import TerminalFace
    from bot.adapters.terminal.publisher import TerminalPublisher
    from bot.adapters.terminal.screen import open_screen
    from bot.adapters.terminal.session import Session
    from bot.adapters.terminal.zone import system_zone
    from bot.scheduler.face_loops import FaceLoops
    from bot.services.first_track import ensure_track

    shifted = ShiftedClock(clock or SystemClock())
    zone = system_zone()
    dice = SystemDice() if seed is None else FixedDice(seed)
    async with open_core(settings, database_url, shifted) as core:
        kept = await core.storage.remembered("clock-offset")
        shifted.offset = timedelta(seconds=float(kept or 0))
        publisher = TerminalPublisher()
        loops = FaceLoops(core.storage, core.catalog, publisher, shifted)
        session = Session()
        perform = Perform(publisher, core.storage, loops.wake)
        dispatch = Dispatch(core.registry, core.catalog, core.storage, perform, session.may_manage, core.support_url)

        first = Call(Platform.TERMINAL, "terminal", PlaceRef("#general"), "you", shifted.now(), dice.seed(), zone)
        await core.storage.write(lambda uow: ensure_track(first, uow))
        await loops.start()

        async def tick(now: datetime) -> None:
            await loops.settled()
            await loops.tick(now)
            await loops.reconcile(now)

        async def keep_offset(offset: timedelta) -> None:
            await core.storage.remember("clock-offset", str(offset.total_seconds()))

        face = TerminalFace(
            dispatch=dispatch,
            clock=shifted,
            dice=dice,
            publisher=publisher,
            screen=screen or open_screen(core.registry, core.catalog, plain=plain),
            zone=zone,
            tick=tick,
            next_due=loops.next_due,
            keep_offset=keep_offset,
            session=session,
            opening=f"Everything here is kept in its own file, {core.storage.name}; no real bot is touched.",
        )
        return await face.run()


async def recompute(settings: Settings) -> int:
    """Count every standing of every track afresh; how many differed."""
    storage = Storage(settings.database_url, packaged("migrations"))
    storage.open(SystemClock().now())
    try:
        return await recount_everything(storage)
    finally:
        storage.close()


class FixedDice:
    """Chance that comes out the same each time, for scripts and tests."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def seed(self) -> int:
        """The next seed of the row."""
        return self._random.randrange(2**31)
