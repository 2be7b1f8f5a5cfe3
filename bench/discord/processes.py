"""Bots in processes of their own, and what those cost."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.fakes.discord import FakeDiscord

ROOT = Path(__file__).parents[2]
STARTED_WITHIN = 60.0
STOPPED_WITHIN = 20.0
STUDYBOT = ("-m", "bot", "run")
STUDYBOT_SAYS = "connected as"
BARE = ("-m", "bench.discord.bare")
BARE_SAYS = "ready"


@dataclass(frozen=True, slots=True)
class Running:
    """A bot at work: its process, and the seconds from its start until it said what was waited for."""

    pid: int
    starting: float

    def processor_time(self) -> float:
        """Seconds of processor time so far, by all its threads; 0 where the system does not say."""
        try:
            fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            return 0.0
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> float:
        """Megabytes of memory held now (RSS); 0 where the system does not say."""
        try:
            lines = Path(f"/proc/{self.pid}/status").read_text(encoding="utf-8").splitlines()
        except OSError:
            return 0.0
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:"))

    async def at_rest(self) -> None:
        """Wait until it has done next to nothing for a while."""
        used, quiet = self.processor_time(), 0
        for _ in range(100):
            await asyncio.sleep(0.1)
            before, used = used, self.processor_time()
            quiet = quiet + 1 if used - before < 0.02 else 0
            if quiet == 5:
                return


@asynccontextmanager
async def running(
    folder: Path, discord: FakeDiscord, *command: str, says: str, database: Path | None = None
) -> AsyncIterator[Running]:
    """A Python program as a bot on that Discord, from the line in which it says so; ended at the end."""
    known = {
        name: value for name, value in os.environ.items() if not name.startswith(("STUDYBOT_", "PYTHON", "DISCORD_"))
    }
    known |= {
        "PYTHONPATH": str(ROOT),
        # Bytecode is kept, as it is for everyone from the second start on.
        "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),
        "DISCORD_TOKEN": discord.token,
        "DISCORD_API_URL": discord.api_url,
        "DISCORD_GATEWAY_URL": discord.gateway_url,
    }
    if database is not None:
        known["STUDYBOT_DATABASE_URL"] = f"sqlite:///{database}"
    log = folder / "bot.log"
    with log.open("wb") as errors:
        begun = time.perf_counter()
        process = await asyncio.create_subprocess_exec(
            sys.executable, *command, cwd=folder, env=known, stdout=asyncio.subprocess.PIPE, stderr=errors
        )
        assert process.stdout is not None
        reading: asyncio.Task[None] | None = None
        try:
            async with asyncio.timeout(STARTED_WITHIN):
                while says not in (line := (await process.stdout.readline()).decode()):
                    if not line:
                        raise RuntimeError(f"{' '.join(command)} did not come up:\n{log.read_text(encoding='utf-8')}")
            bot = Running(process.pid, time.perf_counter() - begun)
            reading = asyncio.create_task(_read_on(process.stdout))
            yield bot
        finally:
            if process.returncode is None:
                process.terminate()
            try:
                async with asyncio.timeout(STOPPED_WITHIN):
                    await process.wait()
            except TimeoutError:
                process.kill()
                await process.wait()
            if reading is not None:
                await reading


async def _read_on(stream: asyncio.StreamReader) -> None:
    """A pipe nobody reads fills up, and who writes into it stands still."""
    while await stream.readline():
        pass
