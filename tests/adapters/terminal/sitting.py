"""A person at the terminal, with a bot that asks a question every day at nine."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any, TypeVar, cast

from bot.adapters.terminal.clock import ShiftedClock, instant_at
from bot.adapters.terminal.face import TerminalFace
from bot.adapters.terminal.publisher import TerminalPublisher
from bot.adapters.terminal.screen import PlainScreen, Screen
from bot.adapters.terminal.session import Session
from bot.catalog.communities import OneCatalog
from bot.commands.dispatch import Dispatch
from bot.commands.registry import Registry
from bot.domain.identifiers import PlaceRef, RoundId, RoundRef
from bot.domain.round import Votes
from bot.ports.call import Call, Effect
from bot.ports.publisher import Address, Posted
from bot.ports.storage import UnitOfWork
from bot.replies.revealed import Revealed
from bot.replies.said import said
from tests.adapters.replies import BERLIN, asked, catalog, posted
from tests.adapters.terminal import small_bot
from tests.fakes.clock import FakeClock

T = TypeVar("T")
MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
"""Nine o'clock in Berlin."""


class StubTransact:
    """Runs work on a store in which there is nothing."""

    async def write(self, work: Callable[[UnitOfWork], T]) -> T:
        return work(EMPTY)

    async def read(self, work: Callable[[UnitOfWork], T]) -> T:
        return work(EMPTY)


EMPTY = cast(UnitOfWork, SimpleNamespace(communities=SimpleNamespace(find=lambda platform, external_id: None)))


class CountingDice:
    """Seeds in a row."""

    def __init__(self) -> None:
        self._last = 0

    def seed(self) -> int:
        self._last += 1
        return self._last


class Days:
    """Asks a question every day at nine, revealing the one before."""

    def __init__(self, publisher: TerminalPublisher, first: datetime) -> None:
        self._publisher = publisher
        self._due = first
        self._round = 0
        self.lived: list[datetime] = []
        self.kept: list[timedelta] = []

    async def tick(self, now: datetime) -> None:
        self.lived.append(now)
        while self._due <= now:
            self._round += 1
            place = Address("terminal", PlaceRef("#general"))
            question = catalog().questions[self._round]
            message = await self._publisher.post(place, posted(question, self._round), RoundRef(RoundId(self._round)))
            assert isinstance(message, Posted)
            if self._round > 1:
                before = asked(catalog().questions[self._round - 1])
                reveal = Revealed(RoundRef(RoundId(self._round - 1)), self._round - 1, before, Votes(), "Somewhere")
                await self._publisher.edit(place, message.message, reveal)
            await self._publisher.tell(place, "ana", said(f"Question {self._round} went out."))
            local = self._due.astimezone(UTC).date() + timedelta(days=1)
            self._due = instant_at(BERLIN, local, self._due.time().replace(hour=9))

    async def next_due(self, until: datetime, after: datetime | None) -> datetime | None:
        return self._due if self._due <= until else None

    async def keep_offset(self, offset: timedelta) -> None:
        self.kept.append(offset)


class Sitting:
    """Everything a sitting is made of, within reach of a test."""

    def __init__(self, screen: Screen, first: datetime = MONDAY) -> None:
        self.clock = ShiftedClock(FakeClock(MONDAY))
        self.session = Session()
        self.publisher = TerminalPublisher()
        self.days = Days(self.publisher, first)
        self.dispatch = small_dispatch(self.session)
        self.face = TerminalFace(
            dispatch=self.dispatch,
            clock=self.clock,
            dice=CountingDice(),
            publisher=self.publisher,
            screen=screen,
            zone=BERLIN,
            tick=self.days.tick,
            next_due=self.days.next_due,
            keep_offset=self.days.keep_offset,
            session=self.session,
            opening="Everything here is kept in its own file.",
        )


def small_dispatch(session: Session) -> Dispatch:
    """The small bot behind the real hallway."""

    async def perform(call: Call, effects: tuple[Effect, ...]) -> None:
        assert effects == ()

    return Dispatch(small_registry(), OneCatalog(catalog()), StubTransact(), perform, session.may_manage)


def small_registry() -> Registry:
    """The commands of the small bot."""
    return Registry((cast(Any, small_bot),))


async def sat(*script: str, first: datetime = MONDAY) -> tuple[Sitting, str]:
    """A sitting that has run through a script, and everything it printed."""
    printed = io.StringIO()
    sitting = Sitting(PlainScreen(io.StringIO("".join(f"{line}\n" for line in script)), printed), first)
    assert await sitting.face.run() == 0
    return sitting, printed.getvalue()


async def play(*script: str) -> str:
    """Everything printed while a script is read."""
    return (await sat(*script))[1]


async def after(*script: str) -> str:
    """Play a script; return what its last line brought up, without the farewell."""
    whole = await play(*script)
    last = whole.rsplit(f"> {script[-1]}\n", 1)[1]
    return last.removesuffix("Bye. What you did is kept.\n\n")


def main() -> None:
    """Sit down at the real terminal: for the tests of the prompt."""
    import asyncio

    from bot.adapters.terminal.screen import open_screen

    screen = open_screen(small_registry(), OneCatalog(catalog()), plain="--plain" in sys.argv)
    asyncio.run(Sitting(screen).face.run())
    print("imported:", *sorted({"prompt_toolkit", "rich"} & sys.modules.keys()))  # noqa: T201


if __name__ == "__main__":
    main()
