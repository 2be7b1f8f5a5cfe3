"""A token in another's place is reported at its line, before anything is started."""

from __future__ import annotations

import pytest

from tests.cli.in_process import InFolder

BOT, APP, USER = "xoxb-111-222-AbCdEf", "xapp-1-A1-2-abcdef", "xoxp-1-2-3"
DISCORD = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.0123456789abcdefghijklmnopqrstuvwx-_AB"
SWAPPED = [
    ("DISCORD_TOKEN", BOT, "looks like Slack's bot token, which belongs in SLACK_BOT_TOKEN"),
    ("DISCORD_TOKEN", APP, "looks like Slack's app-level token, which belongs in SLACK_APP_TOKEN"),
    ("DISCORD_TOKEN", USER, "looks like a user token of Slack's, which Studybot does not use"),
    ("SLACK_BOT_TOKEN", DISCORD, "looks like Discord's bot token, which belongs in DISCORD_TOKEN"),
    ("SLACK_BOT_TOKEN", APP, "looks like Slack's app-level token, which belongs in SLACK_APP_TOKEN"),
    ("SLACK_APP_TOKEN", BOT, "looks like Slack's bot token, which belongs in SLACK_BOT_TOKEN"),
    ("SLACK_APP_TOKEN", DISCORD, "looks like Discord's bot token, which belongs in DISCORD_TOKEN"),
    ("SLACK_SIGNING_SECRET", BOT, "looks like Slack's bot token, which belongs in SLACK_BOT_TOKEN"),
    ("SLACK_CLIENT_SECRET", APP, "looks like Slack's app-level token, which belongs in SLACK_APP_TOKEN"),
    ("SLACK_CLIENT_ID", DISCORD, "looks like Discord's bot token, which belongs in DISCORD_TOKEN"),
]


@pytest.mark.parametrize(("name", "token", "told"), SWAPPED)
def test_it_is_told_where_the_token_belongs(folder: InFolder, name: str, token: str, told: str) -> None:
    folder.env_file(f"# settings\n{name}={token}\n")
    for words in (("run",), ("doctor",)):
        ended = folder.run(*words)
        assert told in ended.output
        assert ".env:2" in ended.output
        assert token not in ended.output
        assert ended.exit_code == (2 if words == ("run",) else 1)
    assert [path.name for path in folder.path.iterdir()] == [".env"]


def test_a_token_of_discord_s_is_taken_where_it_belongs(folder: InFolder) -> None:
    folder.env_file(f"DISCORD_TOKEN={DISCORD}\n")
    assert "DISCORD_TOKEN cannot" not in folder.run("db", "current").output
