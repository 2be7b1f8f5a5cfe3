"""A setting whose name nobody knows is named, with the one that may be meant."""

from __future__ import annotations

import pytest

from tests.cli.in_process import InFolder

MEANT = {
    "STUDYBOT_DATABSE_URL": "STUDYBOT_DATABASE_URL",
    "STUDYBOT_DB_URL": "STUDYBOT_DATABASE_URL",
    "STUDYBOT-DATABASE-URL": "STUDYBOT_DATABASE_URL",
    "STUDBOT_DATABASE_URL": "STUDYBOT_DATABASE_URL",
    "DATABASE_URL": "STUDYBOT_DATABASE_URL",
    "STUDYBOT_LOGFORMAT": "STUDYBOT_LOG_FORMAT",
    "STUDYBOT_CONTENT": "STUDYBOT_CONTENT_DIR",
    "STUDYBOT_DISCORD_TOKEN": "DISCORD_TOKEN",
    "DISCORD_BOT_TOKEN": "DISCORD_TOKEN",
    "DISCORDTOKEN": "DISCORD_TOKEN",
    "DISCROD_TOKEN": "DISCORD_TOKEN",
    "SLACK_BOT_TOKN": "SLACK_BOT_TOKEN",
    "SLACK_SIGNING_SECRETS": "SLACK_SIGNING_SECRET",
}


@pytest.mark.parametrize(("name", "meant"), MEANT.items(), ids=MEANT)
def test_the_nearest_is_offered(folder: InFolder, name: str, meant: str) -> None:
    folder.env_file(f"OTHER=1\n{name}=sqlite:///mine.db\n")
    told = folder.run("doctor")
    assert told.exit_code == 1
    assert f".env:2: {name} is not a setting of Studybot and has no effect; did you mean {meant}?" in told.output
    for words in (("run",), ("backup", "copy.db"), ("db", "current")):
        assert folder.run(*words).output.count(f"{name} is not a setting") == 1
    assert name not in folder.run("chat", typed="quit\n").output


@pytest.mark.parametrize("name", ["STUDYBOT_COLOUR", "DISCORD_WEBHOOK", "SLACK_CHANNEL"])
def test_an_unknown_one_of_ours_is_named_without_a_guess(folder: InFolder, name: str) -> None:
    folder.env_file(f"{name}=1\n")
    told = folder.run("doctor")
    assert f".env:1: {name} is not a setting of Studybot and has no effect; docs/running.md lists" in told.output


@pytest.mark.parametrize("name", ["OTHER", "PATH", "HTTPS_PROXY", "TZ", "POSTGRES_PASSWORD", "COMPOSE_PROJECT_NAME"])
def test_other_programs_settings_are_left_alone(folder: InFolder, name: str) -> None:
    folder.env_file(f"{name}=1\n")
    assert folder.run("doctor").exit_code == 0


def test_in_the_environment_only_what_is_certain_is_named(folder: InFolder) -> None:
    ours = folder.run("doctor", STUDYBOT_DATABSE_URL="sqlite:///mine.db")
    assert "the environment: STUDYBOT_DATABSE_URL is not a setting" in ours.output
    assert "did you mean STUDYBOT_DATABASE_URL?" in ours.output
    near = folder.run("doctor", DISCORD_BOT_TOKEN="a.b.c")
    assert "the environment: DISCORD_BOT_TOKEN is not a setting" in near.output
    others = folder.run("doctor", SLACK_WEBHOOK_URL="x", DISCORD_WEBHOOK="y", DATABASE_URL="z", SECRET_KEY="k")
    assert others.exit_code == 0, others.output


def test_a_setting_written_twice_is_named(folder: InFolder) -> None:
    folder.env_file("STUDYBOT_LOG_FORMAT=json\nOTHER=1\nSTUDYBOT_LOG_FORMAT=plain\n")
    told = folder.run("doctor")
    assert ".env:3: STUDYBOT_LOG_FORMAT is set again, after line 1; this line counts" in told.output
    assert "ok     STUDYBOT_LOG_FORMAT: plain\n" in told.output
