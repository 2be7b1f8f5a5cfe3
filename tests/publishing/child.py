"""The process that is killed: ``python -m tests.publishing.child folder platform step nth [hasty]``."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from bot.catalog.communities import OneCatalog
from bot.scheduler import publish
from bot.scheduler.face_loops import FaceLoops
from bot.storage.storage import Storage
from tests.fakes.bank import Bank
from tests.fakes.clock import FakeClock
from tests.publishing.hasty import send_hastily
from tests.publishing.steps import DUE, SENT_AT_ONCE, Platforms, Step, Stopper, StoppingPublisher, StoppingTransact
from tests.scheduler.world import AS_FAST_AS_CAN_BE, MIGRATIONS

DATABASE = "studybot.db"
NOTES = "hasty.db"
CHANNELS = "channels.jsonl"


async def post(folder: Path, platform: Platforms, stopper: Stopper) -> None:
    """Post as the product does when questions have come due."""
    setattr(publish, "SENT_AT_ONCE", SENT_AT_ONCE)  # noqa: B010  # it is no name the module gives away
    clock = FakeClock(DUE)
    publisher = StoppingPublisher(folder / CHANNELS, clock, remembers=platform.remembers, sees=platform.sees)
    publisher.stopper = stopper
    storage = Storage(f"sqlite:///{folder / DATABASE}", MIGRATIONS)
    storage.open(clock.now())
    transact = StoppingTransact(storage, stopper)
    await FaceLoops(transact, OneCatalog(Bank(40)), publisher, clock, AS_FAST_AS_CAN_BE).tick()


async def post_hastily(folder: Path, stopper: Stopper) -> None:
    """Post as the control does."""
    publisher = StoppingPublisher(folder / CHANNELS, FakeClock(DUE))
    publisher.stopper = stopper
    await send_hastily(folder / NOTES, publisher, stopper)


def main(folder: str, platform: str, step: str, nth: str, *hasty: str) -> None:
    """Go on until the step is reached, then wait for the end."""
    stopper = Stopper(Step(step), int(nth))
    work = post_hastily(Path(folder), stopper) if hasty else post(Path(folder), Platforms(platform), stopper)
    asyncio.run(work)


if __name__ == "__main__":
    main(*sys.argv[1:])
