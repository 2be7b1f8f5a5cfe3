"""Time passing at the terminal: through each due moment on the way, so that nothing is missed by moving on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.adapters.terminal.clock import ShiftedClock, next_at, next_day
from bot.domain.identifiers import ZoneName
from bot.domain.time_of_day import parse_span, parse_time

_TRIES = 3
"""The number of ticks after which a moment still due is left behind: it must not hold up the rest."""


class Living:
    """Moves the clock on and lets happen what is due."""

    def __init__(
        self,
        clock: ShiftedClock,
        zone: ZoneName,
        tick: Callable[[datetime], Awaitable[None]],
        next_due: Callable[[datetime, datetime | None], Awaitable[datetime | None]],
        keep_offset: Callable[[timedelta], Awaitable[None]],
        show_news: Callable[[], None],
    ) -> None:
        self._clock = clock
        self._zone = zone
        self._tick = tick
        self._next_due = next_due
        self._keep_offset = keep_offset
        self._show_news = show_news

    async def catch_up(self) -> None:
        """Let happen what is due by now, and show it."""
        await self._tick(self._clock.now())
        self._show_news()

    async def until(self, target: datetime) -> None:
        """Live on until a moment."""
        last: datetime | None = None
        tries = 0
        left_behind: datetime | None = None
        while (moment := await self._next_due(target, left_behind)) is not None and moment <= target:
            tries = tries + 1 if last is not None and moment <= last else 0
            if tries == _TRIES:
                left_behind = moment
                continue
            self._clock.move_to(moment)
            await self._tick(moment)
            self._show_news()
            last = moment
        self._clock.move_to(target)
        await self._keep_offset(self._clock.offset)
        await self.catch_up()

    async def tomorrow(self) -> None:
        """Live on until the same time of the next date."""
        await self.until(next_day(self._clock.now(), self._zone))

    async def span(self, text: str) -> None:
        """Live through a span such as ``7d``; ``NotUnderstood`` if the text is none."""
        await self.until(self._clock.now() + parse_span(text))

    async def time_of_day(self, text: str) -> None:
        """Live on until a time such as ``18:30``, tomorrow's if today's has passed; ``NotUnderstood`` if it is none."""
        await self.until(next_at(self._clock.now(), self._zone, parse_time(text)))
