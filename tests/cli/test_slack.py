"""The command line on Slack: manifest, doctor, run."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.adapters.slack.reading import text
from tests.cli.running import studybot
from tests.fakes.slack import FakeSlack


def settings(folder: Path, slack: FakeSlack, *, over_http: bool = False) -> dict[str, str]:
    env = {"SLACK_API_URL": slack.api_url, "STUDYBOT_DATABASE_URL": f"sqlite:///{folder}/studybot.db"}
    if not over_http:
        return env | {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_APP_TOKEN": slack.app_token}
    return env | {
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLACK_CLIENT_ID": slack.client_id,
        "SLACK_CLIENT_SECRET": slack.client_secret,
        "STUDYBOT_SECRET_KEY": studybot(folder, "secret-key").stdout.strip(),
        "STUDYBOT_HTTP_BIND": "127.0.0.1:0",
    }


async def ran(folder: Path, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
    """A command in a process of its own, while the fake answers in this one."""
    return await asyncio.to_thread(lambda: studybot(folder, *words, **env))


async def started(**env: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run",
        cwd=Path(__file__).parents[2], env={**os.environ, **env},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip


async def stopped(process: asyncio.subprocess.Process) -> str:
    """Stop it cleanly; return what it said until then."""
    process.send_signal(signal.SIGTERM)
    out, err = await process.communicate()
    assert process.returncode == 0
    assert out.decode().endswith("Stopped. Everything is kept.\n")
    assert "Traceback" not in err.decode()
    return (out + err).decode()


async def test_the_doctor_says_what_slack_says(tmp_path: Path) -> None:
    async with FakeSlack() as slack:
        slack.workspace()
        env = settings(tmp_path, slack)
        good = await ran(tmp_path, "doctor", **env)
        assert "ok     SLACK_BOT_TOKEN: accepted, in learners" in good.stdout
        assert "ok     SLACK_APP_TOKEN: accepted" in good.stdout
        slack.home_workspace.team.scopes.discard("channels:read")
        lacking = await ran(tmp_path, "doctor", **env)
        assert "WRONG  Slack scopes: channels:read lacking." in lacking.stdout
        wrong = await ran(tmp_path, "doctor", **(env | {"SLACK_BOT_TOKEN": "xoxb-wrong"}))
        assert "WRONG  SLACK_BOT_TOKEN: Slack does not accept SLACK_BOT_TOKEN." in wrong.stdout
        wrong = await ran(tmp_path, "doctor", **(env | {"SLACK_APP_TOKEN": "xapp-wrong"}))
        assert "WRONG  SLACK_APP_TOKEN: Slack does not accept SLACK_APP_TOKEN." in wrong.stdout
        half = await ran(tmp_path, "doctor", **(env | {"SLACK_APP_TOKEN": ""}))
        assert "WRONG  Slack: Slack lacks SLACK_APP_TOKEN" in half.stdout
    gone = await ran(tmp_path, "doctor", **env)
    assert "Slack cannot be reached from here." in gone.stdout


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("SLACK_BOT_TOKEN", "xapp-1", "must begin with xoxb-"),
        ("SLACK_APP_TOKEN", "xoxb-1", "must begin with xapp-"),
        ("SLACK_API_URL", "slack.com", "must begin with http:// or https://, such as https://slack.com/api/"),
        ("STUDYBOT_HTTP_BIND", "3000", "must be a host and a port"),
        ("STUDYBOT_SECRET_KEY", "short", "`studybot secret-key` makes one"),
    ],
)
def test_a_setting_of_the_wrong_kind_is_named(tmp_path: Path, name: str, value: str, told: str) -> None:
    ended = studybot(tmp_path, "run", **{name: value})
    assert ended.returncode == 2
    assert name in ended.stderr
    assert told in ended.stderr


async def test_a_bot_is_run_configured_examined_and_stopped_cleanly(tmp_path: Path) -> None:
    async with FakeSlack() as slack:
        workspace = slack.workspace()
        general, boss = workspace.channel("general"), workspace.user("boss", admin=True)
        env = settings(tmp_path, slack)
        process = await started(**env)
        assert process.stdout
        assert (await process.stdout.readline()).decode().startswith("Studybot runs on Slack; questions are kept in ")
        assert (await process.stdout.readline()).decode() == "Slack: connected to learners.\n"
        saved = await boss.slash(general, "/study", "config time:09:00 zone:Europe/Berlin")
        assert "Saved" in text((await saved.message()).blocks)
        examined = await ran(tmp_path, "doctor", **env)
        assert "ok     #general: may post, 09:00 Europe/Berlin, Mon to Fri; nothing posted yet" in examined.stdout
        general.archived = True
        examined = await ran(tmp_path, "doctor", **env)
        assert "WRONG  #general: the channel is archived." in examined.stdout
        said = await stopped(process)
        assert slack.bot_token not in said
        assert slack.app_token not in said


async def test_it_is_installed_and_used_over_http(tmp_path: Path) -> None:
    async with FakeSlack() as slack:
        workspace = slack.workspace(installed=False)
        env = settings(tmp_path, slack, over_http=True)
        before = await ran(tmp_path, "doctor", **env)
        for name in ("SLACK_SIGNING_SECRET", "SLACK_CLIENT_ID", "STUDYBOT_SECRET_KEY", "STUDYBOT_HTTP_BIND"):
            assert f"ok     {name}: " in before.stdout
        assert "WRONG  Slack workspaces: in none. Open /slack/install" in before.stdout
        process = await started(**env)
        assert process.stdout
        await process.stdout.readline()
        listening = (await process.stdout.readline()).decode()
        assert listening.startswith("Slack: listening on 127.0.0.1:")
        url = f"http://{listening.removeprefix('Slack: listening on ').strip().rstrip('.')}"
        await slack.deliver_to(f"{url}/slack/events")
        boss = workspace.user("boss")
        page = await slack.browser(boss, url).install()
        assert "Studybot is installed in learners" in page.text
        seen = await boss.slash(workspace.channel("general"), "/study", "config 09:00")
        assert "Saved" in text((await seen.message()).blocks)
        after = await ran(tmp_path, "doctor", **env)
        assert "ok     Slack workspaces: in 1" in after.stdout
        assert "ok     #general: may post" in after.stdout
        assert workspace.team.token not in await stopped(process)


def test_a_manifest_is_printed(tmp_path: Path) -> None:
    printed = studybot(tmp_path, "manifest", "slack", "--http", "https://study.example", "--all-commands")
    made = json.loads(printed.stdout)
    assert made["settings"]["event_subscriptions"]["request_url"] == "https://study.example/slack/events"


@pytest.mark.parametrize("over_http", [False, True])
async def test_a_streak_outlives_a_killed_process_and_a_torn_line(tmp_path: Path, over_http: bool) -> None:
    async with FakeSlack() as slack:
        workspace = slack.workspace(installed=not over_http)
        general, boss, ana = workspace.channel("general"), workspace.user("boss", admin=True), workspace.user("ana")
        env = settings(tmp_path, slack, over_http=over_http)
        process = await reached(slack, over_http=over_http, **env)
        if over_http:
            line = slack.lines.http
            assert line is not None
            await slack.browser(boss, line.url.removesuffix("/slack/events")).install()
        saved = await boss.slash(general, "/study", "config 00:00")
        await boss.press(await saved.message(), "Post the first one now")
        post = await slack.posted(general, 2)
        assert "1 in a row" in text((await (await ana.press(post, "A")).message()).blocks)
        process.kill()
        await process.wait()
        process = await reached(slack, over_http=over_http, **env)
        assert "That stands" in text((await (await ana.press(post, "B")).message()).blocks)
        if not over_http:
            opened = slack.sockets.opened
            slack.sockets.abort()
            await slack.sockets.reconnected(opened)
        standing = await ana.slash(general, "/study", "progress")
        assert "1 in a row" in text((await standing.message()).blocks)
        assert len(slack.messages(general)) == 2
        await stopped(process)


async def reached(slack: FakeSlack, *, over_http: bool, **env: str) -> asyncio.subprocess.Process:
    """A bot that Slack reaches."""
    process = await started(**env)
    assert process.stdout
    await process.stdout.readline()
    said = (await process.stdout.readline()).decode()
    if over_http:
        address = said.removeprefix("Slack: listening on ").strip().rstrip(".")
        await slack.deliver_to(f"http://{address}/slack/events")
    else:
        await slack.sockets.connected()
    return process
