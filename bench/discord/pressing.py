"""Commands and presses, beside a bot of bare discord.py that only acknowledges them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import cycle, islice
from pathlib import Path

from bench.discord.processes import BARE, BARE_SAYS, STUDYBOT, STUDYBOT_SAYS, Running, running
from bench.discord.servers import Server, built
from bench.figures import Chapter, Goal, Line, interleaved, middle, percentile, spread, took
from bench.load import Sample, all_at_once, not_collecting
from bench.world import Press, Size, World
from bot.catalog.catalog import LoadedCatalog
from tests.fakes.discord import FakeDiscord, Person, Seen

MANY = 50
WARMING_UP = 100
MEMBERS = 40
PATIENCE = 30.0
"""Seconds: on a busy machine an answer may take longer than Discord would wait, and is measured all the same."""
HOW = (
    "From the event on the gateway until the first answer arrives; Studybot on a database of {answers:,} answers, "
    "flushed to the disk. *Bare* is discord.py alone, which answers everything with one word. Each bot is a process of "
    "its own, and each has a Discord of its own on loopback, in the measuring process: that reads, checks and keeps "
    "what it is sent, so a longer answer costs more there too, and with many in flight the two processes share the "
    "cores. *CPU* is the bot's processor time for each. Medians with ranges; ratios are the median of the rounds'."
)


@dataclass(frozen=True, slots=True)
class Plan:
    """The number of acts in a run, one at a time and many at a time."""

    rounds: int = 5
    alone: int = 300
    many: int = 1000

    @property
    def world(self) -> Size:
        answers = 2 * WARMING_UP + self.rounds * (self.alone + self.many)
        return Size(max(20, -(-answers // MEMBERS)), MEMBERS, 20)


QUICK = Plan(rounds=2, alone=100, many=300)


@dataclass(frozen=True, slots=True)
class Kind:
    """Something people do, what of Studybot's answer shows that it was done, and the bare bot's like."""

    name: str
    act: Callable[[Server, Person, Press], Awaitable[Seen]]
    shows: str
    beside: str

    @property
    def once_each(self) -> bool:
        """Return whether a member can do it only once."""
        return self.shows == VERDICT


VERDICT = "You chose"
BARE_KINDS = {
    "command": Kind("A command", lambda server, who, _: who.slash(server.channel, "help"), "Noted.", ""),
    "press": Kind("A press", lambda server, who, _: who.press(server.post, "More"), "Noted.", ""),
}
KINDS = (
    Kind(
        "`/role`",
        lambda server, who, _: who.slash(server.channel, "role", name="ai engineer"),
        "AI Engineer",
        "command",
    ),
    Kind("`/quiz`", lambda server, who, _: who.slash(server.channel, "quiz"), "Practice", "command"),
    Kind("*More*", lambda server, who, _: who.press(server.post, "More"), "More", "press"),
    Kind("An answer", lambda server, who, press: who.press(server.post, "ABCD"[press.position]), VERDICT, "press"),
)


@dataclass(frozen=True, slots=True)
class Run:
    """One run, and the seconds of processor time the bot used for each act."""

    sample: Sample
    cpu: float

    @property
    def p50(self) -> float:
        return percentile(self.sample.waits, 0.5)


class Bot:
    """A bot at work in servers of its own, and members who have not acted yet."""

    def __init__(self, process: Running, servers: dict[str, Server], presses: Sequence[Press]) -> None:
        self.process = process
        self._servers = servers
        self._fresh = iter(presses)
        self._anyone = cycle(presses)

    async def run(self, kind: Kind, count: int, in_flight: int) -> Run:
        """Do a number of acts, each answered with what shows that it was done."""
        people = list(islice(self._fresh if kind.once_each else self._anyone, count))
        assert len(people) == count
        waits: list[float] = []
        seen: list[Seen] = []

        async def one(press: Press) -> None:
            server = self._servers[press.community]
            answered = await kind.act(server, server.person(press.user), press)
            waits.append(answered.took)
            seen.append(await answered.settled(timeout=PATIENCE))

        used = self.process.processor_time()
        with not_collecting():
            sample = await all_at_once(one, people, in_flight)
        used = self.process.processor_time() - used
        for each in seen:
            if each.did_not_respond or not each.ephemeral or kind.shows not in each.text:
                raise RuntimeError(f"{kind.name} was answered with {each.answer.value}: {each.text}")
        return Run(Sample(count, sample.seconds, waits), used / count)


def run(folder: Path, catalog: LoadedCatalog, plan: Plan) -> Chapter:
    world = World(folder, plan.world, catalog)
    # One more for each newcomer who has never answered, and they are one in fifty.
    presses = world.presses(2 * WARMING_UP + plan.rounds * (plan.alone + plan.many), seed=1)
    with asyncio.Runner() as loop:
        stack = AsyncExitStack()
        try:
            studybot, bare = loop.run(_at_work(stack, folder, world, catalog, presses))
            contenders = dict(_contenders(loop, studybot, bare, plan))
            found = interleaved(contenders, plan.rounds)
        finally:
            loop.run(stack.aclose())
    return Chapter("Commands and presses on Discord", HOW.format(answers=world.answers), tuple(_lines(found)))


async def _at_work(
    stack: AsyncExitStack, folder: Path, world: World, catalog: LoadedCatalog, presses: Sequence[Press]
) -> tuple[Bot, Bot]:
    bots = []
    for command, says in ((STUDYBOT, STUDYBOT_SAYS), (BARE, BARE_SAYS)):
        database = stack.enter_context(world.copy())
        discord = await stack.enter_async_context(FakeDiscord(check_spec=False, keep_requests=False, patience=PATIENCE))
        servers = built(discord, database, catalog, datetime.now(UTC))
        process = await stack.enter_async_context(running(folder, discord, *command, says=says, database=database))
        bots.append(Bot(process, servers, presses))
    studybot, bare = bots
    await studybot.process.at_rest()
    for kind in KINDS:
        await studybot.run(kind, WARMING_UP, MANY)
    for kind in BARE_KINDS.values():
        await bare.run(kind, WARMING_UP, MANY)
    return studybot, bare


def _contenders(
    loop: asyncio.Runner, studybot: Bot, bare: Bot, plan: Plan
) -> Iterator[tuple[tuple[str, int], Callable[[], Run]]]:
    def measured(bot: Bot, kind: Kind, count: int, in_flight: int) -> Run:
        return loop.run(bot.run(kind, count, in_flight))

    for count, in_flight in ((plan.alone, 1), (plan.many, MANY)):
        for name, kind in BARE_KINDS.items():
            yield (name, in_flight), partial(measured, bare, kind, count, in_flight)
        for kind in KINDS:
            yield (kind.name, in_flight), partial(measured, studybot, kind, count, in_flight)


def _lines(found: dict[tuple[str, int], list[Run]]) -> Iterator[Line]:
    for name, kind in BARE_KINDS.items():
        yield Line(f"{kind.name}, bare, 1 in flight", _alone(found[name, 1]))
        yield Line(f"... {MANY} in flight", _together(found[name, MANY]))
    for kind in KINDS:
        alone, together = found[kind.name, 1], found[kind.name, MANY]
        slower = [ours.p50 / bare.p50 for ours, bare in zip(alone, found[kind.beside, 1], strict=True)]
        rate = [
            ours.sample.rate / bare.sample.rate for ours, bare in zip(together, found[kind.beside, MANY], strict=True)
        ]
        yield Line(f"{kind.name}, 1 in flight", _alone(alone))
        yield Line(
            "... p50 beside bare", spread(slower, "{:.2f}".format), middle(slower), Goal("at most", 2.5, 10, " times")
        )
        yield Line(f"... {MANY} in flight", _together(together))
        yield Line("... of the rate of bare", spread(rate, "{:.2f}".format), middle(rate), Goal("at least", 0.5, 0.1))


def _alone(runs: Sequence[Run]) -> str:
    p99 = percentile([wait for run in runs for wait in run.sample.waits], 0.99)
    return f"p50 {spread([run.p50 for run in runs], took)}, p99 {took(p99)}, CPU {_cpu(runs)}"


def _together(runs: Sequence[Run]) -> str:
    rates = spread([run.sample.rate for run in runs], "{:,.0f}".format)
    return f"{rates} a second, p50 {took(middle([run.p50 for run in runs]))}, CPU {_cpu(runs)}"


def _cpu(runs: Sequence[Run]) -> str:
    return took(middle([run.cpu for run in runs]))
