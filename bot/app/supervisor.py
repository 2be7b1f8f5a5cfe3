"""A supervisor around each face: one that fails never ends another, and is started again."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable

from bot.kit import Backoff, reference_code
from bot.ports.clock import Dice
from bot.ports.face import Face, FaceEnded
from bot.ports.storage import StorageFault

log = logging.getLogger(__name__)

FIRST_WAIT, LONGEST_WAIT = 5.0, 300.0
"""Seconds until a face that failed is started again, doubled each time; one that ran longer than the longest wait
starts over."""

Sleep = Callable[[float], Awaitable[None]]


async def supervise(
    face: Face,
    say: Callable[[str], None],
    dice: Dice,
    sleep: Sleep = asyncio.sleep,
    seconds: Callable[[], float] = time.monotonic,
) -> None:
    """Keep a face running until it is cancelled, or says that only a person can help."""
    waits = Backoff(FIRST_WAIT, LONGEST_WAIT)
    while True:
        began, wait = seconds(), FIRST_WAIT
        try:
            await face.run()
        except FaceEnded as ended:
            log.error("%s has ended: %s", face.name, ended.sentence, extra={"face": face.name})
            say(f"{face.name} has stopped. {ended.sentence}")
            return
        except StorageFault as fault:
            wait = waits.next()
            say(f"{face.name} waits for the database (reference {fault.reference}); trying again in {wait:.0f} s.")
        except (Exception, asyncio.CancelledError) as error:
            if isinstance(error, asyncio.CancelledError) and _told_to_stop():
                raise
            # A library's own cancelling that came through is a failure like any other.
            if seconds() - began > LONGEST_WAIT:
                waits.reset()
            wait = waits.next()
            reference = reference_code(dice.seed())
            log.exception("%s failed %s", face.name, reference, extra={"reference": reference, "face": face.name})
            say(f"{face.name} failed, and it is our fault (reference {reference}); starting it again in {wait:.0f} s.")
        await sleep(wait)


def _told_to_stop() -> bool:
    task = asyncio.current_task()
    return task is None or task.cancelling() > 0
