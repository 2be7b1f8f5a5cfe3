"""Half a Slack configuration beside a whole one of Discord: Discord runs, and Slack says what is missing."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path

import pytest

from tests.cli.running import at_work, studybot, until_connected
from tests.fakes.discord import FakeDiscord
from tests.fakes.patience import PATIENCE

ROOT = Path(__file__).parents[2]
HALVES: list[tuple[dict[str, str], str]] = [
    ({"SLACK_BOT_TOKEN": "xoxb-1-2"}, "Slack lacks SLACK_APP_TOKEN"),
    ({"SLACK_APP_TOKEN": "xapp-1-2"}, "Slack lacks SLACK_BOT_TOKEN"),
    ({"SLACK_SIGNING_SECRET": "s"}, "lacks SLACK_CLIENT_ID and SLACK_CLIENT_SECRET and STUDYBOT_SECRET_KEY"),
    (
        {"SLACK_BOT_TOKEN": "xapp-1-2", "SLACK_APP_TOKEN": "xoxb-1-2"},
        "SLACK_BOT_TOKEN must begin with xoxb-; this looks like Slack's app-level token, which belongs in SLACK_APP_",
    ),
    ({"SLACK_BOT_TOKEN": "xoxp-1-2", "SLACK_APP_TOKEN": "xapp-1-2"}, "SLACK_BOT_TOKEN must begin with xoxb-"),
]


@pytest.mark.parametrize(("half", "sentence"), HALVES, ids=lambda one: " ".join(one) if isinstance(one, dict) else "")
async def test_discord_runs_and_slack_says_what_is_missing(tmp_path: Path, half: dict[str, str], sentence: str) -> None:
    async with FakeDiscord() as discord:
        guild = discord.guild("Study group")
        general, boss = guild.text_channel("general"), guild.person("boss", manager=True)
        async with at_work(tmp_path, discord, **half) as process:
            async with asyncio.timeout(PATIENCE):
                said = await until_connected(process)
            assert sentence in said
            assert "Studybot runs on Discord;" in said
            assert "Practice" in (await boss.slash(general, "quiz")).text
            process.send_signal(signal.SIGTERM)
            rest, log = await process.communicate()
            assert process.returncode == 0
            assert "Traceback" not in said + (rest + log).decode()
            assert not [token for token in half.values() if len(token) > 1 and token in said + (rest + log).decode()]


@pytest.mark.parametrize(("half", "sentence"), HALVES, ids=lambda one: " ".join(one) if isinstance(one, dict) else "")
def test_without_discord_it_is_an_end_with_the_same_sentence(
    tmp_path: Path, half: dict[str, str], sentence: str
) -> None:
    ended = studybot(tmp_path, "run", STUDYBOT_DATABASE_URL=f"sqlite:///{tmp_path}/x.db", **half)
    assert ended.returncode != 0
    assert sentence in " ".join((ended.stdout + ended.stderr).split())
    assert "Traceback" not in ended.stderr
