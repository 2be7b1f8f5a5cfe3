"""The semester in a server on Discord, with everything that goes wrong there.

The bot is a process of its own: it is killed while it posts, while it is asked, and overnight; its line is cut; what
Discord answers is lost. Members do what members do: where nothing comes back, they press again.
"""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from random import Random

from tests.adapters.discord.reading import pressable, text
from tests.contract.discord_stage import press_labelled
from tests.contract.test_contract import letter
from tests.fakes.clock import FakeClock
from tests.fakes.discord import CutBefore, FakeDiscord, LoseAnswer, Message, Person, Seen
from tests.lives.life import Life
from tests.lives.process import Setting
from tests.semester import rows
from tests.semester.story import BEGINNING, DUE, EVENING, HABITS, MORNING, Day, Deed, Ending

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
PRESSES_AT_MOST = 5
QUIET = 0.65
"""The share of days on which nothing goes wrong."""


class Trouble(StrEnum):
    """A fault that a day brings."""

    NONE = "none"
    KILLED_POSTING = "killed while posting"
    KILLED_POSTING_FOR_LONG = "killed while posting, and away for longer than a nonce is known"
    KILLED_ASKED = "killed when somebody has just pressed"
    KILLED_ANSWERING = "killed when the verdict is on its way, and lost with it"
    DOWN = "down when the question is due"
    LINE_CUT = "the line is cut while people press"
    LINE_CLOSED = "the line is closed and opened again"
    ANSWER_LOST = "the answer to the post is lost"


class OnDiscord:
    """One server; a day's trouble comes from dice of its own."""

    def __init__(self, discord: FakeDiscord, clock: FakeClock, file: Path, dice: Random) -> None:
        self.discord = discord
        self.happened: Counter[Trouble] = Counter()
        self._clock = clock
        self._file = file
        self._dice = dice
        self._guild = discord.guild("Study group")
        self._general = self._guild.text_channel("general")
        self._people: dict[str, Person] = {name: self._guild.person(name) for name in HABITS}
        self._boss = self._guild.person("boss", manager=True)
        self._open = AsyncExitStack()
        self._life: Life
        self._trouble = Trouble.NONE
        self._troubles: list[Trouble] = []
        """Those still to come; when all have been, they come again in another order."""
        self._deeds_left = 0
        """How many more deeds go well until the day's trouble comes between."""

    # --- the bot ------------------------------------------------------------------------------------------------

    async def _start(self) -> None:
        setting = Setting(self._file, None, self.discord.token, self.discord.api_url, self._clock.now())
        self._life = await self._open.enter_async_context(Life(setting))
        assert self._life.alive

    async def end(self) -> None:
        """Killed a last time."""
        await self._open.aclose()

    async def _restart(self, away: timedelta) -> None:
        await self.end()
        self._clock.advance(away)
        await self._start()

    async def _go(self, until: datetime) -> bool:
        self._clock.go_to(max(until, self._clock.now()))
        return await self._life.go(self._clock.now())

    # --- days ---------------------------------------------------------------------------------------------------

    async def begin(self) -> None:
        self._clock.go_to(BEGINNING)
        await self._start()
        said = await self._boss.slash(self._general, "config", time="08:00", zone="utc", weekdays="mon-fri")
        assert "at 08:00 UTC, Mon to Fri" in _read(said)

    async def due(self, day: Day) -> None:
        self._trouble = self._pick(day)
        self.happened[self._trouble] += 1
        self._deeds_left = self._dice.randrange(len(day.morning) or 1)
        match self._trouble:
            case Trouble.KILLED_POSTING | Trouble.KILLED_POSTING_FOR_LONG:
                self.discord.onlookers.append(self._kill_at_post)
                assert not await self._go(day.at(DUE))
                self.discord.onlookers.remove(self._kill_at_post)
                long = self._trouble is Trouble.KILLED_POSTING_FOR_LONG
                await self._restart(20 * MINUTE if long else 70 * SECOND)
            case Trouble.DOWN:
                assert await self._go(day.at(DUE) - 10 * MINUTE)
                await self._restart(self._dice.randrange(11, 50) * MINUTE)
            case Trouble.ANSWER_LOST:
                self.discord.on("POST", f"/channels/{self._general.id}/messages", LoseAnswer(), times=1)
        assert await self._go(day.at(DUE))
        assert await self._go(self._clock.now() + 5 * SECOND)
        assert await self._go(self._clock.now() + MINUTE)
        assert await self._go(day.at(MORNING))

    async def evening(self, day: Day) -> None:
        self._trouble = Trouble.NONE
        assert await self._go(day.at(EVENING))

    def _pick(self, day: Day) -> Trouble:
        # The first day is spared, so that each has a day before it.
        if day.number == 0 or self._dice.random() < QUIET:
            return Trouble.NONE
        if not self._troubles:
            all_there_are = [one for one in Trouble if one is not Trouble.NONE]
            self._troubles = self._dice.sample(all_there_are, len(all_there_are))
        return self._troubles.pop()

    def _kill_at_post(self, event: str, message: Message) -> None:
        if event == "MESSAGE_CREATE" and message.channel is self._general:
            self._life.kill()

    # --- what people do -----------------------------------------------------------------------------------------

    async def do(self, who: str, deed: Deed) -> None:
        person = self._people[who]
        match deed:
            case Deed.RIGHT | Deed.WRONG:
                await self._answer(person, right=deed is Deed.RIGHT)
            case Deed.UNSURE:
                more = await self._until_seen(lambda: person.press(self.posts()[-1], "More"))
                await self._press(person, more, "Don't know")
            case Deed.GUESSED:
                await self._press(person, await self._answer(person, right=True), "I guessed")
            case Deed.TWICE:
                await asyncio.gather(self._answer(person, right=True), self._answer(person, right=True))
                await self._answer(person, right=False)
            case Deed.TOO_LATE:
                await self._too_late(person)
            case Deed.AWAY | Deed.AWAY_THREE_DAYS:
                asked = await self._press(person, await self._progress(person), "Away")
                label = "From now on" if deed is Deed.AWAY else "Since three days ago"
                assert "neutral" in _read(await self._press(person, asked, label))
            case Deed.BACK:
                await self._press(person, await self._progress(person), "I am back")

    async def _answer(self, person: Person, *, right: bool) -> Seen:
        post = self.posts()[-1]
        choice = letter(text(post.components), right=right)
        seen = await self._until_seen(lambda: person.press(post, choice))
        assert "Take away" in _read(seen)
        return seen

    async def _too_late(self, person: Person) -> None:
        """A client that still shows yesterday's post as it was."""
        old = self.posts()[-2]
        was = pressable(old.history[0]["components"])
        id = next(id for label, id in was if label == "A")
        data = {"custom_id": id, "component_type": 2, "id": 1}
        seen = await self._until_seen(lambda: person.interaction(self._general, 3, data, message=old))
        # Who answered it in time is shown that.
        assert "is closed, so a press no longer counts" in _read(seen) or "That stands" in _read(seen)

    async def _progress(self, person: Person) -> Seen:
        return await self._until_seen(lambda: person.slash(self._general, "progress"))

    async def progress(self, who: str) -> str:
        return _read(await self._progress(self._people[who]))

    async def _press(self, person: Person, on: Seen, label: str) -> Seen:
        return await self._until_seen(lambda: press_labelled(person, on.messages[-1], label))

    async def _until_seen(self, act: Callable[[], Awaitable[Seen]]) -> Seen:
        """Act, and again where nothing came back, as people do."""
        for _ in range(PRESSES_AT_MOST):
            acting = asyncio.ensure_future(act())
            await self._meddle()
            seen = await acting
            if not seen.did_not_respond:
                await seen.settled()
                return seen
        raise AssertionError("nothing comes back any more")

    async def _meddle(self) -> None:
        """The day's trouble, if it is one of those that come between a press and its answer."""
        self._deeds_left -= 1
        if self._deeds_left != 0:
            return
        match self._trouble:
            case Trouble.KILLED_ASKED:
                await asyncio.sleep(0)  # the press is on its way
                await self._killed()
            case Trouble.KILLED_ANSWERING:
                lost = self.discord.on("POST", "/interactions/*/*/callback", CutBefore(), times=1)
                await self.discord.until(lambda: lost.hits)
                await self._killed()
            case Trouble.LINE_CUT:
                await asyncio.sleep(0)
                self.discord.gateway.abort()
            case Trouble.LINE_CLOSED:
                await asyncio.sleep(0)
                self.discord.gateway.close(4009)

    async def _killed(self) -> None:
        """Kill the bot: whoever waits for it waits in vain, and presses again."""
        self._life.kill()
        await self._restart(6 * MINUTE)
        self.discord.give_up()

    # --- what is there ------------------------------------------------------------------------------------------

    def posts(self) -> list[Message]:
        """Every question that stands there, the newest last."""
        there = self.discord.messages(self._general)
        return [message for message in there if re.search(r"(?m)^Question \d+", text(message.components))]

    def ending(self) -> Ending:
        return rows.ending(self._file, {person.id: name for name, person in self._people.items()})


@asynccontextmanager
async def on_discord(folder: Path, seed: int) -> AsyncIterator[OnDiscord]:
    """A server, and a new database."""
    clock = FakeClock(BEGINNING)
    async with FakeDiscord(now=clock.now, check_spec=False) as discord:
        face = OnDiscord(discord, clock, folder / "discord.db", Random(f"{seed}:trouble"))
        try:
            yield face
        finally:
            await face.end()


def _read(seen: Seen) -> str:
    return "\n".join(text(message.components) for message in seen.messages)
