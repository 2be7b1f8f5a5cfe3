"""A life as seen from outside: started, told what time it is, killed."""

from __future__ import annotations

import asyncio
import multiprocessing
import signal
from datetime import datetime
from types import TracebackType
from typing import Self

from tests.fakes.patience import PATIENCE
from tests.lives import process
from tests.lives.process import Order, Setting, Told, heard
from tests.lives.stopping import Kill

# Loading everything takes longer than most lives: it is done once, in a process each life is forked from.
_FORKING = multiprocessing.get_context("forkserver")
_FORKING.set_forkserver_preload([process.__name__, "tests.lives.warm"])


class Life:
    """A process in which the bot runs. Used as a context, what is left of it is killed at the end."""

    def __init__(self, setting: Setting) -> None:
        self._line, theirs = _FORKING.Pipe()
        self._process = _FORKING.Process(target=process.live, args=(theirs, setting), daemon=True)
        self._process.start()
        theirs.close()
        self.alive = True
        """Whether it lived on, the last time it was looked at."""
        self.ended_at = ""
        """Where it ended itself."""

    async def __aenter__(self) -> Self:
        await self._answered("begun")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.killed()
        self._line.close()

    async def go(self, until: datetime, kill: Kill | None = None) -> bool:
        """Live until a moment and do what is due then; False if it was killed on the way."""
        if self.alive:
            self._line.send(Order(until, kill))
            await self._answered("done")
        return self.alive

    def kill(self) -> None:
        """End it now, whatever it is doing."""
        self._process.kill()

    async def killed(self) -> None:
        """End it now, and wait until it is gone."""
        self.kill()
        await self._joined()

    async def _answered(self, what: str) -> None:
        try:
            told = await self._heard()
            if told.what == "killed":
                self.ended_at = told.where
                told = await self._heard()  # which is the end of the line
        except (EOFError, ConnectionResetError):
            await self._joined()
            assert self._process.exitcode == -signal.SIGKILL, "it ended otherwise than by being killed"
            self.alive = False
            return
        assert told == Told(what), f"it was to be {what}: {told}"

    async def _heard(self) -> Told:
        async with asyncio.timeout(PATIENCE):
            told = await heard(self._line)
        assert isinstance(told, Told)
        return told

    async def _joined(self) -> None:
        if self._process.exitcode is not None:
            return
        loop = asyncio.get_running_loop()
        gone = asyncio.Event()
        loop.add_reader(self._process.sentinel, gone.set)
        try:
            async with asyncio.timeout(PATIENCE):
                await gone.wait()
        finally:
            loop.remove_reader(self._process.sentinel)
        self._process.join()
