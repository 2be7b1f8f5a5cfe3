"""Every track due at once on a Discord that keeps its limit: how long its posts and reveals take."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench.discord.processes import running
from bench.discord.servers import Server, all_due, built
from bench.figures import Chapter, Goal, Line, took
from bench.world import Size, World
from bot.catalog.catalog import LoadedCatalog
from tests.fakes.discord import OVERALL, Delay, FakeDiscord, Request

TICKING = ("-m", "bench.discord.ticking")
TICKING_SAYS = "ticking"
ANSWER_AFTER = 0.1
HOW = (
    f"The bot as it runs, in a process of its own, told to tick once it is connected; each track has an open round, "
    f"which closes. A Discord on loopback answers each request after {ANSWER_AFTER:g} s and takes "
    f"{OVERALL.requests} in any second; the next is a 429. From the first request's arrival to the last's answer, "
    "once. The floor is the requests at the limit's rate; Studybot keeps to 48 a second."
)


@dataclass(frozen=True, slots=True)
class Plan:
    tracks: int = 2000


QUICK = Plan(tracks=150)


def run(folder: Path, catalog: LoadedCatalog, plan: Plan) -> Chapter:
    world = World(folder, Size(plan.tracks, 2, 5), catalog)
    with world.copy() as database:
        requests, cpu = asyncio.run(_all_posted(folder, database, catalog, plan))
    title = f"{plan.tracks:,} posts with their reveals on Discord"
    return Chapter(title, HOW, tuple(_lines(requests, cpu)))


async def _all_posted(
    folder: Path, database: Path, catalog: LoadedCatalog, plan: Plan
) -> tuple[Sequence[Request], float]:
    async with FakeDiscord(check_spec=False, global_limit=OVERALL) as discord:
        discord.on("*", "/channels/**", Delay(ANSWER_AFTER, answer=True))
        now = datetime.now(UTC)
        servers = built(discord, database, catalog, now)
        all_due(database, now)
        async with running(folder, discord, *TICKING, says=TICKING_SAYS, database=database) as bot:
            used = bot.processor_time()
            await discord.until(
                lambda: all(map(_through, servers.values())),
                timeout=30 + 2 * 2 * plan.tracks / OVERALL.requests,
                what=f"Not everything was posted; see {folder / 'bot.log'}",
            )
            await bot.at_rest()
            used = bot.processor_time() - used
        requests = [request for request in discord.requests if request.path.startswith("/channels/")]
    assert all(len(server.channel.messages) == 2 and len(server.post.history) == 1 for server in servers.values())
    return requests, used


def _through(server: Server) -> bool:
    return len(server.channel.messages) == 2 and server.post.edited is not None


def _lines(requests: Sequence[Request], cpu: float) -> Iterator[Line]:
    answered = Counter(request.status for request in requests)
    least = len(requests) / OVERALL.requests
    posts, reveals = (
        [request.time for request in requests if request.method == method] for method in ("POST", "PATCH")
    )
    whole = max(posts + reveals) - min(posts + reveals) + ANSWER_AFTER
    yield Line("Posts", _rate(posts))
    yield Line("Reveals", _rate(reveals))
    yield Line(
        f"All {len(requests):,} requests, beside {took(least)}",
        f"{took(whole)}, {whole / least:.3f} times",
        whole / least,
        Goal("at most", 1.1, 2, " times"),
    )
    yield Line("... answered with 429", f"{answered[429]}", answered[429], Goal("at most", 0, 15))
    yield Line("... CPU of the bot for each", took(cpu / len(requests)))


def _rate(times: Sequence[float]) -> str:
    seconds = max(times) - min(times)
    return f"{len(times):,} in {took(seconds)}, {len(times) / seconds:.1f} a second"
