"""The command line on Discord: invite, doctor, run."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from tests.cli.running import studybot
from tests.fakes.discord import Can, FakeDiscord


async def ran(
    folder: Path, *words: str, discord: FakeDiscord, token: str | None = None
) -> subprocess.CompletedProcess[str]:
    """A command in a process of its own, while the fake answers in this one."""
    env = {
        "DISCORD_TOKEN": token or discord.token,
        "DISCORD_API_URL": discord.api_url,
        "STUDYBOT_DATABASE_URL": f"sqlite:///{folder}/studybot.db",
    }
    return await asyncio.to_thread(lambda: studybot(folder, *words, **env))


async def test_the_invitation_asks_for_what_is_needed_and_nothing_more(tmp_path: Path) -> None:
    async with FakeDiscord() as discord:
        printed = await ran(tmp_path, "invite", discord=discord)
        query = parse_qs(urlsplit(printed.stdout.strip()).query)
        assert query["scope"] == ["bot applications.commands"]
        asked = Can(int(query["permissions"][0]))
        assert Can.SEND_MESSAGES in asked
        assert Can.ADMINISTRATOR not in asked
        assert Can.MANAGE_GUILD not in asked
        wrong = await ran(tmp_path, "invite", discord=discord, token="nonsense")
        assert wrong.returncode == 2
        assert "is no bot token" in wrong.stderr


async def test_the_doctor_says_what_discord_says(tmp_path: Path) -> None:
    async with FakeDiscord() as discord:
        before = await ran(tmp_path, "doctor", discord=discord)
        assert before.returncode == 1
        assert "not registered yet; they are at the first `studybot run`" in before.stdout
        assert "`studybot invite` prints the address" in before.stdout
        wrong = await ran(tmp_path, "doctor", discord=discord, token="MQ.wrong.token")
        assert "WRONG  DISCORD_TOKEN: Discord does not accept it." in wrong.stdout
    gone = await ran(tmp_path, "doctor", discord=discord)
    assert "Discord cannot be reached from here." in gone.stdout


async def test_a_bot_is_run_configured_examined_and_stopped_cleanly(tmp_path: Path) -> None:
    async with FakeDiscord() as discord:
        guild = discord.guild("Study group")
        general = guild.text_channel("general")
        boss = guild.person("boss", manager=True)
        env = {
            **os.environ,
            "DISCORD_TOKEN": discord.token,
            "DISCORD_API_URL": discord.api_url,
            "STUDYBOT_DATABASE_URL": f"sqlite:///{tmp_path}/studybot.db",
        }
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run",
            cwd=Path(__file__).parents[2], env=env, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        assert process.stdout
        assert process.stderr
        first = (await process.stdout.readline()).decode()
        assert first.startswith("Studybot runs on Discord; questions are kept in ")
        assert (await process.stdout.readline()).decode() == "Discord: connected as Studybot, in 1 server.\n"
        saved = await boss.slash(general, "config", time="09:00", zone="Europe/Berlin")
        assert "Saved" in saved.text
        examined = await ran(tmp_path, "doctor", discord=discord)
        assert "ok     Discord commands: " in examined.stdout
        assert (
            "ok     Study group, #general: may post, 09:00 Europe/Berlin, Mon to Fri; nothing posted yet"
            in examined.stdout
        )
        general.overwrite(guild.me, deny=Can.SEND_MESSAGES)
        examined = await ran(tmp_path, "doctor", discord=discord)
        assert "WRONG  Study group, #general: Studybot lacks Send Messages there." in examined.stdout
        process.send_signal(signal.SIGTERM)
        out, err = await process.communicate()
        assert process.returncode == 0
        assert out.decode().endswith("Stopped. Everything is kept.\n")
        assert discord.token not in (out + err).decode()
        assert "Traceback" not in err.decode()


async def test_a_wrong_token_ends_the_run_with_a_sentence(tmp_path: Path) -> None:
    async with FakeDiscord() as discord:
        ended = await ran(tmp_path, "run", discord=discord, token="MQ.wrong.token")
        assert ended.returncode == 3
        assert "Discord has stopped. Discord does not accept DISCORD_TOKEN." in ended.stdout
        assert "No platform is left to run on" in ended.stdout
