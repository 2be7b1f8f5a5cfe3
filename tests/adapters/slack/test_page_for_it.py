"""docs/slack-for-it.md is true: what the app asks for, where it connects to, what it stores and what it never does."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.slack.manifest import manifest
from bot.adapters.slack.web import HOSTS, SLACK
from bot.app.features import all_commands
from bot.domain.community import Away
from bot.domain.identifiers import MemberId
from bot.ports.storage import UnitOfWork
from bot.storage.columns import UtcTime
from bot.storage.tables import metadata
from tests.adapters.slack.test_home import home
from tests.contract.slack_stage import SlackStage
from tests.contract.test_contract import letter

PAGE = (Path(__file__).parents[3] / "docs" / "slack-for-it.md").read_text(encoding="utf-8")
MADE = manifest(all_commands())


def test_the_scopes_are_the_manifests() -> None:
    assert re.findall(r"^\| `([a-z:.]+)` \|", PAGE, re.M) == MADE["oauth_config"]["scopes"]["bot"]


def test_the_events_are_the_manifests() -> None:
    told = PAGE.partition("Events heard:")[2].partition("No event carries")[0]
    assert sorted(re.findall(r"`(\w+)`", told)) == sorted(MADE["settings"]["event_subscriptions"]["bot_events"])


def test_the_hosts_are_those_of_the_code() -> None:
    assert sorted(set(re.findall(r"`((?:[a-z-]+\.)?slack\.com)`", PAGE))) == sorted(HOSTS)
    assert SLACK == "https://slack.com/api/"


def test_the_commands_are_the_manifests() -> None:
    (row,) = re.findall(r"^\| `commands` \| (.*?) \|", PAGE, re.M)
    features = MADE["features"]
    assert re.findall(r"`(/\w+)`", row) == [one["command"] for one in features["slash_commands"]]
    assert len(features["shortcuts"]) == 2
    assert "two shortcuts" in row


STORED = " ".join(PAGE.partition("## What is stored")[2].partition("Never stored:")[0].split())
TOLD = {
    "answers": "which option a person chose, where it stood, and whether it was right",
    "attempts": "practice",
    "aways": "pauses from when to when",
    "communities": "ids of the workspace",
    "days_off": "its days off",
    "delegates": "who may manage because somebody named them",
    "heartbeats": "when Studybot itself ran",
    "install_states": "the random word of an installation that was begun",
    "installations": "the workspace's bot token, encrypted, who installed the app and when",
    "marks": "scrambled mark",
    "members": "the role somebody chose, and whether they hide from boards",
    "notices": "news for a manager",
    "outages": "when Studybot itself ran and did not",
    "own_banks": "questions that people of the workspace wrote",
    "own_questions": "questions that people of the workspace wrote",
    "points": "weekly points",
    "question_versions": "what was asked on which date",
    "reports": "questions somebody reported, with one of four reasons",
    "memories": "how well they are likely remembered",
    "review": "questions to review",
    "review_log": "the days on which somebody met a question they had missed",
    "roadmap_steps": "marks on the roadmap",
    "rounds": "what was asked on which date, and how many chose each option",
    "standings": "streaks",
    "tracks": "of each daily question, its days off",
}
"""What the page says of each table."""
NO_ONES = {"chat_state"}
"""Tables that hold nothing of people or workspaces: what the terminal and the start remember of themselves."""
MOMENTS = {
    "aways.since",
    "aways.until",
    "communities.board_right_since",
    "communities.left_at",
    "heartbeats.at",
    "install_states.until",
    "installations.installed_at",
    "notices.noted_at",
    "outages.since",
    "outages.until",
    "rounds.closed_at",
    "rounds.due_at",
    "rounds.first_attempt_at",
    "rounds.lease_until",
    "rounds.posted_at",
    "rounds.retry_at",
    "rounds.reveal_at",
    "tracks.next_due_at",
}
"""Every moment that is kept. None is that of an answer."""


def test_the_page_tells_of_every_table() -> None:
    assert set(metadata.tables) == set(TOLD) | NO_ONES
    assert [table for table, words in TOLD.items() if words not in STORED] == []


def test_no_moment_of_an_answer_has_a_column() -> None:
    columns = [column for table in metadata.tables.values() for column in table.columns]
    assert {f"{one.table.name}.{one.name}" for one in columns if isinstance(one.type, UtcTime)} == MOMENTS


async def test_the_end_of_a_pause_does_not_tell_when_an_answer_came(stage: SlackStage) -> None:
    await stage.answer("ana", letter(await stage.post()))
    await stage.press("ana", "From now on", await stage.press("ana", "Away", await stage.say("ana", "/progress")))
    await stage.tomorrow()
    posted = stage.clock.now()
    for _ in range(400):
        stage.passes()
    await stage.answer("ana", letter(await stage.post()))
    assert "You are away" not in (await stage.say("ana", "/progress")).text

    def pauses(uow: UnitOfWork) -> list[Away]:
        return [away for id in range(1, 5) for away in uow.members.aways(MemberId(id))]

    (away,) = await stage.bot.core.storage.read(pauses)
    assert 0 <= (away.until - posted).total_seconds() <= 1


async def test_names_and_what_people_write_are_never_stored(stage: SlackStage, tmp_path: Path) -> None:
    person, channel = stage.workspace.user("zebulon.quartermain"), stage.channel("#xylophones")
    await person.slash(channel, "/study", "find zyzzyva")
    await person.slash(channel, "/study", "flibbertigibbet")
    await stage.say("boss", "/config time:09:00 zone:utc", "#xylophones")
    await person.press(stage.newest_post(), "A")
    await person.open_home()
    await stage.door.settled()
    await stage.home.settled()
    await stage.end()
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())  # noqa: ASYNC240
    await stage.begin()
    assert person.id.encode() in kept, "this is where it would be"
    for word in (b"zebulon", b"quartermain", b"xylophones", b"zyzzyva", b"flibbertigibbet", b"example.com"):
        assert word not in kept.lower(), word


async def test_no_other_host_is_reached(stage: SlackStage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is done, every connection leads to where Slack's addresses lead."""
    loop, reached = asyncio.get_running_loop(), set[tuple[Any, ...]]()
    connect = loop.sock_connect

    async def noting(sock: Any, address: Any) -> None:
        reached.add(tuple(address[:2]))
        await connect(sock, address)

    monkeypatch.setattr(loop, "sock_connect", noting)
    await stage.restart()
    await stage.say("boss", "/config time:09:00 zone:utc", "#tea")
    await stage.answer("ana", letter(await stage.post()))
    await home(stage, "ana")
    await stage.say("ana", "/role ai engineer")
    await stage.tomorrow()
    host, _, port = stage.slack.url.removeprefix("http://").partition(":")
    assert reached == {(host, int(port))}


async def test_only_managers_commands_help_and_the_home_tab_ask_who_somebody_is(stage: SlackStage) -> None:
    before = len(stage.slack.requests.of("users.info"))
    for name, handler in all_commands().commands.items():
        if not (handler.manager or handler.asks_manager):
            await stage.say("ana", f"/{name}")
    await stage.answer("ana", letter(await stage.post()))
    assert len(stage.slack.requests.of("users.info")) == before
    (row,) = re.findall(r"^\| `users:read` \| (.*?) \|", PAGE, re.M)
    assert "for the settings, `/study bank`, `/study help` and the Home tab" in row
    asking = [name for name, one in all_commands().commands.items() if one.manager or one.asks_manager]
    assert sorted(asking) == ["bank", "config", "help"]
