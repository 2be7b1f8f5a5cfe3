"""kill -9 at every await of publishing on Discord, then a new start: each question stands there once, and is open.

The bot runs as a process of its own, with the real client library, against a Discord on loopback and a database file.
A date's questions come due; the process is killed on the way; a new one puts that right, and is killed on the next
date, one step further. When a date passes without reaching the step, every step before it was killed at.

The control, which lacks what keeps a post from standing there twice, is killed the same way and does post twice.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from itertools import count, cycle
from pathlib import Path

import pytest

from tests.fakes.clock import FakeClock
from tests.fakes.discord import FakeDiscord
from tests.lives.content import small_content
from tests.lives.life import Life
from tests.lives.stopping import Kill, Step
from tests.publishing.discord_servers import BEFORE, Servers

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
SOON = (5 * SECOND, 70 * SECOND)
"""Away for less than a lease, and for more; Discord still recognises the nonce both times."""
LATE = (10 * MINUTE, 2 * 60 * MINUTE)
"""Away for longer than a nonce is known."""
SIDE_BY_SIDE = 6
"""Chains of kills that are lived through at the same time, for most of a life is waiting."""
COMMITS = [step for step in Step if not step.startswith("await")]
Away = tuple[timedelta, ...]


class Accepted(StrEnum):
    """A request Discord has just taken when it kills the process, which has not heard of it yet."""

    POST = "post"
    EDIT = "edit"


@dataclass(frozen=True, slots=True)
class FromOutside:
    """Killed when Discord has accepted something for the nth time, before its answer leaves."""

    accepted: Accepted
    nth: int


@asynccontextmanager
async def servers(folder: Path) -> AsyncIterator[Servers]:
    folder.mkdir()  # noqa: ASYNC240 - a test may wait for its own disk
    clock = FakeClock(BEFORE)
    async with FakeDiscord(now=clock.now, check_spec=False) as discord:
        found = Servers(discord, clock, folder, small_content(folder))
        await found.prepare()
        yield found


async def lived_on(here: Servers, life: Life) -> bool:
    """The bot lives on for some minutes, unless it is killed."""
    alive = [await life.go(here.later(MINUTE)) for _ in range(3)]
    return all(alive)


async def settled(here: Servers, life: Life) -> None:
    """The bot lives on for some minutes, and then everything is as it should be."""
    assert await lived_on(here, life)
    await here.check()


async def killed(here: Servers, life: Life, kill: Kill | FromOutside) -> bool:
    """The next date comes due and the bot is killed on the way; False if it got through."""
    if isinstance(kill, Kill):
        return not await life.go(here.next_due(), kill)
    left = kill.nth

    def look() -> None:
        nonlocal left
        left -= 1
        if left == 0:
            life.kill()

    here.on_accepted[kill.accepted] = look
    try:
        return not await life.go(here.next_due())
    finally:
        del here.on_accepted[kill.accepted]


async def chain(folder: Path, kills: Iterable[Kill | FromOutside], away: Away) -> list[str]:
    """One kill a date, until a step is not reached any more; where the processes ended."""
    ended: list[str] = []
    spans = cycle(away)
    async with servers(folder) as here:
        for kill in kills:
            async with here.life() as life:
                if here.dates:
                    await settled(here, life)
                if not await killed(here, life, kill):
                    await settled(here, life)
                    return ended
                ended.append(life.ended_at)
            here.later(next(spans))
        async with here.life() as life:
            await settled(here, life)
    return ended


async def chain_of_second_kills(folder: Path, first: int, away: Away) -> list[str]:
    """Killed when Discord had just accepted a post, and killed again while that is settled, one step further each
    date, until nothing is left to settle; where the processes ended the second time.
    """
    ended: list[str] = []
    spans = cycle(away)
    async with servers(folder) as here:
        for nth in count(first, SIDE_BY_SIDE):
            async with here.life() as life:
                assert await killed(here, life, FromOutside(Accepted.POST, 1 + nth % 3))
            span = next(spans)
            here.later(span)
            async with here.life(kill=Kill(Step.AWAIT_PUTTING_RIGHT, nth)) as life:
                if await lived_on(here, life):
                    await here.check()
                    return ended
                ended.append(life.ended_at)
            here.later(span)
            async with here.life() as life:
                await settled(here, life)
    raise AssertionError


@pytest.mark.long
@pytest.mark.parametrize("away", [SOON, LATE], ids=["soon", "late"])
async def test_killed_at_any_await_every_question_stands_there_once(tmp_path: Path, away: Away) -> None:
    chains = await asyncio.gather(
        *(
            chain(tmp_path / f"{first}", (Kill(Step.AWAIT, nth) for nth in count(first, SIDE_BY_SIDE)), away)
            for first in range(1, SIDE_BY_SIDE + 1)
        )
    )
    ended = [where for each in chains for where in each]
    assert len(ended) >= 60
    ours = [
        (what, within) for what in ("PublishLoop._send", "RevealLoop._edit") for within in ("Pacer.turn", "Writer.run")
    ]
    theirs = [(what, "DataQueue.read") for what in ("DiscordPublisher._send", "DiscordPublisher._edit")]
    for what, within in ours + theirs:
        assert {f"{what} waits in {within}", f"{what} goes on in {within}"} & set(ended)


@pytest.mark.long
@pytest.mark.parametrize("away", [SOON, LATE], ids=["soon", "late"])
async def test_killed_around_any_commit_every_question_stands_there_once(tmp_path: Path, away: Away) -> None:
    # There is nothing to reveal before a second date has come.
    first = FromOutside(Accepted.POST, 1)
    chains = await asyncio.gather(
        *(chain(tmp_path / step, [first, *(Kill(step, nth) for nth in (1, 2, 3))], away) for step in COMMITS)
    )
    assert all(len(each) > 1 for each in chains), "each step was reached"


@pytest.mark.long
@pytest.mark.parametrize("away", [SOON, LATE], ids=["soon", "late"])
async def test_killed_before_the_answer_arrives_every_question_stands_there_once(tmp_path: Path, away: Away) -> None:
    posts = [FromOutside(Accepted.POST, nth) for nth in (1, 2, 3) * 2]
    edits = [FromOutside(Accepted.POST, 3), *(FromOutside(Accepted.EDIT, nth) for nth in (1, 2, 3))]
    ended = await asyncio.gather(chain(tmp_path / "posts", posts, away), chain(tmp_path / "edits", edits, away))
    assert [len(each) for each in ended] == [len(posts), len(edits)]


@pytest.mark.long
@pytest.mark.parametrize("away", [SOON, LATE], ids=["soon", "late"])
async def test_killed_again_while_that_is_put_right(tmp_path: Path, away: Away) -> None:
    chains = await asyncio.gather(
        *(chain_of_second_kills(tmp_path / f"{first}", first, away) for first in range(1, SIDE_BY_SIDE + 1))
    )
    ended = [where for each in chains for where in each]
    assert len(ended) >= 12
    assert any(where.startswith("PublishLoop._send") for where in ended)
    if away == LATE:
        assert any(where.endswith(" in found") for where in ended), "while it was looked for"


async def test_a_few_kills_and_every_question_stands_there_once(tmp_path: Path) -> None:
    """The same with eight kills."""
    kills: list[list[Kill | FromOutside]] = [
        [FromOutside(Accepted.POST, 2), FromOutside(Accepted.EDIT, 1)],
        [Kill(Step.AFTER_CLAIM, 1), Kill(Step.BEFORE_RECORD, 1)],
    ]
    ended = await asyncio.gather(
        *(
            chain(tmp_path / f"{number}-{away[1].seconds}", each, away)
            for number, each in enumerate(kills)
            for away in (SOON, LATE)
        )
    )
    assert [len(each) for each in ended] == [2] * 4


async def test_a_press_is_faster_than_putting_right_and_the_question_stands_there_once(tmp_path: Path) -> None:
    async with servers(tmp_path / "pressed") as here:
        async with here.life() as life:
            assert await killed(here, life, FromOutside(Accepted.POST, 1))
        here.later(5 * SECOND)
        async with here.life() as life:
            there = next(channel for channel in here.channels if here.discord.messages(channel))
            await here.press(here.newest(there))
            assert await lived_on(here, life)
            here.check_standing()


@pytest.mark.long
@pytest.mark.parametrize("away", [SOON, LATE], ids=["soon", "late"])
async def test_the_control_posts_twice(tmp_path: Path, away: Away) -> None:
    """Were nothing posted twice here, the tests above would prove nothing."""
    async with servers(tmp_path / "control") as here:
        for nth, span in zip((1, 2, 3), cycle(away), strict=False):
            async with here.life(hasty=True) as life:
                before = here.posted_twice()
                assert await killed(here, life, FromOutside(Accepted.POST, nth))
            here.later(span)
            async with here.life(hasty=True) as life:
                assert await lived_on(here, life)
            assert here.posted_twice() > before
