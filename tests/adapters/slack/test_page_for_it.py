"""docs/slack-for-it.md says what the manifest asks for and where the code connects to."""

from __future__ import annotations

import re
from pathlib import Path

from bot.adapters.slack.manifest import manifest
from bot.adapters.slack.web import HOSTS, SLACK
from bot.app.features import all_commands

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
