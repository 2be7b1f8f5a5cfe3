"""``studybot init``: what is pasted is taken as it was meant, and pairs are asked for as pairs."""

from __future__ import annotations

import pytest

from tests.cli.in_process import InFolder

BOT, APP = "xoxb-1-2", "xapp-1-2"


def written(folder: InFolder) -> str:
    return (folder.path / ".env").read_text(encoding="utf-8")


@pytest.mark.parametrize("pasted", [f" {BOT} ", f'"{BOT}"', f"'{BOT}'", f'" {BOT}"', f"\t{BOT}"])
def test_white_space_and_quotes_are_taken_off(folder: InFolder, pasted: str) -> None:
    folder.run("init", typed=f"\n{pasted}\n {APP}\n\n\n", SLACK_API_URL="http://127.0.0.1:9/api/")
    assert f"SLACK_BOT_TOKEN={BOT}\nSLACK_APP_TOKEN={APP}\n" in written(folder)


def test_half_of_slack_is_asked_for_again(folder: InFolder) -> None:
    api = "http://127.0.0.1:9/api/"
    told = folder.run("init", typed=f"\n{BOT}\n\n\n{APP}\n\n\n", SLACK_API_URL=api)
    assert "Slack lacks SLACK_APP_TOKEN" in told.output
    assert f"SLACK_BOT_TOKEN={BOT}\nSLACK_APP_TOKEN={APP}\n" in written(folder)
    cleared = folder.run("init", typed="\n-\n\n\n-\n\n\n", SLACK_API_URL=api)
    assert "Slack lacks SLACK_BOT_TOKEN" in cleared.output
    assert "SLACK" not in written(folder)
    assert "ok     Slack: not set; not on Slack" in cleared.output


def test_half_of_slack_is_kept_if_that_is_what_is_wanted(folder: InFolder) -> None:
    told = folder.run("init", typed=f"\n{BOT}\n\n\n\n\n\n", SLACK_API_URL="http://127.0.0.1:9/api/")
    assert told.exit_code == 1
    assert "WRONG  Slack: Slack lacks SLACK_APP_TOKEN" in told.output
    assert f"SLACK_BOT_TOKEN={BOT}\n" in written(folder)


def test_a_bot_token_with_a_signing_secret_is_whole(folder: InFolder) -> None:
    folder.env_file("SLACK_SIGNING_SECRET=abc\n")
    told = folder.run("init", typed=f"\n{BOT}\n\n\n\n", SLACK_API_URL="http://127.0.0.1:9/api/")
    assert "Slack lacks" not in told.output


def test_many_workspaces_need_all_four(folder: InFolder) -> None:
    folder.env_file("SLACK_CLIENT_SECRET=abc\nSLACK_CLIENT_ID=1.2\n")
    told = folder.run("init", typed="\n" * 9)
    assert "lacks SLACK_SIGNING_SECRET and STUDYBOT_SECRET_KEY. `studybot secret-key` makes one." in told.output
