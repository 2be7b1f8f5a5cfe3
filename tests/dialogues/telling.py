"""Dialogues told through the terminal face: a line typed, everything printed until the next prompt read back."""

from __future__ import annotations

import asyncio
import atexit
import logging
import re
import shutil
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from bot.adapters.terminal.screen import Offers
from bot.adapters.terminal.wrapping import Line
from bot.app.core import load_catalog, recompute
from bot.app.terminal import chat
from bot.config import Settings, packaged
from bot.storage.storage import Storage
from tests.fakes.patience import PATIENCE

MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


class FixedClock:
    """Stands still; the terminal's own offset moves the conversation on."""

    def __init__(self, now: datetime) -> None:
        self.time = now

    def now(self) -> datetime:
        return self.time

    def monotonic(self) -> float:
        return 0.0


class TellingScreen:
    """A screen that a test types on and reads from."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.typed: asyncio.Queue[str | None] = asyncio.Queue()
        self.waiting = asyncio.Event()

    def width(self) -> int:
        return 2000  # nothing wraps, so that sentences can be looked for

    def rows(self) -> int | None:
        return None

    def show(self, lines: Sequence[Line]) -> None:
        self.lines.extend(line.text for line in lines)

    async def ask(self, prompt: str, offers: Offers | None = None) -> str | None:
        self.waiting.set()
        line = await self.typed.get()
        self.waiting.clear()
        return line


class Logged(logging.Handler):
    """Keeps what was logged as an error: no dialogue may meet one, whatever is typed."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.errors: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.errors.append(record.getMessage())


class Dialogue:
    """A conversation with a running terminal face."""

    def __init__(self, screen: TellingScreen, running: asyncio.Task[int], clock: FixedClock) -> None:
        self.screen = screen
        self.clock = clock
        self.logged = Logged()
        self._running = running

    async def opened(self) -> str:
        """The text printed before the first prompt."""
        return await self._printed()

    async def say(self, *lines: str) -> str:
        """Type lines one after the other; what the last of them brought up."""
        said = ""
        for line in lines:
            self.clock.time += timedelta(seconds=3)  # nobody types faster, and nobody may for long
            self.screen.lines.clear()
            self.screen.waiting.clear()
            self.screen.typed.put_nowait(line)
            said = await self._printed()
        return said

    async def press(self, label: str, after: str) -> str:
        """Press the numbered choice with that label in what was printed last."""
        found = re.search(rf"\[(\d+)\]\s+{re.escape(label)}", re.sub(r"\s+", " ", after))
        assert found, f"no choice {label!r} in:\n{after}"
        return await self.say(found[1])

    async def _printed(self) -> str:
        idle = asyncio.create_task(self.screen.waiting.wait())
        done, _ = await asyncio.wait({idle, self._running}, timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
        if self._running in done:
            idle.cancel()
            self._running.result()
        assert done, "nothing was printed"
        return "\n".join(self.screen.lines)


@cache
def migrated() -> Path:
    """A fresh database, brought up to date once for all dialogues: migrating takes longer than most of them."""
    folder = tempfile.TemporaryDirectory(prefix="studybot-dialogues-")
    atexit.register(folder.cleanup)
    path = Path(folder.name) / "fresh.db"
    storage = Storage(f"sqlite:///{path}", packaged("migrations"))
    storage.open(MONDAY)
    storage.close()
    return path


@asynccontextmanager
async def dialogue(
    database: Path,
    *,
    now: datetime = MONDAY,
    seed: int = 7,
    settings: Settings | None = None,
    screen: TellingScreen | None = None,
) -> AsyncIterator[Dialogue]:
    """Open the terminal face on a database; at the end every standing must follow from the raw rows."""
    if not database.exists():  # noqa: ASYNC240 - a test may wait for its own disk
        shutil.copy(migrated(), database)
    url = f"sqlite:///{database}"
    known = settings or Settings(database_url=url)
    screen, clock = screen or TellingScreen(), FixedClock(now)
    running = asyncio.create_task(chat(known, url, plain=True, clock=clock, seed=seed, screen=screen))
    talk = Dialogue(screen, running, clock)
    logging.getLogger().addHandler(talk.logged)
    try:
        yield talk
        screen.typed.put_nowait(None)
        assert await running == 0
        assert not talk.logged.errors
    finally:
        logging.getLogger().removeHandler(talk.logged)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    assert await recompute(Settings(database_url=url)) == 0, "a standing did not follow from the raw rows"


CATALOG = load_catalog(packaged("content"))
_OPTION = re.compile(r"^  ([A-D])  (\S.*)$", re.MULTILINE)


async def two_tracks_alike(talk: Dialogue, repeats: str) -> None:
    """Beside the first, two daily questions at the same hour about the same few questions."""
    for place in ("#one", "#two"):
        await talk.say(f":in {place}")
        saved = await talk.say("/config time:07:00 zone:utc weekdays:every day")
        await talk.press("Topics and level", saved)
        await talk.say("data", "hard", repeats)


def letter(shown: str, *, right: bool = True) -> str:
    """The letter of a right or a wrong option of the last question in what was printed."""
    options = _OPTION.findall(shown)[-4:]
    texts = {text for _, text in options}
    for question in CATALOG.questions:
        theirs = {option.text for option in question.options}
        if theirs <= texts:
            return next(
                str(shown_as)
                for shown_as, text in reversed(options)
                if text in theirs and (text == question.key.text) is right
            )
    raise AssertionError(f"no question of the bank in:\n{shown}")
