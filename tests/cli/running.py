"""Running ``studybot`` as a person would, in a folder of its own."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from tests.fakes.discord import FakeDiscord
from tests.fakes.patience import PATIENCE

ROOT = Path(__file__).parents[2]
SMALL = str(ROOT / "content" / "sql")
"""Our small bank: most commands do not care what is asked, and begin sooner with it."""
OURS = str(ROOT / "content" / "genai-careers")


def studybot(
    folder: Path, *words: str, typed: str = "", python: str = sys.executable, **environ: str
) -> subprocess.CompletedProcess[str]:
    """Run a command with nothing set but what is given; from this checkout, on the small bank."""
    env = {
        "PATH": os.environ.get("PATH", ""),
        "HOME": str(folder),
        "TMPDIR": str(folder),  # where the locks of tokens lie
        "TZ": "UTC",
        "PYTHONPATH": str(ROOT) if python == sys.executable else "",
        "PYTHONUTF8": "1",
        **({"STUDYBOT_CONTENT_DIR": SMALL} if python == sys.executable else {}),
        **environ,
    }
    return subprocess.run(
        [python, "-m", "bot", *words],
        cwd=folder,
        env=env,
        input=typed,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


@asynccontextmanager
async def at_work(folder: Path, discord: FakeDiscord, **environ: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """``studybot run`` on Discord, with no Slack but what is given; stopped at the end."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run",
        cwd=folder,
        env={
            **{name: value for name, value in os.environ.items() if not name.startswith("SLACK_")},
            "PYTHONPATH": str(ROOT),
            "DISCORD_TOKEN": discord.token,
            "DISCORD_API_URL": discord.api_url,
            "STUDYBOT_DATABASE_URL": "sqlite:///studybot.db",
            "STUDYBOT_CONTENT_DIR": SMALL,
            **environ,
        },
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            process.send_signal(signal.SIGTERM)
        await process.communicate()


async def until_connected(process: asyncio.subprocess.Process) -> str:
    """Read its output until then."""
    assert process.stdout
    said = ""
    while "Discord: connected" not in said:
        line = await process.stdout.readline()
        assert line, said
        said += line.decode()
    return said
