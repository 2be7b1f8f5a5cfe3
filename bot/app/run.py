"""The running bot: every face that is set, in one process and one loop, until stopped."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.app.core import Broken, Core, RunningFace, SystemClock, SystemDice, open_core
from bot.app.faces import CONNECTED
from bot.app.supervisor import supervise
from bot.config import Settings
from bot.ports.clock import Clock, Dice
from bot.ports.storage import StorageFault
from bot.scheduler.alarm_clock import AlarmClock
from bot.storage.faults import StorageInUse
from bot.storage.storage import Storage
from bot.storage.token_lock import TokenLock

log = logging.getLogger(__name__)

NEEDS_PERSON = 3
"""The exit code where starting again cannot help: somebody has to change something first."""
LOOKED_AFTER = 15.0
"""Seconds after which is looked whether the tokens are still ours alone."""
FINISH_WITHIN = 10.0
"""Seconds that posts on their way are given when the bot is stopped; what is cut off is settled at the next start."""


@dataclass(frozen=True, slots=True)
class Bot:
    """The bot at work."""

    core: Core
    faces: tuple[RunningFace, ...]
    running: tuple[asyncio.Task[None], ...]
    alone: asyncio.Task[str]
    """Ends with a sentence if another process took over one of the bots, or the database's file is gone."""


@asynccontextmanager
async def bot(
    settings: Settings, say: Callable[[str], None], clock: Clock | None = None, dice: Dice | None = None
) -> AsyncIterator[Bot]:
    """Every face that is set, each under its supervisor; all are ended in order at the end."""
    clock, dice = clock or SystemClock(), dice or SystemDice()
    async with open_core(settings, settings.database_url, clock) as core:
        lock = TokenLock(settings.database_url, _tokens(settings))
        await asyncio.to_thread(lock.hold)
        alone = asyncio.create_task(_stay_alone(lock, core.storage, clock), name="token lock")
        alarm = AlarmClock(SystemClock())
        faces = tuple(_faces(core, settings, clock, dice, alarm, say))
        alarm.start()
        running = tuple(asyncio.create_task(supervise(one.face, say, dice), name=one.face.name) for one in faces)
        try:
            yield Bot(core, faces, running, alone)
        finally:
            alarm.stop()
            await asyncio.gather(*(one.loops.finish(FINISH_WITHIN) for one in faces))
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)
            alone.cancel()
            await asyncio.to_thread(lock.release)


def _tokens(settings: Settings) -> dict[str, str]:
    """Tokens that two processes must not work with at once, by the settings' names."""
    every = (connection.tokens(settings).items() for connection in CONNECTED)
    return {name: token for tokens in every for name, token in tokens if token}


async def _stay_alone(lock: TokenLock, storage: Storage, clock: Clock) -> str:
    """See that the tokens and the file of the database are still ours; the sentence if they are not."""
    while True:
        await asyncio.sleep(LOOKED_AFTER)
        if told := await storage.displaced(clock.now()):
            return told
        try:
            await asyncio.to_thread(lock.hold)
        except StorageInUse as taken:
            return taken.sentence
        except StorageFault:
            continue  # the database is down, as the log says; the first to come back gets the lock


def _faces(
    core: Core, settings: Settings, clock: Clock, dice: Dice, alarm: AlarmClock, say: Callable[[str], None]
) -> list[RunningFace]:
    wanted = [connection for connection in CONNECTED if connection.wanted(settings)]
    lacking = [told for connection in wanted if (told := connection.lacks(settings))]
    if lacking and len(lacking) == len(wanted):
        raise Broken(lacking[0])
    for told in lacking:
        say(f"{told} It is left out until then.")
    whole = [connection.load() for connection in wanted if connection.lacks(settings) is None]
    return [module.assemble(core, settings, clock, dice, alarm, say) for module in whole]


async def run(settings: Settings, say: Callable[[str], None]) -> int:
    """Run until SIGTERM or SIGINT, or until no face is left; the exit code."""
    stop = asyncio.Event()
    async with bot(settings, say) as at_work:
        for name in (signal.SIGINT, signal.SIGTERM):
            with contextlib.suppress(NotImplementedError):  # Windows; there an interrupt ends the loop itself
                asyncio.get_running_loop().add_signal_handler(name, stop.set)
        names = " and ".join(one.face.name for one in at_work.faces)
        say(f"Studybot runs on {names}; questions are kept in {at_work.core.storage.name}. Ctrl+C stops it.")
        if at_work.core.told:
            say(at_work.core.told)
        stopped = asyncio.create_task(stop.wait())
        while not (stop.is_set() or at_work.alone.done() or all(task.done() for task in at_work.running)):
            await asyncio.wait({stopped, at_work.alone, *at_work.running}, return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()
        if at_work.alone.done():
            say(at_work.alone.result())
            return NEEDS_PERSON
        if not stop.is_set():
            say("No platform is left to run on, so Studybot ends. Everything is kept.")
            return NEEDS_PERSON
        if lost := await at_work.core.storage.displaced(SystemClock().now()):
            say(lost)
            return NEEDS_PERSON
        say("Stopping; posts on their way are finished first.")
    say("Stopped. Everything is kept.")
    return 0
