"""The ground every face stands on: content, database, clock and chance, put together."""

from __future__ import annotations

import gc
import logging
import os
import random
import sys
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.app.features import all_commands
from bot.catalog.banks import banks_in, beside_the_asked, older_layout
from bot.catalog.catalog import LoadedCatalog
from bot.catalog.communities import CommunityCatalogs
from bot.catalog.load import load
from bot.catalog.yaml_file import Problem
from bot.commands.dispatch import Dispatch
from bot.commands.member_memory import RateLimit, WhoIsAway
from bot.commands.registry import Registry
from bot.config import Settings, packaged
from bot.domain.explained import Explained
from bot.ports.call import Call
from bot.ports.catalogs import Catalogs
from bot.ports.clock import Clock
from bot.ports.face import Face
from bot.ports.publisher import Publisher
from bot.posting.effects import Perform
from bot.posting.recount import recount_everything
from bot.scheduler.clock_watch import ClockWatch
from bot.scheduler.face_loops import FaceLoops
from bot.storage.checkup import narrow
from bot.storage.storage import Storage

log = logging.getLogger(__name__)


class Broken(Explained):
    """Studybot cannot start."""

    needs_person = True


class SystemClock:
    """The real time."""

    def now(self) -> datetime:
        """The present moment in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds since some moment."""
        return time.monotonic()


class SystemDice:
    """Real chance."""

    def seed(self) -> int:
        """A fresh seed."""
        return random.SystemRandom().randrange(2**31)


class FixedDice:
    """Chance that comes out the same each time, for scripts and tests."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def seed(self) -> int:
        """The next seed of the row."""
        return self._random.randrange(2**31)


def load_catalog(content: Path) -> LoadedCatalog:
    """Read the bank that is asked; what is wrong in it is left out. ``Broken`` if there is no question to ask."""
    (bank, *_) = banks_in(content)
    loaded = load(bank.path, bank.name)
    catalog = LoadedCatalog(loaded.usable, (*loaded.problems, *beside_the_asked(content)))
    if not catalog.questions:
        wrong = listed_problems(catalog.left_out)
        raise Broken(
            f"The content has no question that can be asked, so nothing was started.{wrong}\n"
            "STUDYBOT_CONTENT_DIR names the folder; `studybot content check` lists every problem in it."
        )
    return catalog


def listed_problems(problems: Sequence[Problem], most: int = 5) -> str:
    """The first problems, a line each."""
    more = [f"and {len(problems) - most} more"] if len(problems) > most else []
    return "".join(f"\n  {line}" for line in [*map(str, problems[:most]), *more])


def left_out(catalog: LoadedCatalog) -> str:
    """Name the content that was left out because something is wrong with it; empty if nothing was."""
    if not catalog.left_out:
        return ""
    return (
        f"Something is wrong in the content and was left out; {len(catalog.questions)} questions can still be asked."
        f"{listed_problems(catalog.left_out)}\n`studybot content check` lists every problem. Correct them and "
        "start again."
    )


@dataclass(frozen=True, slots=True)
class Core:
    """The ground every face stands on."""

    registry: Registry
    catalog: LoadedCatalog
    """The catalog of every community without a bank of its own."""
    catalogs: Catalogs
    storage: Storage
    support_url: str | None
    told: str = ""
    """A word about the content for whoever starts it; empty if there is none."""


@dataclass(frozen=True, slots=True)
class RunningFace:
    """A face and the loops that ring for it."""

    face: Face
    loops: FaceLoops


def hallway(
    core: Core,
    publisher: Publisher,
    loops: FaceLoops,
    watch: ClockWatch,
    may_manage: Callable[[Call, bool], Awaitable[bool]],
    *,
    asked_by_us: bool = False,
) -> Dispatch:
    """Dispatch for a platform. Where we ask by ourselves, nobody is limited, or reads that they are away."""
    return Dispatch(
        core.registry,
        core.catalogs,
        core.storage,
        Perform(publisher, core.storage, loops.wake),
        may_manage,
        core.support_url,
        limit=None if asked_by_us else RateLimit(),
        away=None if asked_by_us else WhoIsAway(publisher.platform, core.storage),
        clock_off=watch.off,
    )


@asynccontextmanager
async def open_core(settings: Settings, database_url: str, clock: Clock) -> AsyncIterator[Core]:
    """Load the content, open the database and bring it up to date; closed at the end."""
    collecting = gc.isenabled()
    # Nothing made while reading is thrown away; looking for what could be costs a fifth of its time.
    gc.disable()
    try:
        catalog = load_catalog(settings.content)
    finally:
        if collecting:
            gc.enable()
    to_mend = "\n".join(filter(None, (left_out(catalog), older_layout(settings.content))))
    if to_mend:
        log.warning("%s", to_mend)
    storage = Storage(database_url, packaged("migrations"), on_death=_end_process)
    narrow(database_url)
    storage.open(clock.now())
    settle_in()
    try:
        catalogs = CommunityCatalogs(catalog, storage, clock.monotonic)
        yield Core(all_commands(), catalog, catalogs, storage, settings.support_url, to_mend)
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
    """The writer died: nothing can be kept any more, so the process ends with 1 and a supervisor restarts it."""
    log.critical("the writer thread died; ending the process", exc_info=death)
    # A moment for the waiting callers to be answered, then the end whatever hangs.
    threading.Timer(1.0, os._exit, (1,)).start()


async def recompute(settings: Settings) -> int:
    """Recount every standing of every track; return how many differed."""
    storage = Storage(settings.database_url, packaged("migrations"))
    storage.open(SystemClock().now())
    try:
        return await recount_everything(storage)
    finally:
        storage.close()
