"""The Slack face: in touch with Slack for as long as it may be, and said when it is not."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from typing import Protocol

from bot.adapters.slack.door import Door
from bot.adapters.slack.faults import limited_for
from bot.adapters.slack.life import Life
from bot.adapters.slack.web import FAILED, Web, error_of
from bot.adapters.slack.workspaces import OneWorkspace
from bot.kit import Backoff

log = logging.getLogger(__name__)

FIRST_WAIT, LONGEST_WAIT = 1.0, 300.0
"""Seconds between two attempts to reach Slack at the start: doubled each time."""
FINISH_WITHIN = 2.0
"""Seconds that answers on their way are given at the end."""
LACKING = (
    "Slack: the app was installed without {scopes}. Some of what Studybot does will be refused; add the scopes in the "
    "app's settings and install it again."
)


class Transport(Protocol):
    """The way Slack reaches us."""

    @property
    def alive(self) -> bool:
        """Return whether people can reach us now."""
        ...

    @property
    def silence(self) -> float | None:
        """Seconds since Slack was last heard; None where that cannot be told."""
        ...

    async def run(self) -> None:
        """Be reachable until cancelled."""
        ...


class SlackFace:
    """Runs until stopped or unable to go on."""

    name = "Slack"

    def __init__(
        self,
        web: Web,
        one: OneWorkspace | None,
        door: Door,
        life: Life,
        on_ready: Callable[[], Awaitable[None]],
        say: Callable[[str], None],
    ) -> None:
        """``one`` is the workspace of the one token, where one is set."""
        self._web = web
        self._one = one
        self._door = door
        self._life = life
        self._on_ready = on_ready
        self._say = say
        self._lost = False
        self.transport: Transport | None = None
        """Set as the parts are put together: it calls back."""

    @property
    def alive(self) -> bool:
        """Return whether people can reach us now."""
        return self.transport is not None and self.transport.alive

    @property
    def silence(self) -> float | None:
        """Seconds since Slack was last heard, where that can be told."""
        return self.transport.silence if self.transport is not None else None

    async def run(self) -> None:
        """Open the lines and keep them. ``FaceEnded`` for what only a person can mend."""
        assert self.transport is not None  # put together
        async with self._web:
            try:
                await self._reach()
                await self.transport.run()
            finally:
                # Whoever pressed just before the end is answered while the lines are open.
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(FINISH_WITHIN):
                        await self._door.settled()

    async def _reach(self) -> None:
        waits = Backoff(FIRST_WAIT, LONGEST_WAIT)
        while self._one is not None:
            try:
                await self._one.begin()
                if self._one.lacking:
                    self._say(LACKING.format(scopes=", ".join(self._one.lacking)))
                return
            except FAILED as error:
                log.warning("reaching Slack failed: %s", error_of(error))
                wait = min(max(waits.next(), limited_for(error)), LONGEST_WAIT)
            self._say(f"Slack cannot be reached; trying again in {wait:.0f} s.")
            await asyncio.sleep(wait)

    # --- how the line is -------------------------------------------------------------------------------

    async def ready(self) -> None:
        """Slack reaches us: catch up with what happened meanwhile, begin to post."""
        try:
            await self._life.ready()
        finally:
            await self._on_ready()

    def heard(self, good: bool) -> None:
        """Say when the line is lost and when it is there, once each."""
        if good and not self._lost:
            if self._one is not None and self._one.name:
                self._say(f"Slack: connected to {self._one.name}.")
                self._one.name = ""
            return
        if good != self._lost:
            return
        self._lost = not good
        self._say("Slack: connected again." if good else "Slack: the line was lost; connecting again.")
