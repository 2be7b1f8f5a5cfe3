"""Starting, and the memory a bot holds, beside bare discord.py on the same Discord."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench.discord.processes import BARE, BARE_SAYS, STUDYBOT, STUDYBOT_SAYS, running
from bench.figures import Chapter, Goal, Line, interleaved, middle, spread, took
from bot.adapters.discord.client import LAST_SERVER_WITHIN
from tests.fakes.discord import FakeDiscord

HOW = (
    "Fresh processes on the same Discord on loopback, Studybot on a database it has used before, its commands "
    f"registered. *Bare* is discord.py alone. Before it is ready, the library waits for one more server: 2 s, where "
    f"Studybot has it wait {LAST_SERVER_WITHIN:g} s; *as patient* is a bare bot with the same setting. *Its libraries* "
    "is that bot importing every module of other people that Studybot has imported by then, and nothing else. Servers "
    "have 30 channels and 20 roles; memory (RSS) is read when nothing happens any more."
)
# Runs the bot, and at its end notes which modules of other people it has imported.
_NOTING = """
import sys
from bot.__main__ import main
try:
    main()
finally:
    files = {name: getattr(module, "__file__", None) or "" for name, module in sys.modules.items()}
    with open("modules", "w") as noted:
        noted.write(" ".join(name for name, file in files.items() if "site-packages" in file))
"""


@dataclass(frozen=True, slots=True)
class Plan:
    """The number of rounds that count, of those before them that do not, and of servers."""

    rounds: int = 7
    warm: int = 1
    servers: int = 1000


QUICK = Plan(rounds=1, warm=0, servers=200)


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds until it was ready, and megabytes held once it was at rest."""

    seconds: float
    megabytes: float


def run(folder: Path, plan: Plan) -> Chapter:
    empty, full = (FakeDiscord(check_spec=False, keep_requests=False) for _ in range(2))
    full.many_guilds(plan.servers)
    with asyncio.Runner() as loop:
        stack = AsyncExitStack()
        try:
            for discord in (empty, full):
                loop.run(stack.enter_async_context(discord))
            contenders = _contenders(loop, folder, empty, full)
            interleaved(contenders, plan.warm)
            found = interleaved(contenders, plan.rounds)
        finally:
            loop.run(stack.aclose())
    return Chapter("A start on Discord, and memory", HOW, tuple(_lines(found, plan)))


def _contenders(
    loop: asyncio.Runner, folder: Path, empty: FakeDiscord, full: FakeDiscord
) -> dict[str, Callable[[], Start]]:
    databases = {id(empty): folder / "empty.db", id(full): folder / "full.db"}

    def started(discord: FakeDiscord, *command: str, says: str = BARE_SAYS) -> Start:
        return loop.run(_started(folder, discord, databases[id(discord)], *command, says=says))

    studybot = partial(started, says=STUDYBOT_SAYS)
    studybot(empty, *STUDYBOT)  # makes the database and registers the commands, for which it needs more libraries
    studybot(empty, "-c", _NOTING, "run")
    libraries = (folder / "modules").read_text(encoding="utf-8").split()
    patience = f"{LAST_SERVER_WITHIN:g}"
    return {
        "studybot": partial(studybot, empty, *STUDYBOT),
        "studybot full": partial(studybot, full, *STUDYBOT),
        "bare": partial(started, empty, *BARE),
        "bare full": partial(started, full, *BARE),
        "patient": partial(started, empty, *BARE, patience),
        "libraries": partial(started, empty, *BARE, patience, *libraries),
    }


async def _started(folder: Path, discord: FakeDiscord, database: Path, *command: str, says: str) -> Start:
    async with running(folder, discord, *command, says=says, database=database) as bot:
        await bot.at_rest()
        return Start(bot.starting, bot.memory())


def _lines(found: dict[str, list[Start]], plan: Plan) -> Iterator[Line]:
    seconds = {name: [start.seconds for start in starts] for name, starts in found.items()}
    held = {name: [start.megabytes for start in starts] for name, starts in found.items()}
    for name in ("studybot", "bare"):
        both = zip(held[f"{name} full"], held[name], strict=True)
        held[f"{name} each"] = [(many - none) / plan.servers * 1000 for many, none in both]
    yield Line("From its start until ready: bare", spread(seconds["bare"], took))
    yield Line("... as patient", spread(seconds["patient"], took))
    yield Line("... as patient, with its libraries", spread(seconds["libraries"], took))
    yield Line("Studybot, from its start until connected", spread(seconds["studybot"], took))
    yield _beside("... beside bare", seconds["studybot"], seconds["bare"], 1.5, 6)
    yield _beside("... beside one as patient", seconds["studybot"], seconds["patient"])
    yield _beside("... beside its libraries", seconds["studybot"], seconds["libraries"])
    yield Line("Memory without a server: bare", spread(held["bare"], _megabytes))
    yield Line("... with its libraries", spread(held["libraries"], _megabytes))
    yield Line("Studybot", spread(held["studybot"], _megabytes))
    yield _beside("... beside bare", held["studybot"], held["bare"], 1.3, 6)
    yield _beside("... beside its libraries", held["studybot"], held["libraries"])
    yield Line(f"For 1,000 servers more (from {plan.servers:,}): bare", spread(held["bare each"], _megabytes))
    yield Line("Studybot", spread(held["studybot each"], _megabytes))
    yield _beside("... beside bare", held["studybot each"], held["bare each"], 1.25, 4)


def _beside(what: str, ours: list[float], theirs: list[float], most: float | None = None, generous: float = 0) -> Line:
    ratios = [one / other for one, other in zip(ours, theirs, strict=True)]
    goal = Goal("at most", most, generous, " times") if most else None
    return Line(what, spread(ratios, "{:.2f}".format), middle(ratios), goal)


def _megabytes(value: float) -> str:
    return f"{value:.1f} MB"
