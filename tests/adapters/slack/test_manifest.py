"""The manifest: what Slack takes, nothing it does not know, and every way in that there is."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.adapters.slack.door import SHORTCUTS
from bot.adapters.slack.manifest import Unfit, manifest
from bot.cli.main import app
from bot.commands.declare import SLACK_RESERVED
from tests.commands.samples import registry
from tests.fakes.slack.events import scope_of
from tests.fakes.slack.ids import Ids
from tests.fakes.slack.manifest import EVENTS, SCOPES, Manifest
from tests.fakes.slack.team import Team

KEPT = Path(__file__).parents[3] / "docs" / "slack-manifest.json"
KEYS = {
    "display_information": {"name", "description", "long_description", "background_color"},
    "features": {"app_home", "bot_user", "shortcuts", "slash_commands"},
    "oauth_config": {"scopes", "redirect_urls"},
    "settings": {
        "event_subscriptions",
        "interactivity",
        "org_deploy_enabled",
        "socket_mode_enabled",
        "token_rotation_enabled",
    },
    "_metadata": {"major_version"},
}


def check(made: dict[str, Any]) -> None:
    """Slack's rules for a manifest."""
    assert made.keys() == KEYS.keys()
    for part, known in KEYS.items():
        assert made[part].keys() <= known
    told = made["display_information"]
    assert len(told["name"]) <= 35
    assert len(told["description"]) <= 140
    assert 175 <= len(told["long_description"]) <= 4000
    assert re.fullmatch(r"#[0-9a-f]{6}", told["background_color"])
    features = made["features"]
    assert len(features["bot_user"]["display_name"]) <= 80
    assert 1 <= len(features["slash_commands"]) <= 50
    names = [entry["command"] for entry in features["slash_commands"]]
    assert len(names) == len(set(names))
    for entry in features["slash_commands"]:
        assert re.fullmatch(r"/[a-z][a-z0-9-]{0,30}", entry["command"])
        assert entry["command"].lstrip("/") not in SLACK_RESERVED
        assert 1 <= len(entry["description"]) <= 2000
        assert len(entry.get("usage_hint", "")) <= 1000
        assert entry["should_escape"] is True
        assert entry.keys() <= {"command", "description", "usage_hint", "should_escape", "url"}
    assert len(features["shortcuts"]) <= 10
    for shortcut in features["shortcuts"]:
        assert shortcut.keys() == {"name", "type", "callback_id", "description"}
        assert len(shortcut["name"]) <= 24
        assert len(shortcut["description"]) <= 150
    assert len(made["settings"]["event_subscriptions"]["bot_events"]) <= 100


def test_by_default_it_is_socket_mode_with_three_commands() -> None:
    made = manifest(registry())
    check(made)
    assert [entry["command"] for entry in made["features"]["slash_commands"]] == ["/study", "/quiz", "/role"]
    assert made["settings"]["socket_mode_enabled"] is True
    assert "url" not in json.dumps(made)
    read = Manifest.parse(made)
    assert read.scopes == SCOPES
    assert read.events == EVENTS
    assert read.home_tab
    assert read.messages_tab


def test_every_command_with_a_prefix_but_study() -> None:
    made = manifest(registry(), prefix="sg-", all_commands=True)
    check(made)
    names = [entry["command"] for entry in made["features"]["slash_commands"]]
    assert names == ["/study", *(f"/sg-{name}" for name in registry().commands)]


def test_over_http_everything_has_an_address() -> None:
    made = manifest(registry(), http="https://study.example/")
    check(made)
    assert {entry["url"] for entry in made["features"]["slash_commands"]} == {"https://study.example/slack/events"}
    assert made["oauth_config"]["redirect_urls"] == ["https://study.example/slack/oauth_redirect"]
    assert made["settings"]["interactivity"]["message_menu_options_url"] == "https://study.example/slack/events"
    assert made["settings"]["socket_mode_enabled"] is False


def test_every_event_is_told_with_the_scopes_asked_for() -> None:
    """In public channels, that is: no scope shows a private one."""
    read, ids = Manifest.parse(manifest(registry())), Ids()
    team = Team("T1", "learners", ids, set(read.scopes))
    channel = team.channel("general")
    needed = {
        scope_of(team, {"type": kind, "channel": channel.id, "new_channel_id": channel.id}) for kind in read.events
    }
    assert needed - {None} <= read.scopes


def test_every_shortcut_leads_somewhere() -> None:
    read = Manifest.parse(manifest(registry()))
    assert read.global_shortcuts | read.message_shortcuts == SHORTCUTS.keys()
    assert set(SHORTCUTS.values()) <= registry().commands.keys()


@pytest.mark.parametrize("prefix", ["SG-", "a b", "x" * 40, "/"])
def test_a_prefix_that_makes_no_name_is_refused(prefix: str) -> None:
    with pytest.raises(Unfit, match="no name for a command"):
        manifest(registry(), prefix=prefix)


def test_an_address_without_tls_is_refused() -> None:
    with pytest.raises(Unfit, match="https://"):
        manifest(registry(), http="http://study.example")


def test_the_one_in_the_docs_is_up_to_date() -> None:
    said = CliRunner().invoke(app, ["manifest", "slack"])
    assert said.exit_code == 0
    assert json.loads(said.stdout) == manifest(registry())
    assert KEPT.read_text(encoding="utf-8") == said.stdout, "run `python -m tests.docs_drift --write`"


def test_a_wrong_prefix_ends_in_a_sentence() -> None:
    said = CliRunner().invoke(app, ["manifest", "slack", "--prefix", "A B"])
    assert said.exit_code == 2
    assert "Choose another prefix" in said.output
