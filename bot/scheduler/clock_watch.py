"""A face's own clock: it keeps the loops still while this machine's clock and the platform's are too far apart."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from bot.domain.clock_check import BELIEVED_WITHIN, ClockCheck, distance
from bot.ports.clock import Clock

log = logging.getLogger(__name__)

ASKED_EVERY = 60.0
"""Seconds between two questions to the platform what time it is, while the clock is doubted."""

Ask = Callable[[], Awaitable[object]]
"""Calls the platform, for the date in its answer. Raises if it cannot be reached."""


JUST_HEARD = 5.0
"""Seconds for which a date of the platform's is held against the clock without asking once more."""


class ClockWatch:
    """Fulfils ``Clock`` for one face: what this machine's shows, and while that is doubted what the platform's does.

    Without a platform that tells the time nothing is doubted.
    """

    def __init__(self, clock: Clock, platform: str = "") -> None:
        self._clock = clock
        self._platform = platform
        self._check = ClockCheck()
        self._ask: Ask | None = None
        self._asked_at = 0.0
        self._heard_at = -JUST_HEARD
        self._dateless = False
        """The platform answers without a date, as behind some proxies; then nothing is doubted."""
        self._doubted = False
        self._unanswered = False
        """The platform did not say when it was asked last; that is logged once."""

    def ask_with(self, ask: Ask) -> None:
        """Ask the platform like this where its last date is too old to tell."""
        self._ask = ask

    def heard(self, header: str) -> None:
        """An answer of the platform carried this ``Date``."""
        try:
            date = parsedate_to_datetime(header)
        except ValueError:
            return
        if date.tzinfo is not None:
            self._heard_at = self._clock.monotonic()
            self._check.heard(date, self._heard_at)

    def now(self) -> datetime:
        """Return the time by which actions are stored. The loops stand still while the clock is doubted."""
        off = self._too_far()
        # A machine that slept since the last date looks just like a clock that was set.
        sure = self._doubted or self._clock.monotonic() - self._heard_at < JUST_HEARD
        return self._clock.now() - (off if sure and off else timedelta())

    def monotonic(self) -> float:
        """Seconds that this machine was awake."""
        return self._clock.monotonic()

    def off(self) -> timedelta | None:
        """Return how far the clock is off, while it is doubted; below zero it is behind."""
        return self._too_far() if self._doubted else None

    def _too_far(self) -> timedelta | None:
        off = self._check.off(self._clock.now(), self._clock.monotonic())
        return off if abs(off) > BELIEVED_WITHIN else None

    async def believed(self) -> bool:
        """Return whether times by this clock may be stored.

        A machine that slept looks like a clock that was set: monotonic time may stand still meanwhile. So the
        platform is asked before the clock is doubted, and before its first date.
        """
        if self._ask is not None and self._must_ask() and not await self._asked(self._ask):
            return False
        off = self._too_far()
        self._say(off)
        return off is None

    def _must_ask(self) -> bool:
        if not self._check.has_date:
            return not self._dateless
        if self._too_far() is None:
            return False
        return not self._doubted or self._clock.monotonic() - self._asked_at >= ASKED_EVERY

    async def _asked(self, ask: Ask) -> bool:
        """Ask the platform; False if it could not be reached."""
        self._asked_at = self._clock.monotonic()
        try:
            await ask()
        except Exception as error:
            if not self._unanswered:
                log.warning("%s did not say what time it is (%s)", self._platform, type(error).__name__)
            self._unanswered = True
            return False
        self._unanswered = False
        self._dateless = not self._check.has_date
        return True

    def _say(self, off: timedelta | None) -> None:
        if off is not None and not self._doubted:
            log.error(
                "this computer's clock is %s %s's; nothing is posted or closed until it is set right",
                distance(off), self._platform,
            )  # fmt: skip
        elif off is None and self._doubted:
            log.info("this computer's clock agrees with %s's again; posting goes on", self._platform)
        self._doubted = off is not None
