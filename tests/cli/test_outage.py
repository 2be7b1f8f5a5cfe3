"""A quota is used up while ``studybot run`` runs, and then is not: nothing ends, and the log has two lines."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import ROOT, at_work, studybot, until_connected
from tests.fakes.discord import FakeDiscord
from tests.fakes.patience import PATIENCE

resource = pytest.importorskip("resource", reason="quotas are set by the operating system, and not by Windows")
UNLIMITED = -1


async def test_a_used_up_quota_is_said_once_and_everything_goes_on_after_it(tmp_path: Path) -> None:
    database = tmp_path / "studybot.db"
    async with FakeDiscord() as discord:
        guild = discord.guild("Study group")
        general = guild.text_channel("general")
        boss = guild.person("boss", manager=True)
        async with at_work(tmp_path, discord, STUDYBOT_DATABASE_URL=f"sqlite:///{database}") as process:
            await until_connected(process)
            assert "Saved" in (await boss.slash(general, "config", time="09:00", zone="Europe/Berlin")).text
            # The file that grows with every write may grow no more.
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (1, UNLIMITED))
            references = set()
            for hour in range(10, 15):
                told = await boss.slash(general, "config", time=f"{hour}:00", zone="Europe/Berlin")
                assert "Sorry, that did not work" in told.text
                assert not re.search("database|disk|room|studybot.db", told.text)
                references.update(re.findall(r"Reference (\w{6})", told.text))
            assert len(references) == 1
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (UNLIMITED, UNLIMITED))
            assert "Saved" in (await boss.slash(general, "config", time="15:00", zone="Europe/Berlin")).text
            process.send_signal(signal.SIGTERM)
            _, log = await process.communicate()
            assert process.returncode == 0
            lines = [line for line in log.decode().splitlines() if "bot.storage.outage" in line]
            assert len(lines) == 2, log.decode()
            assert f"There is no room left to write to the database {database}" in lines[0]
            assert references.pop() in lines[0]
            assert "works again" in lines[1]
            assert "Traceback" not in log.decode()


def test_at_the_terminal_it_is_told_as_what_it_is_and_the_chat_ends_with_1(tmp_path: Path) -> None:
    studybot(tmp_path, "chat", "--plain", typed="quit\n")
    full = subprocess.run(
        ["sh", "-c", f'ulimit -f 440; exec "{sys.executable}" -m bot chat --plain'],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        input="tomorrow\nA\n" * 6 + "quit\n",
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert full.returncode == 1
    assert full.stderr.startswith("There is no room left to write to the database studybot-chat.db")
    assert "Traceback" not in full.stdout + full.stderr
    assert "our fault" not in full.stdout
