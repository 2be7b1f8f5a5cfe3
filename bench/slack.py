"""A slash command on Slack and its reply, beside a bare Bolt app on the same line to the same loopback Slack."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from bench.figures import Chapter, Goal, Line, middle, percentile, spread, took
from bench.load import all_at_once
from tests.fakes.slack import Acked, FakeSlack
from tests.fakes.slack.payloads import slash_command
from tests.fakes.slack.wire import JsonObject

ROOT = Path(__file__).parents[1]
AT_ONCE = 50
ASKED = "role ai engineer"
HOW = (
    f"A slash command until its reply is in Slack's hands, which stands on this machine: `/study {ASKED}`, answered "
    "in full, beside an app of Bolt's that acknowledges with one word and does nothing else. Each in a process of its "
    f"own, taking turns; one at a time, then {AT_ONCE} at once. The loopback Slack shares the machine with them."
)
LINES = {"socket": "Socket Mode", "http": "HTTP"}


@dataclass(frozen=True, slots=True)
class Plan:
    rounds: int = 5
    alone: int = 200
    together: int = 3000


QUICK = Plan(rounds=1, alone=60, together=600)


@dataclass(frozen=True, slots=True)
class Run:
    """The results of one process."""

    p50: float
    p99: float
    rate: float
    p50_together: float


def run(folder: Path, plan: Plan) -> Chapter:
    lines: list[Line] = []
    for line, name in LINES.items():
        found = asyncio.run(_contest(folder, line, plan))
        lines += _told(name, found["bare"], found["product"])
    return Chapter("Slack", HOW, tuple(lines))


def _told(name: str, bare: Sequence[Run], product: Sequence[Run]) -> list[Line]:
    slower = middle([one.p50 for one in product]) / middle([one.p50 for one in bare])
    share = middle([one.rate for one in product]) / middle([one.rate for one in bare])
    return [
        *(
            Line(
                f"{name}: {who}",
                f"p50 {spread([one.p50 for one in runs], took)}, p99 {took(middle([one.p99 for one in runs]))}; "
                f"{AT_ONCE} at once {spread([one.rate for one in runs], lambda rate: f'{rate:,.0f}')} a second, "
                f"p50 {took(middle([one.p50_together for one in runs]))}",
            )
            for who, runs in (("Bolt, bare", bare), ("Studybot", product))
        ),
        Line("... p50 of one at a time beside Bolt", f"{slower:.2f}", slower, Goal("at most", 1.3, 4, " times")),
        Line(f"... rate of {AT_ONCE} at once beside Bolt", f"{share:.2f}", share, Goal("at least", 0.5, 0.1)),
    ]


async def _contest(folder: Path, line: str, plan: Plan) -> dict[str, list[Run]]:
    found: dict[str, list[Run]] = {"bare": [], "product": []}
    for turn in range(plan.rounds):
        for who in ("bare", "product") if turn % 2 else ("product", "bare"):
            async with FakeSlack() as slack, _serving(folder, slack, line, who):
                found[who].append(await _measured(slack, plan, who))
                slack.forgive()
    return found


async def _measured(slack: FakeSlack, plan: Plan, who: str) -> Run:
    workspace = slack.home_workspace
    channel = workspace.channel("general")
    people = [workspace.user(f"learner{i}") for i in range(300)]
    waits: list[float] = []

    def payload(i: int) -> JsonObject:
        url = f"{slack.url}/response/{workspace.id}/{i}"
        # Everyone asks seldom enough for the limit each of them has.
        return slash_command(
            slack.app_id,
            workspace.team,
            channel,
            people[i % len(people)].user,
            "/study",
            ASKED,
            trigger_id=f"{who}.{i}",
            response_url=url,
        )

    async def one(i: int) -> None:
        answer = await slack.lines.deliver("slash_commands", payload(i))
        assert isinstance(answer, Acked), answer
        assert answer.payload, "no reply"
        assert who == "bare" or "AI Engineer" in str(answer.payload), answer.payload
        waits.append(answer.ms / 1000)

    await all_at_once(one, range(100), 5)  # warm
    waits.clear()
    await all_at_once(one, range(100, 100 + plan.alone), 1)
    alone = list(waits)
    waits.clear()
    begun = 100 + plan.alone
    together = await all_at_once(one, range(begun, begun + plan.together), AT_ONCE)
    return Run(middle(alone), percentile(alone, 0.99), together.rate, middle(waits))


@asynccontextmanager
async def _serving(folder: Path, slack: FakeSlack, line: str, who: str) -> AsyncIterator[None]:
    """One of the two at work."""
    port = _free_port()
    known = {
        name: value for name, value in os.environ.items() if not name.startswith(("STUDYBOT_", "SLACK_", "DISCORD_"))
    }
    secret, app_token = slack.signing_secret, slack.app_token
    given = [line, slack.api_url, slack.bot_token, secret, app_token, str(port)]
    command = ["-m", "bench.slack_bare", *given] if who == "bare" else ["-m", "bot", "run"]
    settings = {
        "SLACK_API_URL": slack.api_url,
        "SLACK_BOT_TOKEN": slack.bot_token,
        "STUDYBOT_DATABASE_URL": f"sqlite:///{folder}/slack.db",
        **({"SLACK_APP_TOKEN": app_token} if line == "socket" else {}),
        **({"SLACK_SIGNING_SECRET": secret, "STUDYBOT_HTTP_BIND": f"127.0.0.1:{port}"} if line == "http" else {}),
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *command,
        cwd=ROOT,
        env={**known, **settings},
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        if line == "socket":
            await slack.sockets.connected()
        else:
            await _listening(port)
            await slack.deliver_to(f"http://127.0.0.1:{port}/slack/events")
        yield
    finally:
        process.terminate()
        await process.wait()


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


async def _listening(port: int) -> None:
    async with asyncio.timeout(30):
        while True:
            with suppress(OSError):
                _, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.close()
                return
            await asyncio.sleep(0.05)
